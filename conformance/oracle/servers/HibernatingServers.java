import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

static final ProcessLocal<String> KEPT = ProcessLocal.named("kept");

record State() implements Call<List<String>> {}

record Sleep() implements Call<String>, Cast {}

record Sleepy(boolean atOnce) implements GenServer<List<String>, Call<?>, Cast> {
    public Init<List<String>> init() {
        KEPT.put("here");
        return atOnce ? ok(List.of("init"), hibernate()) : ok(List.of("init"));
    }

    static List<String> with(String more, List<String> state) {
        return Stream.concat(Stream.of(more), state.stream()).toList();
    }

    public Next<List<String>> handleCall(Call<?> request, From<?> from, List<String> state) {
        return switch (request) {
            case State ask -> reply(ask, with(KEPT.get().orElse("lost"), state), state);
            case Sleep sleep -> reply(sleep, "ok", with("call", state), hibernate());
            default -> throw new IllegalArgumentException();
        };
    }

    public Next<List<String>> handleCast(Cast message, List<String> state) {
        return noReply(with("cast", state), hibernate());
    }

    public Next<List<String>> handleInfo(Object message, List<String> state) {
        return switch ((String) message) {
            case "sleep" -> noReply(with("info", state), hibernate());
            case "nap" -> noReply(with("nap", state), continueWith("sleep"));
            default -> noReply(with("count", state));
        };
    }

    public Next<List<String>> handleContinue(Object with, List<String> state) {
        return noReply(with("continue", state), hibernate());
    }
}

boolean asleep(Pid server) {
    return eventually(() ->
            info(server).orElseThrow().status() == ProcessInfo.Status.WAITING
                    && stack(server).isEmpty());
}

void main() {
    Pid server = GenServer.start(new Sleepy(true));
    out(asleep(server), call(server, new State()));
    out(call(server, new Sleep()), asleep(server));
    cast(server, new Sleep());
    out(call(server, new State()));
    for (String message : List.of("sleep", "nap", "count")) send(server, message);
    out(call(server, new State()));
    send(server, "nap");
    out(asleep(server));
    shake();
    send(server, "count");
    out(call(server, new State()));
    cast(server, new Sleep());
    out(asleep(server));
    out(attempt(() -> GenServer.stop(server)));

    // always, so there is nothing to say
    Pid idle = GenServer.start(new Sleepy(false));
    out(asleep(idle), call(idle, new State()));
    send(idle, "count");
    out(asleep(idle), call(idle, new State()));
    exit(idle, "broken");
    var reason = ended(idle);
    out(reason.equals(ExitReason.of("broken")) || reason.equals(ExitReason.NOPROC));
}
