import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid =
            spawn(() -> {
                receive();
                shake();
                exit("itself");
            });
    List<Ref> refs = List.of(monitor(pid), monitor(pid), monitor(pid));
    for (String reason : List.of("a", "b")) {
        spawn(() -> {
            shake();
            exit(pid, reason);
        });
    }
    shake();
    send(pid, "go");
    out(refs.stream().map(ref -> down(ref)).toList());
}
