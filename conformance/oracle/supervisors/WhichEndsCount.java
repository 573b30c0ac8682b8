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

Pid begun() {
    return ((Begun) next()).pid();
}

void main() {
    Pid supervisor =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE.intensity(100, ofSeconds(5)),
                    Worker.spec("always").restart(ChildSpec.Restart.PERMANENT),
                    Worker.spec("failed").restart(ChildSpec.Restart.TRANSIENT),
                    Worker.spec("never").restart(ChildSpec.Restart.TEMPORARY));
    Pid always = begun();
    Pid failed = begun();
    Pid never = begun();
    GenServer.stop(always);
    out(((Begun) next()).name());
    GenServer.stop(failed);
    out(mail());
    out(Supervisor.restartChild(supervisor, "failed") instanceof ChildResult.Started);
    exit(begun(), KILL);
    out(((Begun) next()).name());
    exit(never, KILL);
    out(mail());
    out(Supervisor.whichChildren(supervisor).stream().map(ChildInfo::id).toList());
}
