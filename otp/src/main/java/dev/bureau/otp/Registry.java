package dev.bureau.otp;

import static dev.bureau.kernel.Bureau.self;

import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.otp.registry.Directory;
import dev.bureau.otp.registry.Locking;
import dev.bureau.otp.registry.Membership;
import dev.bureau.otp.registry.ParallelDispatch;
import dev.bureau.otp.registry.Registering;
import dev.bureau.otp.registry.RegistrySpec;
import dev.bureau.otp.registry.RegistrySupervisor;
import dev.bureau.otp.registry.Via;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds processes by keys: names for servers that come and go, subscribers to a topic, properties of processes.
///
/// ```java
/// Registry.startLink("sessions", UNIQUE);
/// GenServer.startLink(via("sessions", "ada"), new Session());       // takes the key
/// call(via("sessions", "ada"), new Greet());                        // finds it
///
/// Registry.startLink("events", DUPLICATE);
/// register("events", "goal");                                       // this process subscribes
/// dispatch("events", "goal", entries -> entries.forEach(entry -> send(entry.pid(), "1:0")));
/// ```
///
/// A process registers itself, under as many keys as it likes; with `UNIQUE` keys each has one process at most, with
/// `DUPLICATE` any number, also the same one several times. Keys are compared by `equals`: `1`, `1L` and `1.0` are three.
/// Keys and values are isolated as messages are, on their way in and on their way out.
///
/// Looking up asks no process: any process or thread of the node reads the entries themselves, and a unique key costs a
/// look into a map. What is read may be out of date at once. In particular, when a process has ended its entries
/// are taken out a moment later. But [#whereis] and names made by [#via] never lead to it, and its unique keys can be
/// taken at once.
///
/// A registry is a supervisor, which has the registry's name as its local name, with a process for each partition.
/// Who registers is linked to a partition until it has no entry there any more. When a partition
/// crashes those who are linked to it end too, unless they trap exits, and all entries are gone; the
/// registry goes on empty. With partitioned `DUPLICATE` keys that concerns this partition alone; and with all kinds of keys
/// it does if a partition is stopped and started again by hand.
///
/// All methods throw `IllegalArgumentException` if there is no such registry on the node of the caller.
///
/// With both `Bureau.*` and `Registry.*` imported statically, `register(name, pid)` gives a local name. Where a pid is the
/// key, write `Registry.register(name, pid)`.
///
/// Follows Elixir's `Registry` (OTP ). Predicates take the place of match specifications. A listener that is
/// not there is passed over, where Elixir fails the process that registers. A partition that is stopped by hand takes the entries
/// of those who are linked to it; Elixir's takes the keys that lie in it, whoever has them, and leaves others of the dead.
///
/// Not for a handful of processes that are there all the time: give them local names. Not for data: an entry lasts no
/// longer than its process; see `Table`.
public final class Registry {
    /// Each key has one process at most.
    public static final Keys UNIQUE = Keys.UNIQUE;

    /// A key has any number of processes.
    public static final Keys DUPLICATE = Keys.DUPLICATE;

    /// A key has any number of processes, and all of them are in one partition.
    public static final Keys DUPLICATE_BY_KEY = Keys.DUPLICATE_BY_KEY;

    /// What is registered under a key, and where. The partitioned kinds differ in speed, and in how often
    /// [Registry#dispatch] calls.
    public enum Keys {
        /// One process.
        UNIQUE,

        /// Any number of processes; the entries of a process are together. For few keys with many processes each.
        DUPLICATE,

        /// Any number of processes; the entries of a key are together. For many keys with few processes each.
        DUPLICATE_BY_KEY
    }

    /// An entry: a process under a key.
    ///
    /// @param value what it was registered with, if anything
    public record Entry(Object key, Pid pid, @Nullable Object value) {}

    /// What a value was changed to, and what it was before.
    public record Updated<V>(V newValue, V oldValue) {}

    /// What a listener is told (OTP R-09). Deaths are not: a listener monitors whom it cares about.
    public sealed interface Event {}

    /// A process was registered.
    public record Registered(String registry, Object key, Pid pid, @Nullable Object value)
            implements Event {}

    /// A process has taken its entries under a key out.
    public record Unregistered(String registry, Object key, Pid pid) implements Event {}

