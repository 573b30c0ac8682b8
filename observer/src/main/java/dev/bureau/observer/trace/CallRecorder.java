package dev.bureau.observer.trace;

import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.observer.probe.CallProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls for a trace. What is passed and returned may be mutable, so it is written down by the process that calls, briefly.
record CallRecorder(Recorder recorder, boolean wantsArguments, boolean wantsResults)
        implements CallProbe.Listener {
    @Override
    public Tracer tracer() {
        return recorder;
    }

    @Override
    public void called(LocalProcess self, String method, Object @Nullable [] arguments) {
        recorder.tell(() ->
                new TraceEvent.Called(
                        Instant.now(),
                        Party.of(self),
                        method,
                        Optional.ofNullable(arguments)
                                .map(all -> Stream.of(all).map(EventText::of).toList())));
    }

    @Override
    public void returned(LocalProcess self, String method, @Nullable Object value, long nanos) {
        recorder.tell(() ->
                new TraceEvent.Returned(
                        Instant.now(),
                        Party.of(self),
                        method,
                        EventText.of(value),
                        Duration.ofNanos(nanos)));
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
