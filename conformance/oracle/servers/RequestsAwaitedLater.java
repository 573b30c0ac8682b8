import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface Question extends Call<String> {}

record Ask() implements Question {}

record Fail() implements Question {}

record Failed(Object reason) {}

record Later() implements GenServer<List<From<?>>, Question, Cast> {
    public Init<List<From<?>>> init() {
        return ok(List.of());
    }

    public Next<List<From<?>>> handleCall(Question question, From<?> from, List<From<?>> waiting) {
        return switch (question) {
            case Ask _ -> noReply(Stream.concat(waiting.stream(), Stream.of(from)).toList());
            case Fail _ -> stop("broken", waiting);
        };
    }

    public Next<List<From<?>>> handleInfo(Object go, List<From<?>> waiting) {
        reply(waiting.getFirst().as(new Ask()), "answer");
        return noReply(waiting.subList(1, waiting.size()));
    }
}

Object told(Response<?> response) {
    return response instanceof Response.Failed(var reason, _) ? new Failed(reason) : response;
}

void main() {
    Pid pid = GenServer.start(new Later());
    var first = GenServer.sendRequest(pid, new Ask());
    out(told(first.waitResponse(ofMillis(10))), told(first.waitResponse(Duration.ZERO)));
    send(pid, "go");
    out(told(first.waitResponse(ofSeconds(2))));

    var checked = GenServer.sendRequest(pid, new Ask());
    send(self(), "other");
    send(pid, "go");
    out(told(checked.checkResponse(next())), told(checked.checkResponse(next())));

    var late = GenServer.sendRequest(pid, new Ask());
    out(told(late.receiveResponse(ofMillis(10))));
    send(pid, "go");
    out(Sys.getState(pid), mail());

    var one = GenServer.sendRequest(pid, new Ask());
    var two = GenServer.sendRequest(pid, new Fail());
    out(told(two.receiveResponse(ofSeconds(2))), told(one.receiveResponse(ofSeconds(2))));
    out(told(GenServer.sendRequest(pid, new Ask()).receiveResponse(ofSeconds(2))));
    out(told(GenServer.sendRequest("g_nobody", new Ask()).receiveResponse(ofSeconds(2))), mail());
}
