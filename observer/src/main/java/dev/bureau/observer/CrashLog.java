package dev.bureau.observer;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.kernel.process.AbnormalEnd;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.kernel.process.Serving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The last ends that were not in order.
///
/*
 * Who dies puts down what is at hand, a number and a reference: no text, no stack is made there, and nothing of the user's is run.
 * A moment later a thread of the JDK's, started when there is something, makes a Crash of each entry in place, after which nothing is
 * kept alive of what was in its exception or its state. In a storm entries are overwritten before that: no loss, for they are no longer among the
 * last; and as the writer looks ten times a second at most, a storm costs no more than a ring of texts each time.
 *
 * `due` is true from when somebody has found work for the writer until that looks at the ring for the last time. The writer takes it
 * back first and looks then; whoever puts something down does so first and raises it then. So no entry is left as it is.
 */
final class CrashLog {
    static final int USUAL = 1_000;
    private static final int MOST = 1_000_000;
    private static final int LONGEST = 500;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_FRAMES = 64;
    private static final int MOST_CAUSES = 4;

    private record Entry(long number, @Nullable AbnormalEnd end, Crashes.@Nullable Crash crash) {}

    private final AtomicLong total = new AtomicLong();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile AtomicReferenceArray<@Nullable Entry> ring = new AtomicReferenceArray<>(USUAL);

    /// By who dies: must neither throw nor wait.
    void add(AbnormalEnd end) {
        AtomicReferenceArray<@Nullable Entry> into = ring;
        long number = total.getAndIncrement();
        into.set((int) (number % into.length()), new Entry(number, end, null));
        if (!due.get() && due.compareAndSet(false, true)) {
            Thread.ofVirtual().name("bureau-crash-log").start(this::write);
        }
    }

    private void write() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
        due.set(false);
        AtomicReferenceArray<@Nullable Entry> into = ring;
        for (int i = 0; i < into.length(); i++) {
            Entry entry = into.get(i);
            if (entry != null && entry.end != null) {
                into.compareAndSet(i, entry, new Entry(entry.number, null, crash(entry.end)));
            }
        }
    }

    /// Keeps the last `most` from now on, of those that there are too.
    synchronized void keep(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(
                    "expected how many crashes to keep, from 1 to " + MOST + ", got: " + most);
        }
        AtomicReferenceArray<@Nullable Entry> next = new AtomicReferenceArray<>(most);
        List<Entry> known = entries();
        // One that comes this moment may be put into the old ring, and is lost.
        for (Entry entry : known.subList(0, Math.min(most, known.size())).reversed()) {
            next.set((int) (entry.number % most), entry);
        }
        ring = next;
    }

    /// The latest first.
    private List<Entry> entries() {
        AtomicReferenceArray<@Nullable Entry> from = ring;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < from.length(); i++) {
            Entry entry = from.get(i);
            if (entry != null) entries.add(entry);
        }
        entries.sort(Comparator.comparingLong(Entry::number).reversed());
        return entries;
    }

    Crashes crashes() {
        long sum = total.get();
        List<Crashes.Crash> latest = new ArrayList<>();
        for (Entry entry : entries()) {
            if (entry.crash != null) latest.add(entry.crash);
            else if (entry.end != null) latest.add(crash(entry.end));
        }
        return new Crashes(Math.max(sum, latest.size()), groups(latest), latest);
    }

    private record Key(String kind, String place, boolean signalled) {}

    private static List<Crashes.Group> groups(List<Crashes.Crash> latest) {
        Map<Key, List<Crashes.Crash>> byKey = new LinkedHashMap<>();
        for (Crashes.Crash crash : latest) {
            byKey.computeIfAbsent(
                            new Key(crash.kind(), crash.place(), crash.signalled()),
                            _ -> new ArrayList<>())
                    .add(crash);
        }
        List<Crashes.Group> groups = new ArrayList<>();
        byKey.forEach((key, all) ->
                groups.add(
                        new Crashes.Group(
                                key.kind,
                                key.place,
                                key.signalled,
                                all.size(),
                                all.getLast().time(),
                                all.getFirst().time(),
                                all.getFirst())));
        groups.sort(Comparator.comparingInt(Crashes.Group::count).reversed());
        return groups;
    }

    // ---- from what was at hand to what is kept

    private static Crashes.Crash crash(AbnormalEnd end) {
        Serving serving = end.serving();
        ExitReason reason = serving == null ? end.reason() : serving.shown(end.reason());
        Throwable thrown = thrown(reason);
        return new Crashes.Crash(
                end.time(),
                end.pid(),
                Optional.ofNullable(end.name()),
                Optional.ofNullable(end.label()).map(label -> BoundedText.of(label, LONGEST)),
                end.initialCall(),
                thrown == null ? text(reason) : message(thrown),
                thrown == null ? text(reason) : typeOf(thrown),
                end.signalled(),
                thrown == null ? List.of() : frames(thrown),
                thrown == null ? List.of() : causes(thrown));
    }

    private static @Nullable Throwable thrown(ExitReason reason) {
        return reason instanceof ExitReason.Crash(var error) ? error : null;
    }

    private static String text(ExitReason reason) {
        return switch (reason) {
            // Its text would be that of the whole object, however long.
            case ExitReason.Custom(var term) -> BoundedText.of(term, LONGEST);
            case ExitReason.CallFailed(var why, var server, var request, _, _) ->
                    "a call of "
                            + server
                            + " with "
                            + BoundedText.of(request, LONGEST / 2)
                            + " failed: "
                            + shortened(why);
            default -> shortened(reason);
        };
    }

    private static String shortened(ExitReason reason) {
        Throwable thrown = thrown(reason);
        if (thrown != null) return message(thrown);
        try {
            return Figures.clipped(Figures.oneLine(ExitReason.format(reason)), LONGEST);
        } catch (RuntimeException | StackOverflowError broken) {
            return reason.getClass().getName();
        }
    }

    private static String message(Throwable thrown) {
        return BoundedText.of(thrown, LONGEST);
    }

    /// One that stands for another which could not be shared says in its message which that was.
    private static String typeOf(Throwable thrown) {
        if (!(thrown instanceof CrashedWith)) {
            return thrown.getClass().getName();
        }
        String message = String.valueOf(thrown.getMessage());
        int end = message.indexOf(':');
        return Figures.clipped(end < 0 ? message : message.substring(0, end), LONGEST);
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace()).limit(MOST_FRAMES).toList();
    }

    private static List<String> causes(Throwable thrown) {
        List<String> causes = new ArrayList<>();
        Throwable cause = thrown.getCause();
        while (cause != null && causes.size() < MOST_CAUSES) {
            causes.add(message(cause));
            cause = cause.getCause();
        }
        return causes;
    }
}
