import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

record Outer(Object first, Object second) {}

void main() {
    for (String message : List.of("first", "outer", "last")) {
        send(self(), message);
    }
    receive(String.class, "outer"::equals);
    out(new Outer(receive(), receive()));
}
