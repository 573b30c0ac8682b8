import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Begun(Pid pid) {}

record Worker(Pid boss) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        send(boss, new Begun(self()));
        return ok("");
    }

    static ChildSpec spec(Pid boss) {
        var starter = GenServer.starter(StartOptions.options(), new Worker(boss));
        return ChildSpec.worker(
                "a",
                () -> whereis("s_gate").isPresent() ? Start.failed("closed") : starter.start());
    }
}

List<Object> state(Pid supervisor) {
    return Supervisor.whichChildren(supervisor).stream()
            .map(each ->
                    switch (each.status()) {
                        case ChildInfo.Status.Running _ -> (Object) true;
                        case ChildInfo.Status.Stopped _ -> "undefined";
                        case ChildInfo.Status.Restarting _ -> "restarting";
                    })
            .toList();
}

Pid closed(Pid supervisor, Pid pid) {
    Pid gate = idle();
    register("s_gate", gate);
    exit(pid, KILL);
    gone(pid);
    out(eventually(() -> state(supervisor).equals(List.of("restarting"))));
    return gate;
}

void open(Pid gate) {
    exit(gate, KILL);
    gone(gate);
}

Pid begun() {
    return ((Begun) next()).pid();
}

void main() {
    trapExits(true);
    Pid supervisor =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE.intensity(1_000_000_000, ofSeconds(5)),
                    Worker.spec(self()));
    Pid gate = closed(supervisor, begun());
    out(Supervisor.countChildren(supervisor).active());
    out(Supervisor.startChild(supervisor, Worker.spec(self())));
    out(Supervisor.restartChild(supervisor, "a"));
    out(Supervisor.deleteChild(supervisor, "a"));
    open(gate);
    Pid pid = begun();
    out(eventually(() -> state(supervisor).equals(List.of(true))));

    gate = closed(supervisor, pid);
    out(Supervisor.terminateChild(supervisor, "a") ? "ok" : "not_found", state(supervisor));
    open(gate);
    boolean deleted = Supervisor.deleteChild(supervisor, "a") instanceof ChildResult.Deleted;
    out(mail(), deleted ? "ok" : "not_found", state(supervisor));

    // each try counts
    Supervisor.startChild(supervisor, Worker.spec(self()));
    pid = begun();
    Pid impatient =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE.intensity(3, ofSeconds(60)), Worker.spec(self()));
    Pid other = begun();
    gate = idle();
    register("s_gate", gate);
    Ref reference = monitor(impatient);
    exit(other, KILL);
    out(down(reference));
    open(gate);
    out(isAlive(pid));
}
