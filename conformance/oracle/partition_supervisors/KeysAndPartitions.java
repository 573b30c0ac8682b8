import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Number() implements Call<Integer> {}

record Tell(Pid boss) implements Cast {}

record Told(int number) {}

record Part(int number) implements GenServer<Integer, Number, Tell> {
    public Init<Integer> init() {
        return ok(number);
    }

    public Next<Integer> handleCall(Number request, From<?> from, Integer state) {
        return reply(request, number, state);
    }

    public Next<Integer> handleCast(Tell tell, Integer state) {
        send(tell.boss(), new Told(number));
        return noReply(state);
    }
}

int ask(Object key) {
    return call(PartitionSupervisor.via("ps_keys", key), new Number());
}

void main() {
    PartitionSupervisor.startLink("ps_keys", 4, number -> new Part(number).childSpec());
    var beyond = BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.valueOf(5));
    var below = BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.valueOf(5));
    out(
            Stream.of(
                            0,
                            1,
                            2,
                            3,
                            4,
                            7,
                            -1,
                            -2,
                            -4,
                            -7,
                            Long.MAX_VALUE,
                            Long.MIN_VALUE,
                            beyond,
                            below)
                    .map(this::ask)
                    .toList());
    for (Object key : List.of("a", Thread.State.NEW, 1.5, List.of(1, 2), self())) {
        int number = ask(key);
        out(number >= 0 && number < 4, number == ask(key));
    }
    cast(PartitionSupervisor.via("ps_keys", 6), new Tell(self()));
    out(next());
    var pid = GenServer.whereis(PartitionSupervisor.via("ps_keys", -5)).orElseThrow();
    send(pid, new Tell(self()));
    out(next());
    PartitionSupervisor.stop("ps_keys");
}
