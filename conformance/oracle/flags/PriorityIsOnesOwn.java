import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Priority(dev.bureau.kernel.Priority value) {
    static Priority mine() {
        return new Priority(info(self()).orElseThrow().priority());
    }
}

void main() {
    Pid boss = self();
    priority(dev.bureau.kernel.Priority.HIGH);
    spawn(() -> send(boss, Priority.mine()));
    out(next(), Priority.mine());
    var low = SpawnOptions.options().priority(dev.bureau.kernel.Priority.LOW);
    spawn(low, () -> send(boss, Priority.mine()));
    out(next());
}
