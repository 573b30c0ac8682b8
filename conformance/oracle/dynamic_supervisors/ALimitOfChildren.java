import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Begun(String name, Pid pid) {}

record Worker(Pid boss, String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        send(boss, new Begun(name, self()));
        return ok("");
    }

    static ChildSpec spec(String name) {
        return ChildSpec.worker(
                name, GenServer.starter(StartOptions.options(), new Worker(self(), name)));
    }
}

void main() {
    Pid supervisor = DynamicSupervisor.startLink(DynamicSupervisor.flags().maxChildren(2));
    var first = DynamicSupervisor.startChild(supervisor, Worker.spec("a")).orThrow();
    out(DynamicSupervisor.startChild(supervisor, Worker.spec("a")) instanceof Start.Started);
    out(DynamicSupervisor.startChild(supervisor, Worker.spec("a")) instanceof Start.Started);
    out(DynamicSupervisor.terminateChild(supervisor, first));
    out(DynamicSupervisor.terminateChild(supervisor, first));
    out(DynamicSupervisor.startChild(supervisor, Worker.spec("a")) instanceof Start.Started);
    out(DynamicSupervisor.countChildren(supervisor).active());
}
