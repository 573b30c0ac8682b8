package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// A process calls a server again and again; with messages in its own mailbox that it does not read.
record Calls(int calls, int backlog) implements Round {
    record Increment() implements Call<Integer> {}

    private static final Increment INCREMENT = new Increment();

    @Override
    public double run() {
        Pid counter = GenServer.start(new Counter());
        for (int i = 0; i < backlog; i++) send(self(), i);
        long start = System.nanoTime();
        int last = 0;
        for (int i = 0; i < calls; i++) last = call(counter, INCREMENT);
        double each = Round.nanosEach(start, calls);
        Round.expect("the count", calls, last);
        GenServer.stop(counter);
        return each;
    }

    private record Counter() implements GenServer<Integer, Increment, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }

        @Override
        public Next<Integer> handleCall(Increment request, From<?> from, Integer count) {
            return reply(request, count + 1, count + 1);
        }
    }
}
