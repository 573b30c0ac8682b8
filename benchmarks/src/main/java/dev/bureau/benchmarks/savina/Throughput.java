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

/// Messages to each of 60 servers, by one who sends to all in turns: fork-join throughput.
record Throughput(int messages) implements Round {
    private static final int SERVERS = 60;

    private record Go() implements Cast {}

    private record Done(int messages) {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid[] servers = new Pid[SERVERS];
        for (int i = 0; i < SERVERS; i++) servers[i] = GenServer.start(new Worker(me, messages));
        Go go = new Go();
        for (int i = 0; i < messages; i++) for (Pid server : servers) cast(server, go);
        long done = 0;
        for (int i = 0; i < SERVERS; i++) done += receive(Done.class).messages();
        Round.expect("the messages", (long) SERVERS * messages, done);
        return Suite.millisSince(start);
    }

    private record Worker(Pid boss, int all) implements Server<Worker.Progress, Go> {
        static final class Progress {
            private int count;
        }

        @Override
        public Init<Progress> init() {
            return ok(new Progress());
        }

        @Override
        public Next<Progress> handleCast(Go go, Progress progress) {
            Work.sine(37.2);
            if (++progress.count < all) return noReply(progress);
            send(boss, new Done(progress.count));
            return stop(ExitReason.NORMAL, progress);
        }
    }
}
