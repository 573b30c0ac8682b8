import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

record N(int n) {}

void main() {
    for (Object message : List.of("a", new N(1), "b", new N(2), "c")) {
        send(self(), message);
    }
    out(receive(N.class).n(), receive(String.class, "b"::equals));
    out(mail());
}
