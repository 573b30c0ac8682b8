package dev.bureau.observer.trace;

import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.observer.probe.CallProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls for a trace. What is passed and returned is kept as it is where it is immutable, and made text when it is told. All else may have
/// changed by then, so it is written down by the process that calls, briefly.
record CallRecorder(Recorder recorder, boolean wantsArguments, boolean wantsResults)
        implements CallProbe.Listener {
    @Override
    public Tracer tracer() {
        return recorder;
    }

    @Override
    public void called(LocalProcess self, String method, @Nullable Object @Nullable [] arguments) {
        recorder.note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(self);
            Object[] kept = arguments == null ? null : kept(arguments);
            return () ->
                    new TraceEvent.Called(
                            now, who, method, Optional.ofNullable(kept).map(CallRecorder::texts));
        });
    }

    private static Object[] kept(@Nullable Object[] arguments) {
        return Stream.of(arguments).map(CallRecorder::kept).toArray();
    }

    /// It or its text; the text of a text is the same.
    private static Object kept(@Nullable Object value) {
        return value != null && Isolation.isImmutable(value) ? value : EventText.of(value);
    }

    private static List<String> texts(Object[] kept) {
        return Stream.of(kept).map(EventText::of).toList();
    }

    @Override
    public void returned(LocalProcess self, String method, @Nullable Object value, long nanos) {
        recorder.note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(self);
            Object kept = kept(value);
            return () ->
                    new TraceEvent.Returned(
                            now, who, method, EventText.of(kept), Duration.ofNanos(nanos));
        });
    }

    @Override
    public void threw(LocalProcess self, String method, Throwable thrown, long nanos) {
        recorder.tell(() ->
                new TraceEvent.Threw(
                        Instant.now(),
                        Party.of(self),
                        method,
                        EventText.of(thrown),
                        Duration.ofNanos(nanos)));
    }
}
