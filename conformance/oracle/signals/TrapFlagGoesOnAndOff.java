import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    Pid pid =
            spawn(() -> {
                for (int i = 0; i < 5; i++) {
                    trapExits(true);
                    shake();
                    trapExits(false);
                    shake();
                }
                receive(String.class, "look"::equals);
                send(boss, new Told(mail()));
            });
    Ref ref = monitor(pid);
    shake();
    shake();
    exit(pid, "gone");
    send(pid, "look");
    out(down(ref), mail());
}
