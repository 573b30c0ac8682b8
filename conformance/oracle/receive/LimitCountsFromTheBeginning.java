import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    spawn(() -> {
        for (int n = 1; n <= 60; n++) {
            send(boss, n);
            sleep(ofMillis(10));
        }
    });
    long begun = System.nanoTime();
    out(receive(String.class, ofMillis(100), "late"));
    long took = (System.nanoTime() - begun) / 1_000_000;
    out(took >= 100, took < 600);
    out(mail().getFirst());
}
