package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.isolation.Isolation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// The environments of the applications of a node (OTP AP-07).
///
/*
 * Read by many and seldom changed, so what is read is replaced as a whole and reading takes no lock. Writers hold the
 * monitor of this object, in which nobody else's code runs. Values were isolated when they came in; who reads one
 * gets it as he would a message.
 */
public final class Environment {
    private static final String KERNEL = "kernel";
    private static final String SHUTDOWN_TIMEOUT = "shutdownTimeout";
    private static final Duration SHUTDOWN_LIMIT = Duration.ofMinutes(1);

    private static final NodeLocal<Environment> OF_NODE = NodeLocal.of(_ -> new Environment());

    /// What holds now, by application; written by who has the monitor.
    private volatile Map<String, Map<String, Object>> values = Map.of();

    /// What is configured, whether the application is loaded or not; guarded by the monitor.
    private final Map<String, Map<String, Object>> configured = new HashMap<>();

    private Environment() {}

    /// That of the node of the calling process.
    public static Environment here() {
        return OF_NODE.get(Bureau.node());
    }

    // ---- reading

    /// The value of a key.
    ///
    /// @throws IllegalArgumentException if there is none, or it is of another type
    public <T> T get(String application, String key, Class<T> type) {
        return find(application, key, type)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "expected a key of the environment of application "
                                        + application
                                        + ", which are "
                                        + new TreeSet<>(of(application).keySet())
                                        + ", got: "
                                        + key));
    }

    /// The value of a key, if there is one.
    ///
    /// @throws IllegalArgumentException if it is of another type
    public <T> Optional<T> find(String application, String key, Class<T> type) {
        Object value = of(application).get(key);
        if (value == null) return Optional.empty();
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "expected "
                            + key
                            + " in the environment of application "
                            + application
                            + " to be of type "
                            + type.getName()
                            + ", got: "
                            + value
                            + " ("
                            + value.getClass().getName()
                            + ")");
        }
        return Optional.of(type.cast(isolated(value)));
    }

    /// All of it.
    public Map<String, Object> all(String application) {
        Map<String, Object> copy = new HashMap<>(of(application));
        copy.replaceAll((_, value) -> isolated(value));
        return Map.copyOf(copy);
    }

    /// How long an application may take to stop when the node does.
    Duration shutdownTimeout() {
        return find(KERNEL, SHUTDOWN_TIMEOUT, Duration.class).orElse(SHUTDOWN_LIMIT);
    }

    private Map<String, Object> of(String application) {
        Objects.requireNonNull(application, "expected the name of an application, got: null");
        return values.getOrDefault(application, Map.of());
    }

    private static Object isolated(Object value) {
        return Objects.requireNonNull(Isolation.pass(value));
    }

    // ---- writing

    /// Sets the value of a key.
    public void put(String application, String key, Object value) {
        change(application, Map.of(key, checked(application, key, value)));
    }

    private static Object checked(String application, String key, Object value) {
        Objects.requireNonNull(key, "expected a key, got: null");
        Objects.requireNonNull(value, "expected a value for " + key + ", got: null");
        if (application.equals(KERNEL)
                && key.equals(SHUTDOWN_TIMEOUT)
                && !(value instanceof Duration limit && !limit.isNegative())) {
            throw new IllegalArgumentException(
                    "expected shutdownTimeout of kernel to be a Duration of zero or more, got: "
                            + value);
        }
        return isolated(value);
    }

    /// Sets what is configured.
    public void configure(Map<String, Map<String, Object>> configuration) {
        Map<String, Map<String, Object>> own = new HashMap<>();
        configuration.forEach((application, given) -> {
            Map<String, Object> copy = new HashMap<>(given);
            copy.replaceAll((key, value) -> checked(application, key, value));
            own.put(application, copy);
        });
        synchronized (this) {
            own.forEach((application, given) -> {
                configured.computeIfAbsent(application, _ -> new HashMap<>()).putAll(given);
                change(application, given);
            });
        }
    }

    /// Removes a key.
    public synchronized void delete(String application, String key) {
        Map<String, Object> left = new HashMap<>(of(application));
        left.remove(key);
        replace(application, left);
    }

    /// What an application says itself, and what is configured, hold from now on.
    synchronized void load(String application, Map<String, Object> defaults) {
        change(application, defaults);
        change(application, configured.getOrDefault(application, Map.of()));
    }

    /// What an application that is loaded says itself holds too where nothing else does.
    synchronized void complete(String application, Map<String, Object> defaults) {
        Map<String, Object> before = of(application);
        change(application, defaults);
        change(application, before);
    }

    /// All is forgotten but what is configured.
    synchronized void unload(String application) {
        Map<String, Map<String, Object>> next = new HashMap<>(values);
        next.remove(application);
        values = next;
    }

    private synchronized void change(String application, Map<String, Object> changes) {
        if (changes.isEmpty()) return;
        Map<String, Object> changed = new HashMap<>(of(application));
        changed.putAll(changes);
        replace(application, changed);
    }

    private synchronized void replace(String application, Map<String, Object> now) {
        Map<String, Map<String, Object>> next = new HashMap<>(values);
        next.put(application, now);
        values = next;
    }
}
