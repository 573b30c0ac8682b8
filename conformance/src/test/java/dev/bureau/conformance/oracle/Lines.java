package dev.bureau.conformance.oracle;

import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a scenario may use: prints its lines, and the small words that most need. As module Oracle in oracle.exs.
public final class Lines {
    private static final NodeLocal<List<String>> PAGE =
            NodeLocal.of(_ -> new CopyOnWriteArrayList<>());
    private static final NodeLocal<Notations> NOTATIONS = NodeLocal.of(_ -> new Notations());

    /// What [#attempt] returns for a function that failed.
    public record Caught(ExitReason reason) {}

    /// What a [#trapper] tells of each message.
    public record Told(Object what) {}

    private record Ready(Pid pid) {}

    private static final class Notations {
        private @Nullable Notation ofMain;

        // the first to print is main, and no other may
        synchronized Notation of(Pid pid) {
            if (ofMain == null) {
                ofMain = new Notation(pid);
            }
            return ofMain;
        }
    }

    private Lines() {}

    /// What was printed on a node.
    static List<String> printedOn(dev.bureau.kernel.Node node) {
        return PAGE.get(node);
    }

    /// Prints a line: the terms in common notation. Only for the process that runs main.
    public static void out(@Nullable Object... terms) {
        PAGE.get(node()).add(NOTATIONS.get(node()).of(self()).line(terms));
    }

    /// What the function returns, or [Caught] if it fails.
    public static Object attempt(Callable<?> function) {
        try {
            return function.call();
        } catch (ExitException exit) {
            return new Caught(exit.reason());
        } catch (Exception error) {
            return new Caught(new ExitReason.Crash(error));
        }
    }

    /// `true`, or [Caught] if it fails.
    public static Object attempt(Runnable function) {
        return attempt(() -> {
            function.run();
            return true;
        });
    }

    /// Waits a moment, or not: so that a race has all its outcomes.
    public static void shake() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> Thread.yield();
            case 2 -> spin(random.nextInt(10_000));
            default -> sleep(ofMillis(1));
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /// A process that waits to be ended.
    public static Pid idle() {
        return spawn(() -> sleepForever());
    }

    /// A process that traps exits and tells the caller of each message.
    public static Pid trapper() {
        Pid boss = self();
        Pid pid =
                spawn(() -> {
                    trapExits(true);
                    send(boss, new Ready(self()));
                    while (true) {
                        send(boss, new Told(receive()));
                    }
                });
        receive(Ready.class, ready -> ready.pid().equals(pid));
        return pid;
    }

    /// The pid of a process that has ended.
    public static Pid dead() {
        return gone(spawn(() -> {}));
    }

    /// Waits until the process has ended; returns its pid.
    public static Pid gone(Pid pid) {
        ended(pid);
        return pid;
    }

    /// Waits until the process has ended; returns the reason, or noproc if it was too late for that.
    public static ExitReason ended(Pid pid) {
        return down(monitor(pid));
    }

    /// The reason of a monitor's message, which is waited for.
    public static ExitReason down(Ref monitor) {
        return receive(monitor, Down.class).reason();
    }

    /// The next message; `"nothing"` if none comes within a time that is long enough for any that will.
    public static Object next() {
        return receive(Object.class, ofSeconds(2), "nothing");
    }

    /// All messages, until none has come for a while.
    public static List<Object> mail() {
        List<Object> all = new ArrayList<>();
        while (true) {
            Object message = receive(Object.class, ofMillis(100), "nothing");
            if (message.equals("nothing")) {
                return List.copyOf(all);
            }
            all.add(message);
        }
    }

    /// Waits until the condition holds; false if it does not for two seconds.
    public static boolean eventually(BooleanSupplier condition) {
        for (int tries = 0; tries < 400; tries++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            sleep(ofMillis(5));
        }
        return condition.getAsBoolean();
    }
}
