import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

String nap() {
    sleepForever();
    return "";
}

String deaf(Pid boss) {
    trapExits(true);
    send(boss, "deaf");
    return nap();
}

Task<String> broken() {
    Task<String> task =
            Task.async(() -> {
                throw exit("broken");
            });
    gone(task.pid());
    return task;
}

Task<String> done() {
    Task<String> task = Task.async(() -> "done");
    gone(task.pid());
    return task;
}

Task<String> listening(Callable<String> work) {
    Task<String> task = Task.async(work);
    receive(String.class, "deaf"::equals);
    return task;
}

void main() {
    trapExits(true);
    Pid boss = self();
    var brutally = new ChildSpec.Shutdown.BrutalKill();
    out(done().shutdown());
    out(Task.async(() -> nap()).shutdown());
    out(Task.async(() -> nap()).shutdown(brutally));

    out(broken().shutdown());
    out(broken().shutdown(brutally));

    out(listening(() -> deaf(boss)).shutdown(ofMillis(20)));
    out(listening(() -> deaf(boss)).shutdown(brutally));
    out(
            listening(
                            () -> {
                                trapExits(true);
                                send(boss, "deaf");
                                receive(Exit.class);
                                return "heard";
                            })
                    .shutdown());

    Task<String> ignored =
            Task.async(() -> {
                receive(String.class, "go"::equals);
                throw exit("unheard");
            });
    out(ignored.ignore());
    send(ignored.pid(), "go");
    var end = ended(ignored.pid());
    out(end.equals(ExitReason.of("unheard")) || end.equals(ExitReason.NOPROC));

    out(done().ignore());
    // of those that had ended before
    out(mail().stream().map(each -> ((Exit) each).reason()).toList());
}
