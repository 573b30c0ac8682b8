package dev.bureau.observer;

import dev.bureau.kernel.Report.Subscription;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Takes samples one after the other while somebody has asked for them, and keeps the last two.
///
/// Who looks on is patient: it gets a window as often as it wants, or less often where a sample and the look at it take long, so
/// that it never takes more than a 200th of a core. Who asks for samples gets them as often as they were asked for.
///
/*
 * All guarded by the monitor of this object. `thread` is there exactly while `wishes` is not empty, or has yet to notice that it
 * is; it alone writes `window` and `last`, and knows `costs`.
 */
final class Sampling {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /// For one who is patient, a sample is followed by so many times the time that it took.
    private static final int PATIENCE = 200;

    private final LocalNode node;
    private final List<Consumer<? super Window>> watchers = new CopyOnWriteArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    /// What the last samples have cost, in nanoseconds. The least of them counts: the others were interrupted. So the first ones, whose
    /// code is new, keep nobody waiting.
    private final long[] costs = new long[4];

    private @Nullable Thread thread;
    private @Nullable Sample last;
    private @Nullable Window window;

    /// From one sample to the next.
    record Window(Sample begin, Sample end) {}

    /// Two may ask for the same; each is one of its own.
    private static final class Wish {
        final Duration period;
        final boolean patient;

        Wish(Duration period, boolean patient) {
            this.period = period;
            this.patient = patient;
        }

        long pauseNanos(long cost) {
            return patient ? Math.max(period.toNanos(), PATIENCE * cost) : period.toNanos();
        }
    }

    Sampling(LocalNode node) {
        this.node = node;
    }

    /// Has `watcher` look at each window, on the thread that takes the samples; it does not throw.
    Subscription watch(Duration period, Consumer<? super Window> watcher) {
        watchers.add(watcher);
        Subscription samples = take(period, true);
        return () -> {
            watchers.remove(watcher);
            samples.close();
        };
    }

    Subscription every(Duration period) {
        return take(period, false);
    }

    private synchronized Subscription take(Duration period, boolean patient) {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "expected a period of 100 milliseconds or more, got: " + period);
        }
        Wish mine = new Wish(period, patient);
        wishes.add(mine);
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("bureau-sampler").start(this::run);
        }
        notifyAll();
        return () -> {
            synchronized (this) {
                wishes.remove(mine);
                notifyAll();
            }
        };
    }

    /// The last window, waited for if there is none yet; null if nobody has asked for samples.
    synchronized @Nullable Window window() throws InterruptedException {
        while (isAsked() && window == null && !node.isStopped()) wait(100);
        return isAsked() ? window : null;
    }

    private boolean isAsked() {
        return wishes.stream().anyMatch(wish -> !wish.patient);
    }

    private void run() {
        try {
            for (int i = 0; goesOn(); i = (i + 1) % costs.length) {
                long begin = System.nanoTime();
                Sample taken = Sample.of(node);
                Window between = keep(taken);
                if (between != null) watchers.forEach(watcher -> watcher.accept(between));
                long end = System.nanoTime();
                costs[i] = end - begin;
                awaitNext(end);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Window keep(Sample taken) {
        Sample before = last;
        Window fresh = before == null ? null : new Window(before, taken);
        if (fresh != null) window = fresh;
        last = taken;
        notifyAll();
        return fresh;
    }

    private synchronized boolean goesOn() {
        if (!wishes.isEmpty() && !node.isStopped()) return true;
        thread = null;
        last = null;
        window = null;
        return false;
    }

    private synchronized void awaitNext(long since) throws InterruptedException {
        long cost = LongStream.of(costs).min().orElseThrow();
        while (!wishes.isEmpty() && !node.isStopped()) {
            long pause =
                    wishes.stream().mapToLong(wish -> wish.pauseNanos(cost)).min().orElseThrow();
            long left = pause - (System.nanoTime() - since);
            if (left <= 0) return;
            wait(left / 1_000_000 + 1);
        }
    }
}
