import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Needed(String name, boolean good, List<Application> applications) implements Application {
    public Pid start() {
        if (!good) throw exit("no");
        return Supervisor.startLink(ONE_FOR_ONE);
    }
}

ApplicationError errorOf(Runnable body) {
    try {
        body.run();
        return null;
    } catch (ApplicationException failed) {
        return failed.error();
    }
}

String notStarted(Application one) {
    return errorOf(() -> Application.start(one)) instanceof ApplicationError.NotStarted(var name, _)
            ? name
            : "another";
}

List<String> running() {
    return Application.startedApplications().stream().map(ApplicationInfo::name).toList();
}

void main() {
    Application log = new Needed("n_log", true, List.of());
    Application database = new Needed("n_database", true, List.of(log));
    Application shop = new Needed("n_shop", true, List.of(database, log));
    Application bad = new Needed("n_bad", false, List.of());
    Application front = new Needed("n_front", true, List.of(shop, bad));

    out(notStarted(shop));
    out(Application.ensureAllStarted(shop), running());
    out(Application.ensureAllStarted(shop));
    Application.stop("n_log");
    out(running());
    out(notStarted(front));
    Application.stop("n_database");
    Application.stop("n_shop");
    var error = errorOf(() -> Application.ensureAllStarted(front));
    if (error instanceof ApplicationError.StartFailed(var name, var reason)) {
        out(name, reason, running());
    }
}
