import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Other(Pid pid) {}

Pid linker(Pid boss) {
    return spawn(() -> {
        Pid other = idle();
        link(other);
        send(boss, new Other(other));
        sleepForever();
    });
}

void main() {
    Pid linker = linker(self());
    Pid other = receive(Other.class).pid();
    Ref ref = monitor(linker);
    exit(other, "gone");
    out(down(ref));

    linker = linker(self());
    other = receive(Other.class).pid();
    ref = monitor(other);
    exit(linker, "gone");
    out(down(ref));
}
