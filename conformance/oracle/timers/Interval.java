import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Ref ref = sendInterval(self(), "tick", ofMillis(5));
    out(next(), next(), next());
    cancelTimer(ref);
    mail();
    out(mail());
    Pid boss = self();
    Pid target =
            spawn(() -> {
                receive();
                send(boss, "ticked");
            });
    Ref other = sendInterval(target, "tick", ofMillis(5));
    out(next());
    gone(target);
    sleep(ofMillis(30));
    cancelTimer(other);
    out("ok");
}
