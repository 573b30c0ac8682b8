package dev.bureau.kernel.process;

import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where all reports of a node are made: told to its listeners, by the process that reports, and given to its log
/// (OTP LG-01).
///
/// Whatever fails in here, code of others as it may be, who reports goes on.
public final class Reports {
    private final ReportLog log = new ReportLog();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /// Those that keep reports from the log; the latest alone is told.
    private final List<Listener> diversions = new CopyOnWriteArrayList<>();

    private record Listener(System.Logger.Level least, Consumer<? super Report> told) {
        boolean wants(Report.Kind kind) {
            return kind.level().getSeverity() >= least.getSeverity();
        }
    }

    Reports() {}

    /// Makes a report, if anybody wants it.
    ///
    /// @param source see [Report#source]
    /// @param draft writes it; runs here and now
    public void report(Report.Kind kind, String source, Supplier<Draft> draft) {
        Listener diversion = diversion();
        boolean logged = diversion == null && log.wants(kind, source);
        if (!logged
                && (diversion == null || !diversion.wants(kind))
                && listeners.stream().noneMatch(listener -> listener.wants(kind))) {
            return;
        }
        Report report = write(kind, source, draft);
        for (Listener listener : listeners) tell(listener, report);
        if (diversion != null) tell(diversion, report);
        else if (logged) log.add(report);
    }

    private static Report write(Report.Kind kind, String source, Supplier<Draft> draft) {
        try {
            return draft.get().done(kind, source);
        } catch (Throwable broken) {
            // Throwable: its process may be told to exit meanwhile, and ends of that with its next
            // step.
            String why = broken.getClass().getName();
            return new Draft(
                            null,
                            "a report (" + kind + ") of " + source + " could not be made: " + why)
                    .done(kind, source);
        }
    }

    private void tell(Listener listener, Report report) {
        if (!listener.wants(report.kind())) return;
        try {
            listener.told.accept(report);
        } catch (Throwable failed) {
            if (listeners.remove(listener) || diversions.remove(listener)) {
                report(
                        Report.Kind.LISTENER,
                        listener.told.getClass().getName(),
                        () ->
                                new Draft(null, "a listener to reports has failed and is removed")
                                        .with("listener", listener.told.getClass().getName())
                                        .with("failure", String.valueOf(failed)));
            }
        }
    }

    private @Nullable Listener diversion() {
        Listener latest = null;
        for (Listener each : diversions) latest = each;
        return latest;
    }

    /// Tells `told` of all reports from now on, in the process that makes them.
    public Subscription listen(System.Logger.Level least, Consumer<? super Report> told) {
        return subscribe(listeners, new Listener(least, told));
    }

    /// As [#listen], and nothing is logged meanwhile. Who diverts later is told instead.
    public Subscription divert(System.Logger.Level least, Consumer<? super Report> told) {
        return subscribe(diversions, new Listener(least, told));
    }

    private static Subscription subscribe(List<Listener> to, Listener listener) {
        to.add(listener);
        return () -> to.remove(listener);
    }

    /// Waits until what has been reported so far is written, for `limit` at most.
    public void flush(Duration limit) {
        log.flush(limit);
    }
}
