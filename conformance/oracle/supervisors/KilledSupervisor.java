import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Stopped(String name, ExitReason reason) {}

record Worker(Pid boss, String name, boolean traps) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(traps);
        return ok("");
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Stopped(name, reason));
    }

    static ChildSpec spec(String name, boolean traps) {
        return ChildSpec.worker(
                name, GenServer.starter(StartOptions.options(), new Worker(self(), name, traps)));
    }
}

Pid child(Pid supervisor, String name) {
    return Supervisor.whichChild(supervisor, name).flatMap(ChildInfo::pid).orElseThrow();
}

void main() {
    trapExits(true);
    ChildSpec below = Worker.spec("below", true);
    ChildSpec inner =
            ChildSpec.supervisor(
                    "inner",
                    () -> Start.started(Supervisor.startLink(Supervisor.ONE_FOR_ONE, below)));
    Pid supervisor =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE,
                    Worker.spec("plain", false),
                    Worker.spec("trapping", true),
                    inner);
    var ends = new LinkedHashMap<String, Ref>();
    for (String name : List.of("plain", "trapping", "inner")) {
        ends.put(name, monitor(child(supervisor, name)));
    }
    ends.put("below", monitor(child(child(supervisor, "inner"), "below")));
    exit(supervisor, KILL);
    ends.forEach((name, reference) -> out(name, down(reference)));
    for (String name : List.of("trapping", "below")) {
        out(name, receive(Stopped.class, stopped -> stopped.name().equals(name)).reason());
    }
    out(mail().equals(List.of(new Exit(supervisor, ExitReason.KILLED))));
}
