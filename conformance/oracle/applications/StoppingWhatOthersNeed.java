import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Start(String name) {}

record Stop(String name) {}

record Plain(String name, Pid boss, List<Application> applications) implements Application {
    public Pid start() {
        send(boss, new Start(name));
        return Supervisor.startLink(ONE_FOR_ONE);
    }

    public void stop() {
        send(boss, new Stop(name));
    }
}

List<String> running() {
    return Application.startedApplications().stream().map(ApplicationInfo::name).toList();
}

String stopped(String name) {
    Application.stop(name);
    return "ok";
}

void main() {
    Application database = new Plain("x_database", self(), List.of());
    Application shop = new Plain("x_shop", self(), List.of(database));
    out(Application.ensureAllStarted(shop), running());
    out(stopped("x_database"), running());
    out(mail());
    Application.start(database);
    out("ok", running());
    out(stopped("x_shop"), stopped("x_database"), running());
    out(mail());
}
