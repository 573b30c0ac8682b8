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

/// A token that hops around in a ring of 100 servers.
record ThreadRing(int hops) implements Round {
    private static final int MEMBERS = 100;

    private sealed interface Message extends Cast {}

    private record NextIs(Pid next) implements Message {}

    private record Token(int left) implements Message {}

    private record End(int left) implements Message {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid last = GenServer.start(new Member(me));
        Pid first = last;
        for (int i = 1; i < MEMBERS; i++) {
            Pid next = first;
            first = GenServer.start(new Member(me));
            cast(first, new NextIs(next));
        }
        cast(last, new NextIs(first));
        cast(first, new Token(hops));
        Round.expect("what is left", 0, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private record Member(Pid boss) implements Server<Pid, Message> {
        @Override
        public Init<Pid> init() {
            return ok(self());
        }

        @Override
        public Next<Pid> handleCast(Message message, Pid next) {
            return switch (message) {
                case NextIs(var other) -> noReply(other);
                case Token(int left) when left > 0 -> {
                    cast(next, new Token(left - 1));
                    yield noReply(next);
                }
                case Token _ -> {
                    cast(next, new End(MEMBERS - 1));
                    yield stop(ExitReason.NORMAL, next);
                }
                case End(int left) -> {
                    if (left > 1) cast(next, new End(left - 1));
                    else send(boss, 0);
                    yield stop(ExitReason.NORMAL, next);
                }
            };
        }
    }
}
