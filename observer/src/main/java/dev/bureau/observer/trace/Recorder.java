package dev.bureau.observer.trace;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Serving;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.observer.trace.TraceOptions.Kind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the traced processes do for a trace: they put what is to be told into a queue, or count it as dropped.
///
/*
 * Nothing here waits, for it is called in the middle of what is traced. Invariant: no more than `limit` events are ever admitted, and no
 * more than MOST_WAITING are in the queue. Whoever is admitted last makes it over.
 */
final class Recorder implements Tracer {
    private static final int MOST_WAITING = 10_000;
    private static final long SECOND = 1_000_000_000;

    private final Set<Kind> kinds;
    private final boolean followsSpawn;
    private final int limit;
    private final int perSecond;
    private final long deadline;

    private final Queue<Noted> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    // The second that is counted; who begins the next one sets both, and another may be counted in
    // the wrong one.
    private final AtomicLong second = new AtomicLong(System.nanoTime());
    private final AtomicInteger inSecond = new AtomicInteger();

    /// The thread that tells; what it does itself is not traced.
    private volatile @Nullable Thread teller;

    private volatile TraceSummary.@Nullable End end;

    /// When it ended; written before `end`, so whoever has seen that may read it.
    private long endedAt;

    /// What was seen, and is made an event by who tells it.
    interface Noted {
        TraceEvent event();
    }

    Recorder(TraceOptions options) {
        this.kinds = options.kinds().isEmpty() ? Set.of() : EnumSet.copyOf(options.kinds());
        this.followsSpawn = options.andSpawned();
        this.limit = options.limit();
        this.perSecond = options.perSecond();
        this.deadline = System.nanoTime() + options.within().toNanos();
    }

    void tellsBy(Thread thread) {
        teller = thread;
    }

    /// It is over, for that reason if it was not before.
    synchronized void end(TraceSummary.End why) {
        if (end != null) return;
        endedAt = System.nanoTime();
        end = why;
    }

    TraceSummary.@Nullable End end() {
        return end;
    }

    @Override
    public boolean isOver() {
        return end != null;
    }

    @Override
    public boolean followsSpawn() {
        return followsSpawn;
    }

    /// For how long it has been over; nothing if it is not.
    long nanosSinceEnd() {
        return end == null ? 0 : System.nanoTime() - endedAt;
    }

    @Nullable Noted next() {
        Noted next = queue.poll();
        if (next != null) waiting.decrementAndGet();
        return next;
    }

    /// What waits to be told will not be; it is over.
    void dropWaiting() {
        while (next() != null) dropped.increment();
    }

    long dropped() {
        return dropped.sum();
    }

    /// Tells it unless it is too much.
    void tell(Supplier<? extends TraceEvent> event) {
        note(() -> {
            TraceEvent made = event.get();
            return () -> made;
        });
    }

    /// Notes it unless it is too much; the event itself is made when it is told.
    void note(Supplier<Noted> seen) {
        if (end != null || Thread.currentThread() == teller) return;
        long now = System.nanoTime();
        if (now - deadline >= 0) {
            end(TraceSummary.End.TIME);
            return;
        }
        long begun = second.get();
        if (now - begun >= SECOND && second.compareAndSet(begun, now)) inSecond.set(0);
        if (inSecond.incrementAndGet() > perSecond || waiting.get() >= MOST_WAITING) {
            dropped.increment();
            return;
        }
        int number = admitted.incrementAndGet();
        if (number > limit) {
            dropped.increment();
            return;
        }
        waiting.incrementAndGet();
        queue.add(seen.get());
        if (number == limit) end(TraceSummary.End.LIMIT);
    }

    @Override
    public void sent(LocalProcess by, Destination to, LocalPid receiver, Object message) {
        if (!kinds.contains(Kind.SENT)) return;
        note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(by);
            Party whom = Party.of(receiver);
            Serving sending = Inspection.serving(by);
            LocalProcess receiving = receiver.process();
            Serving taking = receiving == null ? null : Inspection.serving(receiving);
            return () ->
                    new TraceEvent.Sent(
                            now, who, to, whom, Shown.message(message, sending, taking));
        });
    }

    @Override
    public void received(LocalProcess by, Object message) {
        if (!kinds.contains(Kind.RECEIVED)) return;
        note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(by);
            Serving taking = Inspection.serving(by);
            return () -> new TraceEvent.Received(now, who, Shown.message(message, null, taking));
        });
    }

    @Override
    public void spawned(@Nullable LocalProcess parent, LocalProcess child) {
        if (!kinds.contains(Kind.SPAWNED)) return;
        tell(() ->
                new TraceEvent.Spawned(
                        Instant.now(),
                        Party.of(child),
                        Optional.ofNullable(parent).map(Party::of),
                        Inspection.initialCall(child)));
    }

    @Override
    public void linked(LocalProcess by, LocalPid peer, boolean made) {
        if (!kinds.contains(Kind.LINKED)) return;
        tell(() -> new TraceEvent.Linked(Instant.now(), Party.of(by), Party.of(peer), made));
    }

    @Override
    public void ended(LocalProcess process, ExitReason reason) {
        if (!kinds.contains(Kind.ENDED)) return;
        note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(process);
            Serving ending = Inspection.serving(process);
            return () -> new TraceEvent.Ended(now, who, Shown.reason(reason, ending));
        });
    }
}
