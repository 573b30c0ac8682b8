import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void main() {
    Agent<List<Integer>> agent = Agent.start(() -> List.of());
    for (int i = 1; i <= 3; i++) {
        int item = i;
        agent.cast(items -> Stream.concat(items.stream(), Stream.of(item)).toList());
    }
    out(agent.<List<Integer>>get(items -> items));
    out(agent.<Integer>getAndUpdate(items -> new Agent.Updated<>(items.size(), List.of(7))));
    out(agent.<List<Integer>>get(items -> items));
    Ref end = monitor(agent.pid().orElseThrow());
    boolean caught = false;
    try {
        agent.update(_ -> {
            throw exit("bad");
        });
    } catch (ExitException failed) {
        caught = true;
    }
    out(caught);
    out(down(end));
}
