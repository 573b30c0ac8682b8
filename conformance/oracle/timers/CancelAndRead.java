import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

static boolean isAboutTenSeconds(Optional<Duration> left) {
    long millis = left.orElseThrow().toMillis();
    return millis > 9_000 && millis <= 10_000;
}

static Object orFalse(Optional<Duration> left) {
    return left.isPresent() ? left.get() : false;
}

void main() {
    Pid boss = self();
    Ref ref = sendAfter(self(), "hello", ofMillis(10_000));
    out(isAboutTenSeconds(readTimer(ref)));
    out(isAboutTenSeconds(cancelTimer(ref)));
    out(orFalse(cancelTimer(ref)), orFalse(readTimer(ref)), orFalse(cancelTimer(ref())));
    Ref fired = sendAfter(self(), "fired", ofMillis(0));
    out(next(), orFalse(cancelTimer(fired)));
    Ref other = sendAfter(self(), "hello", ofMillis(500));
    spawn(() -> send(boss, new Told(cancelTimer(other).isPresent())));
    out(mail());
}
