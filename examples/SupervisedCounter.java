// A counter with a supervisor: it is killed, and comes back with its first state. Those who ask it
// by its name need not know.
//
//   ./bureau run examples/SupervisedCounter.java

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;

record Increment() implements Cast {}

record Count() implements Call<Integer> {}

record Counter() implements GenServer<Integer, Count, Increment> {
    public Init<Integer> init() {
        return ok(0);
    }

    public Next<Integer> handleCall(Count question, From<?> from, Integer count) {
        return reply(question, count, count);
    }

    public Next<Integer> handleCast(Increment increment, Integer count) {
        return noReply(count + 1);
    }
}

void main() {
    Supervisor.startLink(ONE_FOR_ONE, worker("counter", new Counter()));

    cast("counter", new Increment());
    cast("counter", new Increment());
    IO.println("count: " + call("counter", new Count()));

    var before = whereis("counter");
    exit(before.orElseThrow(), KILL);
    while (whereis("counter").isEmpty() || whereis("counter").equals(before)) sleep(ofMillis(1));
    IO.println("after the kill: " + call("counter", new Count()));
}
