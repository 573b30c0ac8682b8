import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Begun(Pid pid) {}

record Callers(List<Pid> callers) {}

record Inner(List<Pid> mine, List<Pid> ofInner, Pid pid) {}

static void fail() {
    receive(String.class, "go"::equals);
    exit("broken");
}

void main() {
    var supervisor = TaskSupervisor.startLink(DynamicSupervisor.flags().maxChildren(2));
    Pid boss = self();
    Pid once = supervisor.startChild(() -> fail()).orThrow();
    Pid again =
            supervisor
                    .startChild(
                            () -> {
                                send(boss, new Begun(self()));
                                fail();
                            },
                            ChildSpec.Restart.TRANSIENT)
                    .orThrow();
    next();
    out(supervisor.startChild(() -> fail()) instanceof Start.Failed);
    out(attempt(() -> supervisor.async(() -> fail())) instanceof Caught ? "caught" : "started");
    out(supervisor.children().size());
    send(once, "go");
    gone(once);
    send(again, "go");
    Pid anew = ((Begun) next()).pid();
    out(!anew.equals(again), mail(), supervisor.children().equals(List.of(anew)));
    out(supervisor.terminateChild(anew) ? "ok" : "not_found", mail(), supervisor.children());
    out(supervisor.terminateChild(anew) ? "ok" : "not_found");

    Task<Inner> inner =
            supervisor.async(() ->
                    new Inner(Task.callers(), Task.async(() -> Task.callers()).await(), self()));
    var result = inner.await();
    out(result.mine(), result.ofInner().equals(List.of(result.pid(), boss)), Task.callers());
    supervisor.startChild(() -> send(boss, new Callers(Task.callers())));
    out(next());
    spawn(() -> send(boss, new Callers(Task.callers())));
    out(next());
}
