import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Started(String name, Pid pid) {}

record Begun(String name) {}

record Stopped(String name, Object reason) {}

record Listed(Object id, boolean runs) {}

record Worker(Pid boss, String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        send(boss, new Started(name, self()));
        return ok("");
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Stopped(name, reason));
    }

    static ChildSpec spec(String name) {
        return ChildSpec.worker(
                name, GenServer.starter(StartOptions.options(), new Worker(self(), name)));
    }

    static ChildSpec once() {
        return spec("once").restart(ChildSpec.Restart.TEMPORARY);
    }
}

List<Object> told() {
    var told = new ArrayList<Object>();
    for (Object each : mail()) {
        told.add(each instanceof Started(var name, _) ? new Begun(name) : each);
    }
    return told;
}

List<Listed> listed(Pid supervisor) {
    return Supervisor.whichChildren(supervisor).stream()
            .map(each -> new Listed(each.id(), each.pid().isPresent()))
            .toList();
}

void main() {
    trapExits(true);
    for (var flags : List.of(Supervisor.ONE_FOR_ALL, Supervisor.REST_FOR_ONE)) {
        Pid supervisor =
                Supervisor.startLink(
                        flags.intensity(1, ofSeconds(60)),
                        Worker.spec("a"),
                        Worker.spec("b"),
                        Worker.spec("c").restart(ChildSpec.Restart.TRANSIENT),
                        Worker.once(),
                        Worker.spec("d"));
        var pids = new HashMap<String, Pid>();
        for (Object each : mail()) pids.put(((Started) each).name(), ((Started) each).pid());
        Supervisor.terminateChild(supervisor, "d");
        GenServer.stop(pids.get("c"));
        out(told(), listed(supervisor));
        exit(pids.get("b"), KILL);
        out(told(), listed(supervisor));
        unlink(supervisor);
        Supervisor.stop(supervisor);
        mail();
    }

    Pid supervisor =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ALL.intensity(0, ofSeconds(5)),
                    Worker.once(),
                    Worker.spec("a"));
    GenServer.stop(((Started) mail().getFirst()).pid());
    out(told(), Supervisor.whichChildren(supervisor).stream().map(ChildInfo::id).toList());
}
