import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid receiver =
            spawn(() -> {
                send(boss, new Told(receive()));
                send(boss, new Told(receive()));
                sleepForever();
            });
    Ref ref = monitor(receiver);
    shake();
    send(receiver, 1);
    exit(receiver, "gone");
    send(receiver, 2);
    out(down(ref), mail());
}
