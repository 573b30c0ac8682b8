import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Starting(Pid supervisor) {}

record Started() {}

record Children(int count) {}

void main() {
    trapExits(true);
    Pid boss = self();
    Pid supervisor = Supervisor.startLink(Supervisor.ONE_FOR_ONE);
    ChildSpec slow =
            ChildSpec.worker(
                    "slow",
                    () -> {
                        send(boss, new Starting(self()));
                        receive(String.class, "go"::equals);
                        return Start.started(spawnLink(() -> sleepForever()));
                    });
    spawn(() -> {
        if (Supervisor.startChild(supervisor, slow) instanceof ChildResult.Started) {
            send(boss, new Started());
        }
    });
    receive(Starting.class);
    Pid asking = spawn(() -> send(boss, new Children(Supervisor.whichChildren(supervisor).size())));
    out(mail());
    out(eventually(() -> info(supervisor).orElseThrow().messageQueueLength() == 1));
    exit(supervisor, SHUTDOWN);
    out(mail(), isAlive(supervisor));
    send(supervisor, "go");
    gone(asking);
    var reason = ended(supervisor);
    out(reason.equals(SHUTDOWN) || reason.equals(ExitReason.NOPROC));
    receive(Started.class);
    out("started");
    out(receive(Children.class).count());
    out(mail());
}
