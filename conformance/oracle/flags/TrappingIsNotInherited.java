import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record TrapExit(boolean on) {
    static TrapExit mine() {
        return new TrapExit(info(self()).orElseThrow().trapExits());
    }
}

void main() {
    Pid boss = self();
    out(TrapExit.mine());
    trapExits(true);
    spawn(() -> send(boss, TrapExit.mine()));
    out(next(), TrapExit.mine());
}
