import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

record RegisteredName(Object name) {}

static RegisteredName name() {
    Object name = info(self()).orElseThrow().name().map(Object.class::cast).orElse(List.of());
    return new RegisteredName(name);
}

void main() {
    out(name());
    register("pi_name", self());
    out(name());
    unregister("pi_name");
    out(name());
}
