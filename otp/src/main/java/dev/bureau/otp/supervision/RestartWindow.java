package dev.bureau.otp.supervision;

import dev.bureau.otp.Intensity;
import java.util.ArrayDeque;
import java.util.Deque;

/// The restarts of the last few seconds (OTP S-11 to S-13): how many in which second, so that it stays small however many
/// are allowed.
final class RestartWindow {
    private static final class Second {
        private final long number;
        private int restarts;

        private Second(long number) {
            this.number = number;
        }
    }

    private final Deque<Second> seconds = new ArrayDeque<>(2);
    private long total;

    /// How many there were of late.
    long count(Intensity intensity, long now) {
        forget(intensity, now);
        return total;
    }

    private void forget(Intensity intensity, long now) {
        long first = now - intensity.period().toSeconds();
        while (!seconds.isEmpty() && seconds.getFirst().number < first) {
            total -= seconds.removeFirst().restarts;
        }
    }

    /// Counts a restart in this second; whether it is allowed.
    boolean allows(Intensity intensity, long now) {
        forget(intensity, now);
        Second current = seconds.peekLast();
        if (current == null || current.number != now) {
            current = new Second(now);
            seconds.addLast(current);
        }
        current.restarts++;
        total++;
        return total <= intensity.restarts();
    }
}
