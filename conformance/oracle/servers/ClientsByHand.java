import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface Question extends Call<Integer> {}

record Sum() implements Question {}

record Fail() implements Question {}

record Sleep() implements Question {}

record Add(int n) implements Cast {}

record AskedBy(Pid caller) {}

record Adding() implements GenServer<Integer, Question, Add> {
    public Init<Integer> init() {
        return ok(1);
    }

    public Next<Integer> handleCall(Question question, From<?> from, Integer sum) {
        return switch (question) {
            case Sum _ -> reply(question, sum, sum);
            case Fail _ -> stop("broken", sum);
            case Sleep _ -> noReply(sum);
        };
    }

    public Next<Integer> handleCast(Add add, Integer sum) {
        return noReply(sum + add.n());
    }
}

void many(String name, Question request) {
    var replies = GenServer.multiCall(List.of(node().id()), name, request, ofMillis(50));
    out(replies.replies().values(), replies.bad().size());
}

void main() {
    Pid pid = GenServer.start(StartOptions.named("g_adding"), new Adding());
    send(pid, new Add(2));
    Ref tag = alias(AliasOption.REPLY);
    send(pid, new Request(new From<>(self(), tag), new Sum()));
    out(receive(tag, Reply.class).value());

    // a server by hand
    Pid boss = self();
    Pid server =
            spawn(() -> {
                Request request = receive(Request.class);
                send(boss, new AskedBy(request.from().caller()));
                send(request.from().tag(), new Reply(request.from().tag(), 7));
            });
    out(call(server, new Sum()), next());

    many("g_adding", new Sum());
    many("g_nobody", new Sum());
    many("g_adding", new Sleep());
    many("g_adding", new Fail());
    GenServer.abcast(List.of(node().id()), "g_nobody", new Add(1));
    out("abcast", mail());
}
