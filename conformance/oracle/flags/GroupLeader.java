import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Leader(Pid pid) {}

void main() {
    Pid boss = self();
    Pid mine = groupLeader();
    Pid leader = dead();
    Pid child =
            spawn(() -> {
                send(boss, new Leader(groupLeader()));
                receive();
                spawn(() -> send(boss, new Leader(groupLeader())));
                sleepForever();
            });
    out(next().equals(new Leader(mine)));
    groupLeader(child, leader);
    send(child, "go");
    out(next().equals(new Leader(leader)), groupLeader().equals(mine));
}
