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
    for (var flags :
            List.of(Supervisor.ONE_FOR_ONE, Supervisor.REST_FOR_ONE, Supervisor.ONE_FOR_ALL)) {
        Pid supervisor =
                Supervisor.startLink(flags, Worker.spec("a"), Worker.spec("b"), Worker.spec("c"));
        var begun = List.of(next(), next(), next());
        exit(((Begun) begun.get(1)).pid(), KILL);
        out(mail().stream().map(each -> ((Begun) each).name()).toList());
        out(Supervisor.whichChildren(supervisor).stream().map(ChildInfo::id).toList());
        unlink(supervisor);
        Supervisor.stop(supervisor);
    }
}
