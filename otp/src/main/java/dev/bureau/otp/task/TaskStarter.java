package dev.bureau.otp.task;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.Start;

/// Where the processes of tasks come from: the caller itself, or a supervisor.
///
/// Sent to the process that starts the tasks of a stream, so an implementation holds nothing mutable.
public interface TaskStarter {
    /// Starts them in the calling process, linked to it.
    TaskStarter LINKED = new Linked();

    /// Starts a process which waits for an assignment of `owner`, the calling process. If it [#links()], it is linked
    /// to the calling process on return; if it does not, at most to a supervisor.
    Start start(Pid owner);

    /// Whether the tasks are linked to who has them started.
    boolean links();

    /// The process that was started.
    ///
    /// @throws IllegalStateException if the supervisor has as many children as it may
    /// @throws dev.bureau.otp.StartException if it could not be started for another reason
    static Pid started(Start outcome) {
        if (outcome instanceof Start.Failed(ExitReason.Custom(DynamicSupervisor.MaxChildren max))) {
            throw new IllegalStateException(
                    "expected room for one more task, but "
                            + max
                            + "; raise its maxChildren, or start fewer at the same time (maxConcurrency of a stream)");
        }
        return outcome.orThrow();
    }

    /// See [#LINKED].
    record Linked() implements TaskStarter {
        @Override
        public Start start(Pid owner) {
            return Start.started(TaskProcess.spawnLink(owner, false));
        }

        @Override
        public boolean links() {
            return true;
        }
    }
}
