import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

/// A server with a supervisor: it is killed, and comes back.
///
///     ./bureau run examples/SupervisedStack.java

sealed interface Query<R> extends Call<R> {}

record Pop() implements Query<Optional<String>> {}

record Push(String item) implements Cast {}

record Stack(List<String> first) implements GenServer<List<String>, Query<?>, Push> {
    public Init<List<String>> init() {
        return ok(first);
    }

    public Next<List<String>> handleCall(Query<?> request, From<?> from, List<String> items) {
        return switch (request) {
            case Pop pop when items.isEmpty() -> reply(pop, Optional.empty(), items);
            case Pop pop ->
                    reply(pop, Optional.of(items.getFirst()), items.subList(1, items.size()));
        };
    }

    public Next<List<String>> handleCast(Push push, List<String> items) {
        return noReply(Stream.concat(Stream.of(push.item()), items.stream()).toList());
    }
}

void main() {
    Supervisor.startLink(ONE_FOR_ONE, worker("stack", new Stack(List.of("hello"))));

    cast("stack", new Push("world"));
    IO.println("top: " + call("stack", new Pop()).orElseThrow());

    var before = whereis("stack").orElseThrow();
    exit(before, KILL);
    while (whereis("stack").filter(pid -> !pid.equals(before)).isEmpty()) sleep(ofMillis(1));
    IO.println("after the kill: " + call("stack", new Pop()).orElseThrow());
}
