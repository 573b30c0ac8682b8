import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid receiver =
            spawn(() -> {
                for (int i = 0; i < 5; i++) {
                    send(boss, new Told(receive()));
                    shake();
                }
                sleepForever();
            });
    Ref ref = monitor(receiver);
    shake();
    for (int n = 1; n <= 5; n++) {
        send(receiver, n);
    }
    shake();
    exit(receiver, "gone");
    ExitReason reason = down(ref);
    out(mail(), reason);
}
