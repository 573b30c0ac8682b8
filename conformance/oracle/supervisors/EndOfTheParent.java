import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Stopped(ExitReason reason) {}

record Up(Pid pid) {}

record Worker(Pid boss) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        return ok("");
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Stopped(reason));
    }
}

static Pid start(Pid boss) {
    return Supervisor.startLink(
            Supervisor.ONE_FOR_ONE,
            ChildSpec.worker(
                    "worker", GenServer.starter(StartOptions.options(), new Worker(boss))));
}

void main() {
    Pid boss = self();
    var enough = new ExitReason.ShutdownWith("enough");
    for (Object reason : List.of(NORMAL, SHUTDOWN, enough, "broken")) {
        Pid parent =
                spawn(() -> {
                    send(boss, new Up(start(boss)));
                    receive(String.class, "go"::equals);
                    exit(reason);
                });
        Ref reference = monitor(receive(Up.class).pid());
        send(parent, "go");
        out(down(reference), next());
    }

    trapExits(true);
    Pid supervisor = start(boss);
    for (Object reason : List.of(NORMAL, "broken", SHUTDOWN)) {
        gone(
                spawn(() -> {
                    link(supervisor);
                    exit(reason);
                }));
        gone(spawn(() -> exit(supervisor, reason)));
    }
    out(Supervisor.countChildren(supervisor).active(), mail());
    exit(supervisor, SHUTDOWN);
    out(next(), next());
}
