import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    send(self(), 0);
    send(self(), 1);
    out(receive(Integer.class, n -> 10 / n == 10));
    out(mail());
}
