import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Echo(Object message) {}

record MessageQueueLen(int length) {}

void main() {
    Pid boss = self();
    Pid echo = spawn(() -> send(boss, new Echo(receive())));
    suspend(echo);
    suspend(echo);
    send(echo, "hello");
    out(mail());
    out(new MessageQueueLen(info(echo).orElseThrow().messageQueueLength()));
    resume(echo);
    out(mail());
    resume(echo);
    out(next());
}
