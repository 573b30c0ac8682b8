import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Stopped(String name, Object reason) {}

record Worker(Pid boss, String name) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        return ok("");
    }

    public void terminate(ExitReason reason, String state) {
        if (name.equals("slow")) sleepForever();
        send(boss, new Stopped(name, reason));
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
                    Supervisor.ONE_FOR_ONE,
                    Worker.spec("first"),
                    Worker.spec("killed").shutdown(new ChildSpec.Shutdown.BrutalKill()),
                    Worker.spec("slow").shutdown(ofMillis(20)),
                    Worker.spec("last"));
    var ends = new ArrayList<Ref>();
    for (var child : Supervisor.whichChildren(supervisor)) {
        ends.add(monitor((Pid) child.pid().orElseThrow()));
    }
    unlink(supervisor);
    Supervisor.stop(supervisor);
    for (var end : ends) out(down(end));
    mail().forEach(each -> out(each));
}
