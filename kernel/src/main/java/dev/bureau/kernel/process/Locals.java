package dev.bureau.kernel.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The process dictionary. The owner's alone, save that others may look at it for display.
public final class Locals {
    private final Map<Object, Object> values = new HashMap<>(4);

    public synchronized @Nullable Object get(Object key) {
        return values.get(key);
    }

    /// Returns what was there before.
    public synchronized @Nullable Object put(Object key, Object value) {
        return values.put(key, value);
    }

    public synchronized @Nullable Object remove(Object key) {
        return values.remove(key);
    }

    synchronized Map<Object, Object> copy() {
        return new LinkedHashMap<>(values);
    }
}
