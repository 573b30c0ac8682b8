package dev.bureau.otp.registry;

import dev.bureau.kernel.Name;
import dev.bureau.otp.Registry.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a registry is to be.
///
/// @param name its name, which is the local name of its supervisor too
/// @param keys whether a key has one entry or many
/// @param partitions how many processes answer for its entries
/// @param listeners the local names of those who are told of registrations
/// @param meta what it knows about itself from the beginning
public record RegistrySpec(
        String name, Keys keys, int partitions, List<String> listeners, Map<Object, Object> meta) {
    public RegistrySpec {
        Name.local(name);
        Objects.requireNonNull(keys, "keys");
        if (partitions < 1) {
            throw new IllegalArgumentException("expected at least 1 partition, got: " + partitions);
        }
        listeners.forEach(Name::local);
        listeners = List.copyOf(listeners);
        meta = Map.copyOf(meta);
    }

    /// One partition, no listeners, nothing about itself.
    public static RegistrySpec of(String name, Keys keys) {
        return new RegistrySpec(name, keys, 1, List.of(), Map.of());
    }

    public RegistrySpec withPartitions(int number) {
        return new RegistrySpec(name, keys, number, listeners, meta);
    }

    public RegistrySpec withListeners(List<String> names) {
        return new RegistrySpec(name, keys, partitions, names, meta);
    }

    public RegistrySpec withMeta(Object key, Object value) {
        Map<Object, Object> more = new HashMap<>(meta);
        more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new RegistrySpec(name, keys, partitions, listeners, more);
    }
}
