import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

record MessageQueueLen(int length) {}

void main() {
    for (int n = 1; n <= 1000; n++) {
        send(self(), n);
    }
    out(poll(Integer.class, n -> n == 1000).isPresent() ? "found" : "late");
    out(poll(Integer.class, n -> n == 1000).isPresent() ? "found" : "late");
    out(new MessageQueueLen(info(self()).orElseThrow().messageQueueLength()));
}
