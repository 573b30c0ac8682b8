import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Child(Pid pid) {}

void main() {
    Pid boss = self();
    spawn(() -> {
        Pid child = spawnLink(() -> sleepForever());
        send(boss, new Child(child));
        exit("gone");
    });
    Child child = receive(Child.class);
    shake();
    out(ended(child.pid()));
}
