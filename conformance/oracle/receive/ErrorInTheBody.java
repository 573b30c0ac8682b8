import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    send(self(), "bad");
    send(self(), "good");
    out(
            attempt(() -> {
                throw new RuntimeException(receive(String.class, "bad"::equals));
            }));
    out(mail());
}
