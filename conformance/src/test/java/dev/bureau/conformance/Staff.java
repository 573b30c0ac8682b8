package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import java.util.List;

/// Those whom scenarios are played with.
final class Staff {
    private Staff() {}

    /// A message that says nothing but that it is time.
    record Go() {}

    /// What `by` was told by an exit signal that it traps.
    record Told(Pid by, Exit exit) {}

    /// Does nothing until it is ended.
    static Pid idle() {
        return spawn(Bureau::sleepForever);
    }

    /// Waits for a [Go], then returns.
    static Pid waiting() {
        return spawn(() -> receive(Go.class));
    }

    /// Traps exits and tells the caller of each; returns when it does.
    static Pid trapper() {
        Pid boss = self();
        Pid trapper =
                spawn(() -> {
                    trapExits(true);
                    send(boss, new Go());
                    while (true) {
                        send(boss, new Told(self(), receive(Exit.class)));
                    }
                });
        receive(Go.class);
        return trapper;
    }

    /// The reason that `exit(term)` ends with.
    static ExitReason custom(Object term) {
        return new ExitReason.Custom(term);
    }

    /// Ends when told to go, in the way that `body` ends.
    static Pid ready(Body body) {
        return spawn(() -> {
            receive(Go.class);
            body.run();
        });
    }

    /// Gives the others a moment, in time of either kind.
    static void pause() {
        if (!isSimulated()) {
            sleep(ofMillis(1));
        }
        for (int i = 0; i < 20; i++) {
            isAlive(self());
        }
    }

    /// Whether the two ends of a possible link agree, once all that was sent to either has been received.
    static boolean agree(Pid one, Pid other) {
        for (Pid settled : List.of(one, other, one, other)) {
            isAlive(settled);
        }
        return linked(one, other) == linked(other, one);
    }

    /// Whether `one` holds itself linked to `other`.
    static boolean linked(Pid one, Pid other) {
        return info(one).map(ProcessInfo::links).orElse(List.of()).contains(other);
    }
}
