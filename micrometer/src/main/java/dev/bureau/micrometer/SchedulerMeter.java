package dev.bureau.micrometer;

import dev.bureau.kernel.process.Carriers;
import dev.bureau.kernel.process.Carriers.Duty;
import dev.bureau.kernel.process.LocalNode;
import java.util.concurrent.TimeUnit;

/// What the carriers do, from one look to the next. Several meters that are read together share a look.
final class SchedulerMeter {
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LocalNode node;

    // Guarded by this.
    private Carriers before;
    private Carriers last;

    SchedulerMeter(LocalNode node) {
        this.node = node;
        this.last = Carriers.of(node);
        this.before = last;
    }

    private void look() {
        if (System.nanoTime() - last.nanoTime() < SHORTEST_NANOS) return;
        before = last;
        last = Carriers.of(node);
    }

    /// For what part of the time between the last two looks the lanes had something to run; 0 where the JDK schedules.
    synchronized double utilisation() {
        look();
        long nanos = (last.nanoTime() - before.nanoTime()) * lanes(last);
        return nanos <= 0 ? 0 : Math.clamp((double) (busy(last) - busy(before)) / nanos, 0, 1);
    }

    synchronized double runQueue() {
        look();
        int lanes = last.carriers().stream().mapToInt(Carriers.Carrier::queued).sum();
        return lanes
                + last.outside()
                + last.overflow()
                + last.background()
                + last.low()
                + last.high()
                + last.max();
    }

    synchronized double away() {
        look();
        return last.carriers().stream().filter(each -> each.duty() == Duty.AWAY).count();
    }

    private static long lanes(Carriers seen) {
        return seen.carriers().stream().filter(each -> each.duty() == Duty.LANE).count();
    }

    private static long busy(Carriers seen) {
        return seen.carriers().stream()
                .filter(each -> each.duty() == Duty.LANE)
                .mapToLong(Carriers.Carrier::busyNanos)
                .sum();
    }
}
