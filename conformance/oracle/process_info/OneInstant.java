import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid pid = idle();
    for (int i = 0; i < 3; i++) {
        spawn(() -> {
            for (int n = 1; n <= 500; n++) {
                send(pid, n);
            }
        });
    }
    Set<Boolean> agree = new HashSet<>();
    for (int i = 0; i < 50; i++) {
        // an info has the length and no messages: what was there is there still
        int before = messages(pid, 2_000).size();
        int length = info(pid).orElseThrow().messageQueueLength();
        agree.add(before <= length && length <= messages(pid, 2_000).size());
    }
    out(agree);
    out(eventually(() -> info(pid).orElseThrow().messageQueueLength() == 1500));
}
