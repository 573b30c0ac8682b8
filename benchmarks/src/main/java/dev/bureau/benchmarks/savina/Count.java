package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// A producer that sends increments to a counter, and asks for the count at last.
record Count(int messages) implements Round {
    private sealed interface Message extends Cast {}

    private record Increment() implements Message {}

    private record Retrieve(Pid from) implements Message {}

    private static final Increment INCREMENT = new Increment();

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid counter = GenServer.start(new Counter());
        spawn(() -> {
            for (int i = 0; i < messages; i++) cast(counter, INCREMENT);
            cast(counter, new Retrieve(me));
        });
        Round.expect("the count", messages, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private record Counter() implements Server<Counter.Total, Message> {
        static final class Total {
            private int count;
        }

        @Override
        public Init<Total> init() {
            return ok(new Total());
        }

        @Override
        public Next<Total> handleCast(Message message, Total total) {
            return switch (message) {
                case Increment _ -> {
                    total.count++;
                    yield noReply(total);
                }
                case Retrieve(var from) -> {
                    send(from, total.count);
                    yield stop(ExitReason.NORMAL, total);
                }
            };
        }
    }
}
