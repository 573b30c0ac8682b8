package dev.bureau.kernel.process;

import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.MailboxOverflow;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Subscription;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells of messages that find a mailbox full: listeners of each, a report of those that were lost.
///
/// One report for all that was lost meanwhile, the first at once and the others some seconds apart: who drops a million
/// messages a second must not fill the disk with it.
public final class Overflows {
    private static final long BETWEEN_REPORTS_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_NAMED = 3;

    private final LocalNode node;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /// How many messages each has lost that nobody was told of.
    private final Map<LocalPid, LongAdder> untold = new ConcurrentHashMap<>();

    /// Whether a look at those is to come.
    private final AtomicBoolean lookScheduled = new AtomicBoolean();

    /// Threads whose listener runs: what that sends, and finds a mailbox full, is not told to it again.
    private final Map<Thread, Boolean> listening = new ConcurrentHashMap<>();

    /// No record: the same consumer may listen twice.
    private static final class Listener {
        final Consumer<? super MailboxOverflow> told;

        Listener(Consumer<? super MailboxOverflow> told) {
            this.told = told;
        }
    }

    Overflows(LocalNode node) {
        this.node = node;
    }

    /// Tells `told` of each from now on.
    public Subscription listen(Consumer<? super MailboxOverflow> told) {
        Listener listener = new Listener(told);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Sender, without a lock: a message was lost.
    void lost(LimitedProcess receiver, LocalProcess sender, MailboxLimit limit, Object message) {
        untold.computeIfAbsent(receiver.pid(), _ -> new LongAdder()).increment();
        if (!lookScheduled.get() && lookScheduled.compareAndSet(false, true)) {
            lookAfter(0);
        }
        found(receiver, sender, limit, message);
    }

    /// Sender, without a lock: a message has found a mailbox full.
    void found(LimitedProcess receiver, LocalProcess sender, MailboxLimit limit, Object message) {
        if (listeners.isEmpty()
                || listening.putIfAbsent(Thread.currentThread(), Boolean.TRUE) != null) {
            return;
        }
        try {
            MailboxOverflow overflow =
                    new MailboxOverflow(receiver.pid(), limit, sender.pid(), message);
            for (Listener listener : listeners) {
                tell(listener, overflow);
            }
        } finally {
            listening.remove(Thread.currentThread());
        }
    }

    private void tell(Listener listener, MailboxOverflow overflow) {
        try {
            listener.told.accept(overflow);
        } catch (Exception | Error failed) {
            // It must not fail the sender, nor each of the next.
            if (listeners.remove(listener)) {
                String name = listener.told.getClass().getName();
                node.reports()
                        .report(
                                Report.Kind.LISTENER,
                                name,
                                () ->
                                        new Draft(
                                                        null,
                                                        "a listener to overflows has failed and is removed")
                                                .with("listener", name)
                                                .with("failure", String.valueOf(failed)));
            }
        }
    }

    private void lookAfter(long nanos) {
        node.clock().schedule(new Look(), node.clock().now() + nanos);
    }

    private final class Look extends Timer {
        @Override
        protected void fire() {
            if (!node.isStopped()) {
                // Not here: a listener to reports may block.
                Thread.ofVirtual().name("bureau-overflows").start(Overflows.this::look);
            }
        }
    }

    private void look() {
        if (node.isStopped()) {
            return;
        }
        Map<LocalPid, Long> lost = new LinkedHashMap<>();
        for (LocalPid receiver : List.copyOf(untold.keySet())) {
            // Who counts on while it is removed is late by a message or two: the process info has
            // them.
            LongAdder messages = untold.remove(receiver);
            if (messages != null) {
                lost.put(receiver, messages.sum());
            }
        }
        if (lost.isEmpty()) {
            lookScheduled.set(false);
            // Else one came between, found that a look was to come, and would not be told.
            if (!untold.isEmpty() && lookScheduled.compareAndSet(false, true)) {
                lookAfter(0);
            }
            return;
        }
        report(lost);
        lookAfter(BETWEEN_REPORTS_NANOS);
    }

    private void report(Map<LocalPid, Long> lost) {
        long messages = lost.values().stream().mapToLong(Long::longValue).sum();
        String named =
                lost.entrySet().stream()
                        .limit(MOST_NAMED)
                        .map(each -> each.getKey() + " (" + each.getValue() + ")")
                        .collect(Collectors.joining(", "));
        String others =
                lost.size() > MOST_NAMED ? " and " + (lost.size() - MOST_NAMED) + " others" : "";
        String headline =
                (messages == 1 ? "1 message was" : messages + " messages were")
                        + " dropped, for the mailbox was full: "
                        + named
                        + others;
        node.reports()
                .report(
                        Report.Kind.OVERFLOW,
                        "full mailboxes",
                        () ->
                                new Draft(
                                        lost.size() == 1 ? lost.keySet().iterator().next() : null,
                                        headline));
    }
}
