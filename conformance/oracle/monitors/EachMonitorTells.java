import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = idle();
    Set<Ref> refs = Set.of(monitor(pid), monitor(pid), monitor(pid));
    out(refs.size());
    exit(pid, "gone");
    out(mail().stream().map(each -> ((Down) each).ref()).collect(Collectors.toSet()).equals(refs));
    Pid watched = idle();
    Pid watcher =
            spawn(() -> {
                monitor(watched);
                exit("gone");
            });
    gone(watcher);
    out(isAlive(watched));
}
