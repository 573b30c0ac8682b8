import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Phases(String name, Pid boss, List<String> startPhases) implements Application {
    public Pid start() {
        send(boss, "start");
        return Supervisor.startLink(ONE_FOR_ONE);
    }

    public void startPhase(String phase) {
        send(boss, phase);
        if (phase.equals("bad")) exit("no");
    }
}

void main() {
    Application.start(new Phases("p_good", self(), List.of("one", "two")));
    out("ok", mail());
    try {
        Application.start(new Phases("p_bad", self(), List.of("one", "bad", "two")));
    } catch (ApplicationException failed) {
        if (failed.error() instanceof ApplicationError.PhaseFailed(_, var phase, var reason)) {
            out(reason, phase, mail());
        }
    }
    out(
            Application.startedApplications().stream()
                    .filter(each -> each.name().equals("p_bad"))
                    .findAny());
}
