package dev.bureau.observer.trace;

import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.observer.probe.CallProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls for a trace. No code of the program runs in the process that calls: what is passed and returned is kept where it is immutable,
/// and asked for its text when it is told; of all else it is kept what can be seen of it from outside.
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
            List<Object> seen = arguments == null ? null : seen(arguments);
            return () ->
                    new TraceEvent.Called(
                            now, who, method, Optional.ofNullable(seen).map(CallRecorder::texts));
        });
    }

    private static List<Object> seen(@Nullable Object[] values) {
        return Stream.of(values).map(EventText::seen).toList();
    }

    private static List<String> texts(List<Object> seen) {
        return seen.stream().map(EventText::of).toList();
    }

    @Override
    public void returned(LocalProcess self, String method, @Nullable Object value, long nanos) {
        recorder.note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(self);
            Object seen = EventText.seen(value);
            return () ->
                    new TraceEvent.Returned(
                            now, who, method, EventText.of(seen), Duration.ofNanos(nanos));
        });
    }

    /// An exception is as good as immutable once it is thrown, and says most by its message.
    @Override
    public void threw(LocalProcess self, String method, Throwable thrown, long nanos) {
        recorder.note(() -> {
            Instant now = Instant.now();
            Party who = Party.of(self);
            return () ->
                    new TraceEvent.Threw(
                            now, who, method, EventText.of(thrown), Duration.ofNanos(nanos));
        });
    }
}
