import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.otp.*;

interface Start extends Immutable {
    Task<?> start();
}

void owned(String name, Start start) {
    Pid boss = self();
    for (var reason : List.of(ExitReason.NORMAL, ExitReason.of("broken"), ExitReason.SHUTDOWN)) {
        Pid owner =
                spawn(() -> {
                    send(boss, start.start().pid());
                    receive(String.class, "go"::equals);
                    exit(reason);
                });
        Pid task = (Pid) next();
        Ref reference = monitor(task);
        send(owner, "go");
        gone(owner);
        var mail = mail();
        out(name, reason, mail.isEmpty() ? isAlive(task) : ((Down) mail.getFirst()).reason());
        exit(task, KILL);
        demonitorFlush(reference);
        gone(task);
    }
}

void main() {
    var supervisor = TaskSupervisor.startLink();
    owned("linked", () -> Task.async(() -> sleepForever()));
    owned("supervised", () -> supervisor.async(() -> sleepForever()));
    owned("nolink", () -> supervisor.asyncNolink(() -> sleepForever()));
}