    /// What [Registry#lock] does meanwhile.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E;
    }

    /// Something else than the default when a registry is started: [Registry#partitions], [Registry#listeners],
    /// [Registry#withMeta].
    public static final class Option {
        private final UnaryOperator<RegistrySpec> change;

        private Option(UnaryOperator<RegistrySpec> change) {
            this.change = change;
        }
    }

    private Registry() {}

    // ---- starting

    /// Starts a registry linked to this process; returns its supervisor.
    ///
    /// @throws StartException if its name is taken
    public static Pid startLink(String name, Keys keys, Option... options) {
        return RegistrySupervisor.startLink(spec(name, keys, options)).orThrow();
    }

    /// How to start a registry linked to whoever starts it, to look at what comes of it.
    public static ChildSpec.Starter starter(String name, Keys keys, Option... options) {
        RegistrySpec spec = spec(name, keys, options);
        return () -> RegistrySupervisor.startLink(spec);
    }

    /// A registry as a child of a supervisor, with its name as id.
    public static ChildSpec childSpec(String name, Keys keys, Option... options) {
        return ChildSpec.supervisor(name, starter(name, keys, options));
    }

    private static RegistrySpec spec(String name, Keys keys, Option... options) {
        RegistrySpec spec = RegistrySpec.of(name, keys);
        for (Option option : options) {
            spec = option.change.apply(spec);
        }
        return spec;
    }

    /// With this many partitions instead of one: as many as there are schedulers, where very many processes come and go
    /// at once.
    public static Option partitions(int number) {
        return new Option(spec -> spec.withPartitions(number));
    }

    /// With processes under local names that get an [Event] for each explicit change.
    public static Option listeners(String... names) {
        List<String> all = List.of(names);
        return new Option(spec -> spec.withListeners(all));
    }

    /// With something that the registry knows about itself from the beginning; see [#meta].
    public static Option withMeta(Object key, Object value) {
        return new Option(spec -> spec.withMeta(key, value));
    }

    // ---- names

    /// A name for a process, kept by a registry with unique keys: for starting a server, and wherever a destination is
    /// asked for.
    public static Name via(String registry, Object key) {
        return via(registry, key, null);
    }

    /// A name for a process, which is registered with a value.
    public static Name via(String registry, Object key, @Nullable Object value) {
        Name.local(registry);
        return Name.via(new Via(registry, Isolation.pass(value)), Registering.isolatedKey(key));
    }

    /// The process under a unique key, if it is alive.
    public static Optional<Pid> whereis(String registry, Object key) {
        return Directory.of(registry).whereis(Objects.requireNonNull(key, "key"));
    }

    // ---- registering

    /// Registers this process without a value.
    public static Registration register(String registry, Object key) {
        return register(registry, key, null);
    }

    /// Registers this process with a value.
    ///
    /// @throws dev.bureau.kernel.NotShareableException if key or value hold what cannot be shared
    public static Registration register(String registry, Object key, @Nullable Object value) {
        return Registering.register(Directory.of(registry), key, value);
    }

    /// Takes this process's entries under a key out, if it has any.
    public static void unregister(String registry, Object key) {
        unregisterMatch(registry, key, _ -> true);
    }

    /// Takes this process's entries under a key out whose value `accepts` it. Listeners are told if none is left.
    public static void unregisterMatch(
            String registry, Object key, Predicate<? super @Nullable Object> accepts) {
        Registering.unregister(Directory.of(registry), Objects.requireNonNull(key, "key"), accepts);
    }

    /// Changes the value of this process under a unique key; empty if it is not registered there.
    ///
    /// @throws IllegalArgumentException if the keys are not unique
    /// @throws ClassCastException if the value is of another type
    public static <V> Optional<Updated<V>> updateValue(
            String registry, Object key, Class<V> type, UnaryOperator<V> change) {
        Directory directory = Directory.of(registry);
        directory.requireUnique("updateValue");
        Pid self = self();
        Membership entry = directory.own(Objects.requireNonNull(key, "key"), self);
        if (entry == null) {
            return Optional.empty();
        }
        V before = cast(type, Isolation.pass(entry.value()));
        V after = change.apply(before);
        entry.value(Isolation.pass(after));
        return Optional.of(new Updated<>(after, before));
    }

    // Wrapped, so that int.class means Integer; a value that was not given is null, as it was
    // registered.
    @SuppressWarnings({"unchecked", "NullAway"})
    private static <V> V cast(Class<V> type, @Nullable Object value) {
        return (V) MethodType.methodType(type).wrap().returnType().cast(value);
    }

    // ---- looking up

    /// The entries under a key: one or none if keys are unique. Of a partition they are in the order in which they came.
    public static List<Entry> lookup(String registry, Object key) {
        return match(registry, key, _ -> true);
    }

    /// The entries under a key whose value `accepts` it.
    public static List<Entry> match(
            String registry, Object key, Predicate<? super @Nullable Object> accepts) {
        List<Entry> found = new ArrayList<>(1);
        Directory.of(registry)
                .tables()
                .forEach(
                        Objects.requireNonNull(key, "key"),
                        entry -> {
                            Entry copy = copyOf(entry);
                            if (accepts.test(copy.value())) {
                                found.add(copy);
                            }
                        });
        return Collections.unmodifiableList(found);
    }

    /// How many entries there are under a key whose value `accepts` it.
    public static int countMatch(
            String registry, Object key, Predicate<? super @Nullable Object> accepts) {
        return match(registry, key, accepts).size();
    }

    /// All entries.
    public static List<Entry> select(String registry) {
        return select(registry, _ -> true);
    }

    /// All entries that `accepts` it.
    public static List<Entry> select(String registry, Predicate<? super Entry> accepts) {
        List<Entry> found = new ArrayList<>();
        Directory.of(registry)
                .tables()
                .forEach(entry -> {
                    Entry copy = copyOf(entry);
                    if (accepts.test(copy)) {
                        found.add(copy);
                    }
                });
        return Collections.unmodifiableList(found);
    }

    /// How many entries there are that `accepts` it.
    public static long countSelect(String registry, Predicate<? super Entry> accepts) {
        LongAdder count = new LongAdder();
        Directory.of(registry)
                .tables()
                .forEach(entry -> {
                    if (accepts.test(copyOf(entry))) {
                        count.increment();
                    }
                });
        return count.sum();
    }

    /// How many entries there are.
    public static long count(String registry) {
        return Directory.of(registry).tables().count();
    }

    /// The keys of a process, each as often as it is registered there.
    public static List<Object> keys(String registry, Pid pid) {
        List<Object> keys = new ArrayList<>();
        Directory.of(registry).tables().forEachOf(pid, entry -> keys.add(copyOf(entry).key()));
        return Collections.unmodifiableList(keys);
    }

    /// The values of a process under a key.
    public static List<@Nullable Object> values(String registry, Object key, Pid pid) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Entry entry : lookup(registry, key)) {
            if (entry.pid().equals(pid)) {
                values.add(entry.value());
            }
        }
        return Collections.unmodifiableList(values);
    }

    private static Entry copyOf(Membership entry) {
        return new Entry(
                Objects.requireNonNull(Isolation.pass(entry.key())),
                entry.pid(),
                Isolation.pass(entry.value()));
    }

    // ---- dispatching

    /// Calls `action` in this process with the entries under a key: once for each partition that has any, and not at all
    /// if there are none. What it throws is thrown.
    public static void dispatch(String registry, Object key, Consumer<? super List<Entry>> action) {
        groups(registry, key).forEach(action);
    }

    /// As [#dispatch], but if there are several partitions each call is made by a process of its own, all at the same
    /// time, linked to this one. Returns when all are through. If a call fails so does this process.
    ///
    /// @throws dev.bureau.kernel.NotShareableException if `action` captures what cannot be shared
    public static void dispatchParallel(
            String registry, Object key, Consumer<? super List<Entry>> action) {
        if (Directory.of(registry).tables().isPartitioned()) {
            ParallelDispatch.run(groups(registry, key), action);
        } else {
            dispatch(registry, key, action);
        }
    }

    private static List<List<Entry>> groups(String registry, Object key) {
        return Directory.of(registry).tables().groups(Objects.requireNonNull(key, "key")).stream()
                .map(group -> group.stream().map(Registry::copyOf).toList())
                .toList();
    }

    // ---- locks

    /// Does `work` in this process while no other process does any under the same key of this registry; returns what it
    /// returns, and throws what it throws.
    ///
    /// ```java
    /// User user = lock("sessions", "ada", () -> load("ada"));
    /// ```
    ///
    /// Others wait in the order in which they came, as long as it takes. The lock is free again when `work` is done, or
    /// when the process that holds it or waits for it ends. It has nothing to do with who is registered under the key. When
    /// the partition that keeps it crashes, who waits fails, and who holds it does not hear of it.
    ///
    /// @throws IllegalStateException if this process holds that lock already
    public static <T extends @Nullable Object, E extends Exception> T lock(
            String registry, Object key, Work<T, E> work) throws E {
        try (Locking _ = Locking.acquire(Directory.of(registry), key)) {
            return work.run();
        }
    }

    // ---- what a registry knows about itself

    /// What the registry knows about itself under a key.
    public static Optional<Object> meta(String registry, Object key) {
        return Optional.ofNullable(Directory.of(registry).meta().get(key)).map(Isolation::pass);
    }

    /// Lets the registry know something about itself. Any process may.
    public static void putMeta(String registry, Object key, Object value) {
        Directory.of(registry)
                .meta()
                .put(
                        Registering.isolatedKey(key),
                        Objects.requireNonNull(Isolation.pass(value), "value"));
    }

    /// Makes the registry forget what it knows under a key.
    public static void deleteMeta(String registry, Object key) {
        Directory.of(registry).meta().remove(key);
    }
}
