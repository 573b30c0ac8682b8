import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface What {
    record Ignore() implements What {}

    record Stop(Object reason) implements What {}

    record Exit() implements What {}

    record Raise() implements What {}
}

record Odd(Pid boss, What what) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        send(boss, new Told(self()));
        return switch (what) {
            case What.Ignore _ -> ignore();
            case What.Stop(var reason) -> stop(reason);
            case What.Exit _ -> throw Bureau.exit("gone");
            case What.Raise _ -> throw new RuntimeException("boom");
        };
    }

    public void terminate(ExitReason reason, String state) {
        throw new RuntimeException("not called");
    }
}

record Error(ExitReason reason) {}

void main() {
    var all = new LinkedHashMap<String, What>();
    all.put("ignore", new What.Ignore());
    all.put("stop", new What.Stop("gone"));
    all.put("exit", new What.Exit());
    all.put("raise", new What.Raise());
    all.put("shutdown", new What.Stop(SHUTDOWN));
    all.put("normal", new What.Stop(NORMAL));
    all.forEach((name, what) -> {
        Object result;
        try {
            result = GenServer.start(StartOptions.named("g_odd"), new Odd(self(), what));
        } catch (StartException failed) {
            result =
                    switch (failed.outcome()) {
                        case Start.Ignored _ -> "ignore";
                        case Start.Failed(var reason) -> new Error(reason);
                        default -> failed;
                    };
        }
        Pid pid = (Pid) ((Told) next()).what();
        out(name, result, whereis("g_odd"));
        gone(pid);
    });
}
