import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid receiver =
            spawn(() -> {
                trapExits(true);
                send(boss, "ready");
                receive(String.class, "look"::equals);
                send(boss, mail());
            });
    out(next());
    send(receiver, 1);
    exit(receiver, "two");
    send(receiver, 3);
    link(receiver);
    unlink(receiver);
    exit(receiver, "four");
    send(receiver, 5);
    send(receiver, "look");
    out(next());
}
