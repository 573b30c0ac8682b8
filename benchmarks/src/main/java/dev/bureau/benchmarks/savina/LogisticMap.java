package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// Ten series, each a worker that has each next term computed by a server of its own: it calls.
record LogisticMap(int terms) implements Round {
    private static final int SERIES = 10;
    private static final double RATE = 3.46;
    private static final double STEP = 0.0025;

    private sealed interface Message extends Cast {}

    private record NextTerm() implements Message {}

    private record GetTerm() implements Message {}

    private record Compute(double term) implements Call<Double> {}

    private record End() implements Cast {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid[] workers = new Pid[SERIES];
        for (int i = 0; i < SERIES; i++) {
            workers[i] = GenServer.start(new Worker(me, RATE + i * STEP, i * STEP));
        }
        NextTerm next = new NextTerm();
        for (int i = 0; i < terms; i++) for (Pid worker : workers) cast(worker, next);
        for (Pid worker : workers) cast(worker, new GetTerm());
        double sum = 0;
        for (int i = 0; i < SERIES; i++) sum += receive(Double.class);
        if (!(sum > 0)) throw new IllegalStateException("expected a sum, got: " + sum);
        return Suite.millisSince(start);
    }

    private record Worker(Pid boss, double rate, double first)
            implements Server<Worker.Series, Message> {
        static final class Series {
            private final Pid computer;
            private double term;

            Series(Pid computer, double first) {
                this.computer = computer;
                this.term = first;
            }
        }

        @Override
        public Init<Series> init() {
            return ok(new Series(GenServer.start(new Computer(rate)), first));
        }

        @Override
        public Next<Series> handleCast(Message message, Series series) {
            return switch (message) {
                case NextTerm _ -> {
                    series.term = call(series.computer, new Compute(series.term));
                    yield noReply(series);
                }
                case GetTerm _ -> {
                    send(boss, series.term);
                    cast(series.computer, new End());
                    yield stop(ExitReason.NORMAL, series);
                }
            };
        }
    }

    private record Computer(double rate) implements GenServer<Boolean, Compute, End> {
        @Override
        public Init<Boolean> init() {
            return ok(true);
        }

        @Override
        public Next<Boolean> handleCall(Compute request, From<?> from, Boolean state) {
            return reply(request, rate * request.term() * (1 - request.term()), state);
        }

        @Override
        public Next<Boolean> handleCast(End end, Boolean state) {
            return stop(ExitReason.NORMAL, state);
        }
    }
}
