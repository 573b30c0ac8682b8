import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    trapExits(true);
    Set<Object> free = new HashSet<>();
    for (int i = 0; i < 20; i++) {
        Pid pid =
                spawnLink(() -> {
                    register("name is free", self());
                    receive();
                });
        Ref ref = monitor(pid);
        eventually(() -> whereis("name is free").equals(Optional.of(pid)));
        send(pid, "go");
        receive(Exit.class);
        var byLink = whereis("name is free");
        down(ref);
        free.add(List.of(byLink, whereis("name is free"), isAlive(pid)));
    }
    out(free);
}
