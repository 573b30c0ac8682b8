package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.util.ArrayDeque;

/// Ten series, each a worker that has each next term computed by a server of its own, and goes on when the answer is there.
///
/// It puts aside what comes until then, as the suite's actors do. With [dev.bureau.kernel.Bureau#call] each term would be a call, with
/// a monitor and a time limit, where the others have none.
record LogisticMap(int terms) implements Round {
    private static final int SERIES = 10;
    private static final double RATE = 3.46;
    private static final double STEP = 0.0025;

    private sealed interface Message extends Cast {}

    private record NextTerm() implements Message {}

    private record GetTerm() implements Message {}

    private record Result(double term) implements Message {}

    private sealed interface Task extends Cast {}

    private record Compute(Pid worker, double term) implements Task {}

    private record End() implements Task {}

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
            private final ArrayDeque<Message> aside = new ArrayDeque<>();
            private final Pid computer;
            private double term;
            private boolean waiting;

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
            if (!(message instanceof Result(double term))) {
                if (!series.waiting) return handle(message, series);
                series.aside.add(message);
                return noReply(series);
            }
            series.term = term;
            series.waiting = false;
            Message next = series.aside.poll();
            return next == null ? noReply(series) : handle(next, series);
        }

        private Next<Series> handle(Message message, Series series) {
            if (message instanceof NextTerm) {
                series.waiting = true;
                cast(series.computer, new Compute(self(), series.term));
                return noReply(series);
            }
            send(boss, series.term);
            cast(series.computer, new End());
            return stop(ExitReason.NORMAL, series);
        }
    }

    private record Computer(double rate) implements Server<Boolean, Task> {
        @Override
        public Init<Boolean> init() {
            return ok(true);
        }

        @Override
        public Next<Boolean> handleCast(Task task, Boolean state) {
            if (!(task instanceof Compute(Pid worker, double term)))
                return stop(ExitReason.NORMAL, state);
            cast(worker, new Result(rate * term * (1 - term)));
            return noReply(state);
        }
    }
}
