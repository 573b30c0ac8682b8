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
import java.util.HashMap;
import java.util.SplittableRandom;

/// Twenty workers that read and write a dictionary, one request after the other each.
record Dictionary(int requests) implements Round {
    private static final int WORKERS = 20;
    private static final int WRITES_PERCENT = 10;
    private static final int KEYS = Integer.MAX_VALUE / 4096;

    private sealed interface Message extends Cast {}

    private record Write(Pid from, int key, int value) implements Message {}

    private record Read(Pid from, int key) implements Message {}

    private record Answer(int value) implements Message {}

    private record Done(int requests) {}

    private record End() implements Message {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid keeper = GenServer.start(new Keeper());
        for (int i = 0; i < WORKERS; i++) GenServer.start(new Worker(me, keeper, i, requests));
        long done = 0;
        for (int i = 0; i < WORKERS; i++) done += receive(Done.class).requests();
        cast(keeper, new End());
        Round.expect("requests", (long) WORKERS * requests, done);
        return Suite.millisSince(start);
    }

    private record Keeper() implements Server<HashMap<Integer, Integer>, Message> {
        @Override
        public Init<HashMap<Integer, Integer>> init() {
            return ok(new HashMap<>());
        }

        @Override
        public Next<HashMap<Integer, Integer>> handleCast(
                Message message, HashMap<Integer, Integer> all) {
            switch (message) {
                case Write(var from, int key, int value) -> {
                    all.put(key, value);
                    cast(from, new Answer(value));
                }
                case Read(var from, int key) -> cast(from, new Answer(all.getOrDefault(key, 0)));
                case End _ -> {
                    return stop(ExitReason.NORMAL, all);
                }
                case Answer _ -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(all);
        }
    }

    private record Worker(Pid boss, Pid keeper, int number, int requests)
            implements Server<Worker.Progress, Message> {
        static final class Progress {
            private final SplittableRandom random;
            private int count;

            Progress(int seed) {
                random = new SplittableRandom(seed);
            }
        }

        @Override
        public Init<Progress> init() {
            var progress = new Progress(number);
            ask(progress);
            return ok(progress);
        }

        @Override
        public Next<Progress> handleCast(Message answer, Progress progress) {
            if (++progress.count < requests) {
                ask(progress);
                return noReply(progress);
            }
            send(boss, new Done(progress.count));
            return stop(ExitReason.NORMAL, progress);
        }

        private void ask(Progress progress) {
            int key = progress.random.nextInt(KEYS);
            cast(
                    keeper,
                    progress.random.nextInt(100) < WRITES_PERCENT
                            ? new Write(self(), key, key)
                            : new Read(self(), key));
        }
    }
}
