import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Worker(String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        return ok("");
    }

    static ChildSpec spec(String name) {
        var spec =
                ChildSpec.worker(name, GenServer.starter(StartOptions.options(), new Worker(name)))
                        .restart(ChildSpec.Restart.TRANSIENT);
        return name.equals("plain") ? spec : spec.asSignificant();
    }
}

Pid child(Pid supervisor, String name) {
    return Supervisor.whichChild(supervisor, name).flatMap(ChildInfo::pid).orElse(null);
}

List<ExitReason> ends(Pid supervisor) {
    return mail().stream()
            .map(each -> (Exit) each)
            .filter(exit -> exit.from().equals(supervisor))
            .map(Exit::reason)
            .toList();
}

boolean refused(Callable<ChildSpec> spec, Supervisor.AutoShutdown shutdown) {
    return attempt(() ->
            Supervisor.startLink(Supervisor.ONE_FOR_ONE.autoShutdown(shutdown), spec.call()))
            instanceof Caught;
}

void main() {
    trapExits(true);
    for (var shutdown :
            List.of(
                    Supervisor.AutoShutdown.ANY_SIGNIFICANT,
                    Supervisor.AutoShutdown.ALL_SIGNIFICANT)) {
        Pid supervisor =
                Supervisor.startLink(
                        Supervisor.ONE_FOR_ONE.autoShutdown(shutdown),
                        Worker.spec("a"),
                        Worker.spec("b"),
                        Worker.spec("c"),
                        Worker.spec("plain"));
        GenServer.stop(child(supervisor, "plain"));
        Supervisor.terminateChild(supervisor, "a");
        Pid b = child(supervisor, "b");
        exit(b, KILL);
        out(
                eventually(() -> {
                    Pid again = child(supervisor, "b");
                    return again != null && !again.equals(b);
                }));
        out(Supervisor.countChildren(supervisor).active(), mail());
        GenServer.stop(child(supervisor, "b"), SHUTDOWN, ofSeconds(5));
        out(shutdown, ends(supervisor));
        if (isAlive(supervisor)) {
            GenServer.stop(child(supervisor, "c"));
            out(ends(supervisor));
        }
    }

    out(refused(() -> Worker.spec("a"), Supervisor.AutoShutdown.NEVER));
    out(
            refused(
                    () -> Worker.spec("a").restart(ChildSpec.Restart.PERMANENT),
                    Supervisor.AutoShutdown.ANY_SIGNIFICANT));
}
