import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid a = idle();
    Pid b = idle();
    out(attempt(() -> register("n_first", a)), whereis("n_first").equals(Optional.of(a)));
    out(attempt(() -> register("n_second", a)), whereis("n_second"));
    out(attempt(() -> register("n_first", b)));
    out(attempt(() -> register("n_first", a)));
    out(attempt(() -> register("n_third", dead())), whereis("n_third"));
    out(attempt(() -> unregister("n_first")), whereis("n_first"), isAlive(a));
    out(attempt(() -> register("n_first", b)));
    unregister("n_first");
}
