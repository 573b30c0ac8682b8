import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Listed(Object id, boolean runs) {}

static Start start() {
    Pid supervisor = self();
    return Start.started(
            spawnLink(() -> {
                receive(String.class, "leave"::equals);
                unlink(supervisor);
                exit("broken");
            }));
}

void main() {
    Pid supervisor =
            Supervisor.startLink(Supervisor.ONE_FOR_ONE, ChildSpec.worker("a", () -> start()));
    Pid child = Supervisor.whichChild(supervisor, "a").flatMap(ChildInfo::pid).orElseThrow();
    Ref reference = monitor(child);
    send(child, "leave");
    out(down(reference));
    out(
            Supervisor.whichChildren(supervisor).stream()
                    .map(each -> new Listed(each.id(), each.pid().equals(Optional.of(child))))
                    .toList());
    ChildCount counts = Supervisor.countChildren(supervisor);
    out(counts.specs(), counts.active(), counts.workers());
    out(Supervisor.terminateChild(supervisor, "a"));
    out(
            Supervisor.whichChildren(supervisor).stream()
                    .map(each -> new Listed(each.id(), each.pid().isPresent()))
                    .toList());
    out(Supervisor.restartChild(supervisor, "a") instanceof ChildResult.Started);
    out(Supervisor.countChildren(supervisor).active());
}
