import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Terminate(String id, ExitReason reason) {}

record Stop(boolean strayIsAlive) {}

record Stray(Pid pid) {}

record Top(Pid pid) {}

record Child(Pid boss, String id) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        trapExits(true);
        return ok(id);
    }

    public void terminate(ExitReason reason, String state) {
        send(boss, new Terminate(id, reason));
    }

    ChildSpec spec() {
        return ChildSpec.worker(id, GenServer.starter(StartOptions.options(), this));
    }
}

record Ending(String name, Pid boss, List<Application> applications) implements Application {
    private static final ProcessLocal<Pid> STRAY = ProcessLocal.named("stray");

    public Pid start() {
        Pid stray = spawn(() -> sleepForever());
        STRAY.put(stray);
        send(boss, new Stray(stray));
        Pid top =
                Supervisor.startLink(
                        ONE_FOR_ONE, new Child(boss, "a").spec(), new Child(boss, "b").spec());
        send(boss, new Top(top));
        return top;
    }

    public void prepStop() {
        send(boss, "prep_stop");
    }

    public void stop() {
        send(boss, new Stop(isAlive(STRAY.get().orElseThrow())));
    }
}

String done(Runnable body) {
    try {
        body.run();
        return "ok";
    } catch (ApplicationException failed) {
        return switch (failed.error()) {
            case ApplicationError.NotRunning(var name, _) -> "not_running " + name;
            case ApplicationError.NotStarted(var name, _) -> "not_started " + name;
            default -> failed.getMessage();
        };
    }
}

void main() {
    Application shop = new Ending("e_shop", self(), List.of());
    out(done(() -> Application.start(shop)));
    Pid stray = receive(Stray.class).pid();
    receive(Top.class);
    out(done(() -> Application.stop("e_shop")), isAlive(stray), mail());

    out(done(() -> Application.start(shop)));
    Pid second = receive(Stray.class).pid();
    exit(receive(Top.class).pid(), KILL);
    ended(second);
    out(eventually(() -> Application.startedApplications().isEmpty()));
    out(
            mail().stream()
                    .filter(each -> each.equals("prep_stop") || each.equals(new Stop(true)))
                    .toList());

    // started, though it does not run
    Application front = new Ending("e_front", self(), List.of(shop));
    out(done(() -> Application.start(front)));
    out(done(() -> Application.stop("e_shop")));
    out(done(() -> Application.start(front)));
    out(done(() -> Application.stop("e_shop")));
}
