package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.ofSeconds;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;

/// A supervised server is made to crash, started again, and asked whether it serves; and again.
record Restarts(int crashes) implements Round {
    private record Up(Pid server) {}

    private record Crash() implements Cast {}

    private record Answer() implements Call<Integer> {}

    @Override
    public double run() {
        Pid supervisor =
                Supervisor.startLink(
                        Supervisor.ONE_FOR_ONE.intensity(Integer.MAX_VALUE, ofSeconds(1)),
                        ChildSpec.worker(
                                "fragile",
                                GenServer.starter(StartOptions.options(), new Fragile(self()))));
        Pid server = receive(Up.class).server();
        long start = System.nanoTime();
        for (int i = 0; i < crashes; i++) {
            cast(server, new Crash());
            server = receive(Up.class).server();
            Round.expect("the answer", 42, call(server, new Answer()));
        }
        double each = Round.nanosEach(start, crashes);
        Supervisor.stop(supervisor);
        return each;
    }

    private record Fragile(Pid boss) implements GenServer<Integer, Answer, Crash> {
        @Override
        public Init<Integer> init() {
            send(boss, new Up(self()));
            return ok(42);
        }

        @Override
        public Next<Integer> handleCall(Answer request, From<?> from, Integer answer) {
            return reply(request, answer, answer);
        }

        @Override
        public Next<Integer> handleCast(Crash crash, Integer answer) {
            throw new IllegalStateException("as it was told to");
        }
    }
}
