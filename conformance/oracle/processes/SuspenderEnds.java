import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Echo(Object message) {}

void main() {
    Pid boss = self();
    Pid echo = spawn(() -> send(boss, new Echo(receive())));
    Pid suspender =
            spawn(() -> {
                suspend(echo);
                suspend(echo);
                suspend(echo);
                send(boss, "suspended");
                sleepForever();
            });
    out(next());
    suspend(echo);
    send(echo, "hello");
    exit(suspender, KILL);
    gone(suspender);
    out(mail());
    resume(echo);
    out(next());
}
