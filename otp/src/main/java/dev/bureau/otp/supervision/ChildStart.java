package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs the start function of a child. Whatever that does, the supervisor lives on (OTP S-05, DS-04).
final class ChildStart {
    private ChildStart() {}

    /// What comes of it, fit to be told to others.
    static Start start(ChildSpec spec) {
        Start outcome = run(spec);
        try {
            return Objects.requireNonNull((Start) Isolation.pass(outcome));
        } catch (NotShareableException refused) {
            // Nobody could ever be told that it runs.
            if (outcome instanceof Start.Started(var pid, _)) Bureau.exit(pid, ExitReason.KILL);
            return crashed(refused);
        }
    }

    private static Start run(ChildSpec spec) {
        try {
            @Nullable Start outcome = spec.start().start();
            if (outcome != null) return outcome;
            return crashed(
                    new IllegalStateException(
                            "expected Start.started(pid), Start.ignored() or Start.failed(reason) from the start of child "
                                    + spec.id()
                                    + ", got: null"));
        } catch (StartException refused) {
            return refused.outcome();
        } catch (ExitException exit) {
            return Start.failed(exit.reason());
        } catch (Exception | Error failed) {
            return crashed(failed);
        }
    }

    private static Start crashed(Throwable failed) {
        return Start.failed(new ExitReason.Crash(CrashedWith.shareable(failed)));
    }

    /// Why there is no process; null if there is one or needs to be none.
    static @Nullable ExitReason failure(Start outcome) {
        return switch (outcome) {
            case Start.Started _, Start.Ignored _ -> null;
            case Start.AlreadyStarted taken -> ExitReason.of(taken);
            case Start.Failed(var reason) -> reason;
        };
    }
}
