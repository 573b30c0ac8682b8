package dev.bureau.otp.task;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.Start;
import java.util.List;

/// Has tasks started by a supervisor, as `Task.Supervisor` does.
///
/// @param supervisor a [DynamicSupervisor]
/// @param shutdown how the supervisor is to stop the tasks
/// @param links whether they are linked to who has them started as well
public record Supervised(Destination supervisor, ChildSpec.Shutdown shutdown, boolean links)
        implements TaskStarter {
    private static final String ID = "task";

    @Override
    public Start start(Pid owner) {
        Start outcome = DynamicSupervisor.startChild(supervisor, waiting(owner, shutdown));
        if (links && outcome instanceof Start.Started(var pid, _)) {
            Bureau.link(pid);
        }
        return outcome;
    }

    /// Starts a task that nobody waits for (OTP T-12). One that may be restarted is known to the supervisor with its work;
    /// any other gets it from the caller, so that it is not copied twice.
    public static Start startChild(
            Destination supervisor,
            Body work,
            ChildSpec.Restart restart,
            ChildSpec.Shutdown shutdown) {
        List<Pid> callers = Callers.ofTask();
        if (restart != ChildSpec.Restart.TEMPORARY) {
            ChildSpec spec =
                    ChildSpec.worker(ID, () -> Start.started(Unawaited.spawnLink(callers, work)));
            return DynamicSupervisor.startChild(
                    supervisor, spec.restart(restart).shutdown(shutdown));
        }
        Start outcome = DynamicSupervisor.startChild(supervisor, waiting(Bureau.self(), shutdown));
        if (outcome instanceof Start.Started(var pid, _)) {
            try {
                Assignment.give(pid, callers, work, null);
            } catch (RuntimeException refused) {
                Dismissal.dismiss(pid, Bureau.KILL);
                throw refused;
            }
        }
        return outcome;
    }

    private static ChildSpec waiting(Pid owner, ChildSpec.Shutdown shutdown) {
        return ChildSpec.worker(ID, () -> Start.started(TaskProcess.spawnLink(owner, true)))
                .restart(ChildSpec.Restart.TEMPORARY)
                .shutdown(shutdown);
    }
}
