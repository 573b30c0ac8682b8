import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Pids(Pid victim, Pid other) {}

void main() {
    Pid boss = self();
    Pid middle =
            spawn(() -> {
                trapExits(true);
                Pid victim = spawnLink(() -> sleepForever());
                Pid other = spawnLink(() -> sleepForever());
                send(boss, new Pids(victim, other));
                send(boss, new Told(receive(Exit.class).reason()));
                sleepForever();
            });
    Pids pids = receive(Pids.class);
    exit(pids.victim(), KILL);
    out(next());
    out(isAlive(middle), isAlive(pids.other()));
}
