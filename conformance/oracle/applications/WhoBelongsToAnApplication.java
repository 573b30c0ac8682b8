import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Told(String tag, String application) {}

record Starts(String application, int port) {}

record Shop(String name, Pid boss) implements Application {
    public Map<String, Object> env() {
        return Map.of("port", 4);
    }

    public Pid start() {
        send(boss, new Starts(own(), Application.getEnv("port", Integer.class)));
        spawn(() -> {
            send(boss, new Told("stray", own()));
            spawn(() -> send(boss, new Told("child_of_stray", own())));
        });
        return Supervisor.startLink(
                ONE_FOR_ONE,
                ChildSpec.worker(
                        "child",
                        () ->
                                dev.bureau.otp.Start.started(
                                        spawnLink(() -> {
                                            send(boss, new Told("child", own()));
                                            sleepForever();
                                        }))));
    }

    static String own() {
        return Application.of(self()).orElse("none");
    }
}

void main() {
    Application.start(new Shop("b_shop", self()));
    var messages = mail();
    for (String tag : List.of("child", "child_of_stray", "stray")) {
        for (Object each : messages) {
            if (each instanceof Told(var which, var application) && which.equals(tag)) {
                out(tag, application);
            }
        }
    }
    for (Object each : messages) {
        if (each instanceof Starts(var application, var port)) out(application, port);
    }
    Pid top = Application.startedApplications().getFirst().top().orElseThrow();
    Pid master = info(top).orElseThrow().groupLeader();
    out(Application.of(master), info(master).orElseThrow().groupLeader().equals(master));
    out(none(Application.of(self())), none(Application.of(dead())));
    Application.stop("b_shop");
    out(isAlive(master), none(Application.of(master)));
}

String none(Optional<String> application) {
    return application.orElse("undefined");
}
