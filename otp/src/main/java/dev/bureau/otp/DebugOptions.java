package dev.bureau.otp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What [Sys] has switched on in a behaviour from its start, again after each restart: gen's `{debug, Options}` (OTP Y-06, Y-07).
///
/// ```java
/// StartOptions options = StartOptions.named("stack").debug(DebugOptions.options().trace().log(50));
/// ```
///
/// Immutable; each method returns changed options. [Sys] switches off what is no longer wanted.
///
/// @param tracing whether it prints each event
/// @param kept how many events it keeps
/// @param counting whether it counts
/// @param probes what sees its events, by id
public record DebugOptions(
        boolean tracing, int kept, boolean counting, Map<Object, Sys.Probe<?>> probes) {
    private static final DebugOptions NONE = new DebugOptions(false, 0, false, Map.of());

    public DebugOptions {
        requireSize(kept);
        probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    }

    /// Nothing.
    public static DebugOptions options() {
        return NONE;
    }

    /// Prints each event to the node's standard output.
    public DebugOptions trace() {
        return new DebugOptions(true, kept, counting, probes);
    }

    /// Keeps the last ten events, for [Sys#log].
    public DebugOptions log() {
        return log(Sys.DEFAULT_LOG);
    }

    /// Keeps the last `size` events, for [Sys#log].
    public DebugOptions log(int size) {
        return new DebugOptions(tracing, size, counting, probes);
    }

    /// Counts, for [Sys#statistics].
    public DebugOptions statistics() {
        return new DebugOptions(tracing, kept, true, probes);
    }

    /// Shows each event to `probe`, unless there is one of that id.
    public DebugOptions install(Object id, Sys.Probe<?> probe) {
        Map<Object, Sys.Probe<?>> more = new LinkedHashMap<>(probes);
        more.putIfAbsent(Objects.requireNonNull(id, "id"), Objects.requireNonNull(probe, "probe"));
        return new DebugOptions(tracing, kept, counting, more);
    }

    static int requireSize(int size) {
        if (size < 0) {
            throw new IllegalArgumentException(
                    "expected how many events to keep, zero or more, got: " + size);
        }
        return size;
    }
}
