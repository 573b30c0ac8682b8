import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Answer(String what) {}

record Starting(Pid pid) {}

record Waiting(String name, Pid boss) implements Application {
    public Pid start() {
        if (name.equals("w_slow")) {
            send(boss, new Starting(self()));
            receive(String.class, "go"::equals);
        }
        return Supervisor.startLink(ONE_FOR_ONE);
    }
}

boolean runs(String name) {
    return Application.startedApplications().stream().anyMatch(each -> each.name().equals(name));
}

void main() {
    Pid boss = self();
    Application slow = new Waiting("w_slow", boss);
    spawn(() -> {
        Application.start(slow);
        send(boss, new Answer("ok"));
    });
    Pid starting = receive(Starting.class).pid();
    Application.start(new Waiting("w_quick", boss));
    out("ok", runs("w_quick"), runs("w_slow"));
    try {
        Application.stop("w_slow");
    } catch (ApplicationException failed) {
        if (failed.error() instanceof ApplicationError.NotStarted(var name, _)) {
            out("not_started", name);
        }
    }
    out(mail());
    send(starting, "go");
    out(next(), runs("w_slow"));
}
