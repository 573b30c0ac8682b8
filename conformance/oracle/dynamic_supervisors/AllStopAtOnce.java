import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Told(String name, ExitReason reason, Pid pid) {}

record Worker(Pid boss, String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        return ok("");
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Told(name, reason, self()));
        receive(String.class, "go"::equals);
    }
}

Ref start(Pid supervisor, String name, ChildSpec.Shutdown shutdown) {
    var starter = GenServer.starter(StartOptions.options(), new Worker(self(), name));
    var spec = ChildSpec.worker(name, starter).shutdown(shutdown);
    return monitor(DynamicSupervisor.startChild(supervisor, spec).orThrow());
}

void main() {
    Pid supervisor = DynamicSupervisor.startLink(DynamicSupervisor.flags());
    var ends = new HashMap<String, Ref>();
    ends.put("a", start(supervisor, "a", new ChildSpec.Shutdown.Within(ofMillis(5000))));
    ends.put("late", start(supervisor, "late", new ChildSpec.Shutdown.Within(ofMillis(20))));
    ends.put("b", start(supervisor, "b", new ChildSpec.Shutdown.Unlimited()));
    ends.put("killed", start(supervisor, "killed", new ChildSpec.Shutdown.BrutalKill()));
    ends.put("c", start(supervisor, "c", new ChildSpec.Shutdown.Within(ofMillis(5000))));
    Pid stopping = spawn(() -> DynamicSupervisor.stop(supervisor));
    out(down(ends.get("late")), down(ends.get("killed")));
    var told = new ArrayList<Pid>();
    for (String name : List.of("a", "b", "c")) {
        Told each = receive(Told.class, one -> one.name().equals(name));
        out(name, each.reason());
        told.add(each.pid());
    }
    out(isAlive(supervisor), isAlive(stopping));
    told.forEach(pid -> send(pid, "go"));
    for (String name : List.of("a", "b", "c")) out(name, down(ends.get(name)));
    gone(stopping);
    out(isAlive(supervisor));
}
