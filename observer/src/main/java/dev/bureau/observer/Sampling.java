package dev.bureau.observer;

import dev.bureau.kernel.Report.Subscription;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes samples one after the other while somebody has asked for them, and keeps the last two.
///
/*
 * All guarded by the monitor of this object. `thread` is there exactly while `periods` is not empty, or has yet to notice that it
 * is; it alone writes `window` and `last`.
 */
final class Sampling {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final LocalNode node;
    private final List<Consumer<? super Window>> watchers = new CopyOnWriteArrayList<>();
    private final List<Duration> periods = new ArrayList<>();
    private @Nullable Thread thread;
    private @Nullable Sample last;
    private @Nullable Window window;

    /// From one sample to the next.
    record Window(Sample begin, Sample end) {}

    Sampling(LocalNode node) {
        this.node = node;
    }

    /// Has `watcher` look at each window, on the thread that takes the samples; it does not throw.
    Subscription watch(Duration period, Consumer<? super Window> watcher) {
        watchers.add(watcher);
        Subscription samples = every(period);
        return () -> {
            watchers.remove(watcher);
            samples.close();
        };
    }

    synchronized Subscription every(Duration period) {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "expected a period of 100 milliseconds or more, got: " + period);
        }
        // Two may ask for the same; each is an entry of its own.
        Duration mine = Duration.ofNanos(period.toNanos());
        periods.add(mine);
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("bureau-sampler").start(this::run);
        }
        notifyAll();
        boolean[] closed = new boolean[1];
        return () -> {
            synchronized (this) {
                if (!closed[0]) periods.remove(mine);
                closed[0] = true;
                notifyAll();
            }
        };
    }

    /// The last window, waited for if there is none yet; null if nobody has asked for samples.
    synchronized @Nullable Window window() throws InterruptedException {
        while (!periods.isEmpty() && window == null && !node.isStopped()) wait(100);
        return periods.isEmpty() ? null : window;
    }

    private void run() {
        try {
            while (goesOn()) {
                Sample taken = Sample.of(node);
                Window between = keep(taken);
                if (between != null) watchers.forEach(watcher -> watcher.accept(between));
                awaitNext(System.nanoTime());
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
        if (!periods.isEmpty() && !node.isStopped()) return true;
        thread = null;
        last = null;
        window = null;
        return false;
    }

    private synchronized void awaitNext(long since) throws InterruptedException {
        while (!periods.isEmpty() && !node.isStopped()) {
            Duration period = periods.stream().min(Comparator.naturalOrder()).orElseThrow();
            long left = period.toNanos() - (System.nanoTime() - since);
            if (left <= 0) return;
            wait(left / 1_000_000 + 1);
        }
    }
}
