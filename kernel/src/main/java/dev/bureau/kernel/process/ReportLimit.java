package dev.bureau.kernel.process;

import dev.bureau.kernel.Report;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How many reports may be logged within a second: of all, and of one kind and source, so that a storm of one neither
/// floods the log nor drowns the others. Not for several threads.
final class ReportLimit {
    /// OTP's burst limit.
    static final int MOST = 500;

    static final int MOST_OF_ONE_SOURCE = 50;
    static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_SOURCES_TOLD = 10;

    private long begin;
    private boolean began;
    private int admitted;
    private long heldBack;

    /// Of this window. No more than [#MOST] are known: who comes first is admitted, and no more than that are.
    private final Map<Source, Count> sources = new HashMap<>();

    /// What was held back of sources that are not known.
    private long others;

    private record Source(Report.Kind kind, String name) {}

    private static final class Count {
        int admitted;
        long heldBack;
    }

    /// Whether one more may be logged; then it counts.
    boolean admits(Report.Kind kind, String source, long now) {
        beginAt(now);
        if (admitted == MOST) return false;
        Count count = sources.computeIfAbsent(new Source(kind, source), _ -> new Count());
        if (count.admitted == MOST_OF_ONE_SOURCE) return false;
        count.admitted++;
        admitted++;
        return true;
    }

    /// One was not logged.
    void holdBack(Report.Kind kind, String source, long now) {
        beginAt(now);
        heldBack++;
        Source key = new Source(kind, source);
        Count count = sources.get(key);
        if (count == null && sources.size() < MOST) {
            count = new Count();
            sources.put(key, count);
        }
        if (count == null) others++;
        else count.heldBack++;
    }

    /// A window begins with the first report after the last one, and ends when what was held back has been told.
    private void beginAt(long now) {
        if (began && (heldBack > 0 || now - begin < WINDOW_NANOS)) return;
        began = true;
        begin = now;
        admitted = 0;
        sources.clear();
    }

    /// Whether something is to be told.
    boolean owes() {
        return heldBack > 0;
    }

    /// When that is; never, if nothing is.
    long nanosUntilTold(long now) {
        return owes() ? begin + WINDOW_NANOS - now : Long.MAX_VALUE;
    }

    /// What was held back since that was last told.
    Report tell(long now) {
        long millis = Math.max(1, Duration.ofNanos(now - begin).toMillis());
        Draft draft =
                new Draft(
                        null,
                        heldBack + " reports were not logged: too many within " + millis + " ms");
        draft.with("held_back", heldBack);
        draft.with("sources", bySource(), text());
        heldBack = 0;
        others = 0;
        began = false;
        return draft.done(Report.Kind.HELD_BACK, Report.Kind.HELD_BACK.logger());
    }

    private Map<String, Long> bySource() {
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().heldBack > 0)
                .collect(
                        Collectors.toUnmodifiableMap(
                                entry -> entry.getKey().kind() + " " + entry.getKey().name(),
                                entry -> entry.getValue().heldBack));
    }

    private String text() {
        Map<String, Long> all = bySource();
        String most =
                all.entrySet().stream()
                        .sorted(Comparator.comparingLong(entry -> -entry.getValue()))
                        .limit(MOST_SOURCES_TOLD)
                        .map(entry -> entry.getValue() + " of " + entry.getKey())
                        .collect(Collectors.joining("\n"));
        int more = all.size() - MOST_SOURCES_TOLD;
        long rest = others;
        return (all.size() == 1 ? most : "\n" + most)
                + (more > 0 ? "\nand of " + more + " more" : "")
                + (rest > 0 ? "\nand " + rest + " of still others" : "");
    }
}
