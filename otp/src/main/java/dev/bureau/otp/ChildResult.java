package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What came of asking a supervisor to do something about a child.
///
/// ```java
/// switch (Supervisor.restartChild(supervisor, "stack")) {
///     case Started(var pid, _) -> use(pid);
///     case Ignored _ -> doWithout();
///     case Running _, Restarting _ -> {}
///     case NotFound _ -> complain();
///     case AlreadyStarted(var other) -> use(other);
///     case Failed(var reason) -> throw exit(reason);
/// }
/// ```
///
/// Each question has a type of its own, which names the answers that it may have.
public sealed interface ChildResult {
    /// What comes of starting a child in either way.
    sealed interface OfStarting extends ChildResult {
        /// The process that was started.
        ///
        /// @throws StartException if none was
        default Pid orThrow() {
            if (this instanceof Started(var pid, _)) return pid;
            throw new StartException(
                    switch (this) {
                        case Ignored _ -> Start.ignored();
                        case AlreadyStarted(var pid) -> new Start.AlreadyStarted(pid);
                        case Failed(var reason) -> Start.failed(reason);
                        default -> Start.failed(this);
                    });
        }
    }

    /// What comes of [Supervisor#startChild].
    sealed interface OfStart extends OfStarting {}

    /// What comes of [Supervisor#restartChild].
    sealed interface OfRestart extends OfStarting {}

    /// What comes of [Supervisor#deleteChild].
    sealed interface OfDelete extends ChildResult {}

    /// It runs.
    ///
    /// @param info what its start function wants to be known, if anything
    record Started(Pid pid, @Nullable Object info) implements OfStart, OfRestart {
        public Started {
            Objects.requireNonNull(pid, "pid");
        }
    }

    /// It found that it is not needed. The supervisor keeps its spec, unless it is temporary.
    record Ignored() implements OfStart, OfRestart {}

    /// There is a child with that id, and it runs; or its name is taken by this process.
    record AlreadyStarted(Pid pid) implements OfStart, OfRestart {}

    /// There is a child with that id, and it does not run: [Supervisor#restartChild] starts it.
    record AlreadyPresent() implements OfStart {}

    /// It did not start. The supervisor knows no more of it than before.
    record Failed(ExitReason reason) implements OfStart, OfRestart {}

    /// There is no child with that id.
    record NotFound() implements OfRestart, OfDelete {}

    /// It runs: [Supervisor#terminateChild] stops it.
    record Running() implements OfRestart, OfDelete {}

    /// It is about to be started again: [Supervisor#terminateChild] ends that.
    record Restarting() implements OfRestart, OfDelete {}

    /// The supervisor has forgotten it.
    record Deleted() implements OfDelete {}
}
