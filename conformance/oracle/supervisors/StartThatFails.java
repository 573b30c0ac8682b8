import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Begun(String name) {}

record Stopped(String name, Object reason) {}

record Listed(Object id, boolean runs) {}

record Worker(Pid boss, String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        send(boss, new Begun(name));
        return switch (name) {
            case "bad" -> stop("broken");
            case "ignoring" -> ignore();
            default -> ok("");
        };
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Stopped(name, reason));
    }

    static ChildSpec spec(String name) {
        return ChildSpec.worker(
                name, GenServer.starter(StartOptions.options(), new Worker(self(), name)));
    }
}

FailedToStartChild failed(String... names) {
    var children = Stream.of(names).map(Worker::spec).toArray(ChildSpec[]::new);
    try {
        Supervisor.startLink(Supervisor.ONE_FOR_ONE, children);
    } catch (StartException e) {
        if (e.outcome() instanceof Start.Failed(ExitReason.ShutdownWith(FailedToStartChild why))) {
            return why;
        }
    }
    return null;
}

Object ids(Pid supervisor) {
    return Supervisor.whichChildren(supervisor).stream().map(ChildInfo::id).toList();
}

void main() {
    trapExits(true);
    out(failed("a", "b", "bad", "c"));
    for (Object message : mail()) {
        if (!(message instanceof Exit)) out(message);
    }
    out(failed("bad"));

    Pid supervisor =
            Supervisor.startLink(Supervisor.ONE_FOR_ONE, Worker.spec("a"), Worker.spec("ignoring"));
    out(
            Supervisor.whichChildren(supervisor).stream()
                    .map(each -> new Listed(each.id(), each.pid().isPresent()))
                    .toList());
    if (Supervisor.startChild(supervisor, Worker.spec("bad"))
            instanceof ChildResult.Failed(var reason)) {
        out(reason, Supervisor.whichChildren(supervisor).size());
    }
    var ignoring = Worker.spec("ignoring");
    var ignored = new ChildResult.Ignored();
    out(Supervisor.startChild(supervisor, ignoring.id("more")).equals(ignored));
    var once = ignoring.id("once").restart(ChildSpec.Restart.TEMPORARY);
    out(Supervisor.startChild(supervisor, once).equals(ignored));
    out(ids(supervisor));
    var odd =
            ChildSpec.worker(
                    "odd",
                    () -> {
                        throw exit("gone");
                    });
    if (Supervisor.startChild(supervisor, odd) instanceof ChildResult.Failed(var reason)) {
        out(reason, isAlive(supervisor));
    }
}
