import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Child(Pid pid) {}

record Heard(ExitReason reason) {}

void main() {
    Pid boss = self();
    spawn(() -> {
        Pid child =
                spawnLink(() -> {
                    trapExits(true);
                    send(boss, new Heard(receive(Exit.class).reason()));
                });
        send(boss, new Child(child));
        shake();
        exit("gone");
    });
    gone(receive(Child.class).pid());
    out(mail());
}
