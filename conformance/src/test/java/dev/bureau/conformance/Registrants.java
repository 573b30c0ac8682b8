package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Registry.DUPLICATE;
import static dev.bureau.otp.Registry.DUPLICATE_BY_KEY;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Registration;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Registry.Entry;
import dev.bureau.otp.Registry.Keys;
import java.util.List;
import java.util.function.BiConsumer;

/// What the tests of registries have in common.
final class Registrants {
    private Registrants() {}

    /// What came of registering, as told by who tried.
    record Tried(Pid by, Registration outcome) {}

    static final List<Keys> KINDS = List.of(UNIQUE, DUPLICATE, DUPLICATE_BY_KEY);
    static final List<Keys> DUPLICATES = List.of(DUPLICATE, DUPLICATE_BY_KEY);

    /// Plays a scene with each of some kinds of keys, on one partition and on five (OTP R-10).
    static void withEach(List<Keys> kinds, BiConsumer<String, Keys> scene) {
        for (Keys kind : kinds) {
            for (int number : new int[] {1, 5}) {
                String name = kind + " on " + number;
                Registry.startLink(name, kind, partitions(number));
                scene.accept(name, kind);
            }
        }
    }

    /// A process that registers; returns what came of it. It ends when told to go.
    static Tried registering(String registry, Object key, Object value) {
        Pid boss = self();
        Pid pid =
                spawn(() -> {
                    send(boss, new Tried(self(), Registry.register(registry, key, value)));
                    receive(Go.class);
                });
        return assertReceive(Tried.class, tried -> tried.by().equals(pid));
    }

    static Pid registered(String registry, Object key, Object value) {
        Tried tried = registering(registry, key, value);
        tried.outcome().orThrow();
        return tried.by();
    }

    static void endAndAwait(Pid pid) {
        Ref end = monitor(pid);
        exit(pid, KILL);
        awaitDown(end);
    }

    static Entry entry(Object key, Pid pid, Object value) {
        return new Entry(key, pid, value);
    }

    @SuppressWarnings("NullAway")
    static Object nothing() {
        return null;
    }

    /// Changes a list that was handed out; true.
    @SuppressWarnings("unchecked")
    static boolean changed(Object list) {
        ((List<Object>) list).add("changed");
        return true;
    }
}
