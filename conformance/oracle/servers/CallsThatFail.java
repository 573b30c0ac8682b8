import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface Query extends Call<String> {}

record Stop(Object reason) implements Query {}

record Raise() implements Query {}

record Exit() implements Query {}

record Kill() implements Query {}

record Ending() implements GenServer<String, Query, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Query query, From<?> from, String state) {
        return switch (query) {
            case Stop(var reason) -> stop(reason, state);
            case Raise _ -> throw new RuntimeException("boom");
            case Exit _ -> throw Bureau.exit("gone");
            case Kill _ -> {
                Bureau.exit(self(), KILL);
                yield noReply(state);
            }
        };
    }
}

void tried(Query query) {
    Pid pid = GenServer.start(new Ending());
    out(attempt(() -> call(pid, query, ofSeconds(2))));
}

void main() {
    tried(new Stop(NORMAL));
    tried(new Stop("gone"));
    tried(new Stop(SHUTDOWN));
    tried(new Stop(new ExitReason.ShutdownWith("enough")));
    tried(new Raise());
    tried(new Exit());
    tried(new Kill());
    Pid pid = dead();
    out(attempt(() -> call(pid, new Raise())));
    out(attempt(() -> call("g_nobody", new Raise())) instanceof Caught);
    out(attempt(() -> call(self(), new Raise())));
}
