import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Answer(String what) {}

record Starting(Pid pid) {}

record Twice(String name, Pid boss) implements Application {
    public Pid start() {
        send(boss, "start");
        switch (name) {
            case "t_slow" -> {
                send(boss, new Starting(self()));
                receive(String.class, "go"::equals);
            }
            case "t_error" -> exit("why");
            case "t_ignore" -> {
                Supervisor none = () -> new Supervisor.Plan.Ignore();
                return Supervisor.startLink(none);
            }
            case "t_dead" -> {
                return dead();
            }
            default -> {}
        }
        return Supervisor.startLink(ONE_FOR_ONE);
    }
}

ApplicationError errorOf(Application one) {
    try {
        Application.start(one);
        return null;
    } catch (ApplicationException failed) {
        return failed.error();
    }
}

String started(Application one) {
    return errorOf(one) == null ? "ok" : "error";
}

void main() {
    Pid boss = self();
    Application shop = new Twice("t_shop", boss);
    out(started(shop));
    if (errorOf(shop) instanceof ApplicationError.AlreadyStarted(var name)) {
        Application.ensureStarted(shop);
        out(name, "ok", mail());
    }

    Application slow = new Twice("t_slow", boss);
    Body ask =
            () -> {
                Application.start(slow);
                send(boss, new Answer("ok"));
            };
    spawn(ask);
    out(next());
    Pid starting = receive(Starting.class).pid();
    Pid other = spawn(ask);
    out(eventually(() -> info(other).orElseThrow().status() == ProcessInfo.Status.WAITING));
    send(starting, "go");
    out(mail());

    if (errorOf(new Twice("t_error", boss))
            instanceof ApplicationError.StartFailed(_, var reason)) {
        out(reason, mail());
    }
    if (errorOf(new Twice("t_ignore", boss)) instanceof ApplicationError.BadReturn(_, var value)) {
        out(value instanceof Start.Ignored ? "ignore" : value, mail());
    }
    out(started(new Twice("t_dead", boss)));
    out(
            eventually(() ->
                    Application.startedApplications().stream()
                            .noneMatch(each -> each.name().equals("t_dead"))));
}
