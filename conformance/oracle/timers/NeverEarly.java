import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

void main() {
    for (int time : List.of(0, 1, 2, 5, 20)) {
        long begun = System.nanoTime();
        sendAfter(self(), "hello", ofMillis(time));
        Object message = next();
        out(message, System.nanoTime() - begun >= time * 1_000_000L);
    }
}
