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

/// Twenty philosophers who ask an arbiter for their forks, again at once if they do not get them.
record Philosophers(int rounds) implements Round {
    private static final int PHILOSOPHERS = 20;

    private sealed interface Message extends Cast {}

    private record Hungry(Pid from, int seat) implements Message {}

    private record Eat() implements Message {}

    private record Denied() implements Message {}

    private record Eaten(int seat) implements Message {}

    private record Leave(int meals) implements Message {}

    private static final Eat EAT = new Eat();
    private static final Denied DENIED = new Denied();

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid arbiter = GenServer.start(new Arbiter(me));
        for (int i = 0; i < PHILOSOPHERS; i++) {
            GenServer.start(new Philosopher(arbiter, i, rounds));
        }
        Round.expect("meals", (long) PHILOSOPHERS * rounds, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private record Arbiter(Pid boss) implements Server<Arbiter.Table, Message> {
        static final class Table {
            private final boolean[] taken = new boolean[PHILOSOPHERS];
            private int gone;
            private int meals;

            private void set(int seat, boolean value) {
                taken[seat] = value;
                taken[(seat + 1) % PHILOSOPHERS] = value;
            }

            private boolean isFree(int seat) {
                return !taken[seat] && !taken[(seat + 1) % PHILOSOPHERS];
            }
        }

        @Override
        public Init<Table> init() {
            return ok(new Table());
        }

        @Override
        public Next<Table> handleCast(Message message, Table table) {
            switch (message) {
                case Hungry(var from, int seat) when table.isFree(seat) -> {
                    table.set(seat, true);
                    cast(from, EAT);
                }
                case Hungry(var from, _) -> cast(from, DENIED);
                case Eaten(int seat) -> table.set(seat, false);
                case Leave(int meals) -> {
                    table.meals += meals;
                    if (++table.gone == PHILOSOPHERS) {
                        send(boss, table.meals);
                        return stop(ExitReason.NORMAL, table);
                    }
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(table);
        }
    }

    private record Philosopher(Pid arbiter, int seat, int rounds)
            implements Server<Philosopher.Life, Message> {
        static final class Life {
            private final Hungry hungry;
            private int meals;

            Life(int seat) {
                hungry = new Hungry(self(), seat);
            }
        }

        @Override
        public Init<Life> init() {
            Life life = new Life(seat);
            cast(arbiter, life.hungry);
            return ok(life);
        }

        @Override
        public Next<Life> handleCast(Message message, Life life) {
            if (message instanceof Eat) {
                cast(arbiter, new Eaten(seat));
                if (++life.meals == rounds) {
                    cast(arbiter, new Leave(life.meals));
                    return stop(ExitReason.NORMAL, life);
                }
            }
            cast(arbiter, life.hungry);
            return noReply(life);
        }
    }
}
