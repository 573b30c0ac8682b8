import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    for (String message : List.of("a", "b", "c")) {
        send(self(), message);
    }
    out(poll(Integer.class, ofMillis(20)).isPresent() ? "found" : "late");
    out(mail());
}
