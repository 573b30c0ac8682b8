package dev.bureau.telemetry;

import java.util.Map;
import java.util.Objects;

/// Something that has happened.
///
/// @param name parts with dots between, from the general to the particular: `shop.order.stop`
/// @param measurements its numbers, by name; times are in nanoseconds
/// @param metadata what else there is to know, by name
public record TelemetryEvent(
        String name, Map<String, ? extends Number> measurements, Map<String, ?> metadata) {
    /// A measurement.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public Number measurement(String of) {
        Number value = measurements.get(of);
        if (value != null) return value;
        throw new IllegalArgumentException(
                "expected a measurement of "
                        + name
                        + ", one of "
                        + measurements.keySet()
                        + ", got: "
                        + of);
    }

    /// A piece of metadata of that type.
    ///
    /// @throws IllegalArgumentException if there is none of that name and type
    public <T> T metadata(String of, Class<T> type) {
        Object value = metadata.get(of);
        if (type.isInstance(value)) return Objects.requireNonNull(type.cast(value));
        throw new IllegalArgumentException(
                "expected metadata of "
                        + name
                        + " that is a "
                        + type.getSimpleName()
                        + ", one of "
                        + metadata.keySet()
                        + ", got: "
                        + of);
    }
}
