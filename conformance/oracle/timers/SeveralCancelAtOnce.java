import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Done(boolean done) {}

void main() {
    Ref ref = sendAfter(self(), "hello", ofMillis(2));
    Pid boss = self();
    for (int i = 0; i < 3; i++) {
        spawn(() -> {
            shake();
            send(boss, new Done(cancelTimer(ref).isPresent()));
        });
    }
    int done = 0;
    for (int i = 0; i < 3; i++) {
        done += receive(Done.class).done() ? 1 : 0;
    }
    out(done, mail());
}
