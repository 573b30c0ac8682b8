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
    trapExits(true);
    Pid supervisor =
            Supervisor.startLink(
                    Supervisor.ONE_FOR_ONE.intensity(1, ofSeconds(60)),
                    Worker.spec("a"),
                    Worker.spec("b"));
    Ref end = monitor(supervisor);
    Pid a = ((Begun) next()).pid();
    Pid b = ((Begun) next()).pid();
    exit(a, KILL);
    Pid again = ((Begun) next()).pid();
    Ref last = monitor(again);
    exit(b, KILL);
    out(down(end));
    out(down(last));
    out(mail());
}
