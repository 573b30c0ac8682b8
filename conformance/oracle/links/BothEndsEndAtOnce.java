import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record B(Pid pid) {}

void main() {
    Pid boss = self();
    Pid a =
            spawn(() -> {
                Pid b =
                        spawnLink(() -> {
                            receive();
                            shake();
                            exit("b");
                        });
                send(boss, new B(b));
                receive();
                shake();
                exit("a");
            });
    Pid b = receive(B.class).pid();
    List<Ref> refs = List.of(monitor(a), monitor(b));
    send(a, "go");
    send(b, "go");
    out(refs.stream().map(ref -> down(ref)).toList());
    out(mail());
}
