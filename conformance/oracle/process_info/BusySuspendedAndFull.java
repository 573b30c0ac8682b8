import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record MessageQueueLen(int length) {
    static MessageQueueLen of(Pid pid) {
        return new MessageQueueLen(info(pid).orElseThrow().messageQueueLength());
    }
}

static void spin() {
    for (long i = 0; ; i++) {
        if (i < 0) {
            i = 0;
        }
    }
}

void main() {
    Pid busy = spawn(() -> spin());
    for (int n = 1; n <= 10_000; n++) {
        send(busy, n);
    }
    out(MessageQueueLen.of(busy));
    Pid suspended = idle();
    suspend(suspended);
    for (int n = 1; n <= 10_000; n++) {
        send(suspended, n);
    }
    out(MessageQueueLen.of(suspended));
    exit(busy, KILL);
}
