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
import java.util.SplittableRandom;

/// A barber who sleeps when nobody is in the waiting room, which has a thousand seats; who finds none comes again.
record Barber(int haircuts) implements Round {
    private static final int SEATS = 1_000;
    private static final int BETWEEN_CUSTOMERS = 1_000;
    private static final int HAIRCUT = 1_000;

    private sealed interface Message extends Cast {}

    private record Begin() implements Message {}

    private record Enter(Pid customer) implements Message {}

    private record Full() implements Message {}

    private record Returned(Pid customer) implements Message {}

    private record NextPlease() implements Message {}

    private record Nobody() implements Message {}

    private record Start() implements Message {}

    private record Finished() implements Message {}

    private record End() implements Message {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid room = GenServer.start(new Room());
        cast(GenServer.start(new Street(me, room, haircuts)), new Begin());
        Round.expect("haircuts", haircuts, receive(Integer.class));
        return Suite.millisSince(start);
    }

    /// Where customers come from.
    private record Street(Pid boss, Pid room, int haircuts)
            implements Server<Street.Progress, Message> {
        static final class Progress {
            private int count;
        }

        @Override
        public Init<Progress> init() {
            return ok(new Progress());
        }

        @Override
        public Next<Progress> handleCast(Message message, Progress progress) {
            switch (message) {
                case Begin _ -> {
                    var random = new SplittableRandom(haircuts);
                    for (int i = 0; i < haircuts; i++) {
                        cast(room, new Enter(GenServer.start(new Customer(self()))));
                        Work.steps(random.nextInt(BETWEEN_CUSTOMERS) + 10);
                    }
                }
                case Returned(var customer) -> cast(room, new Enter(customer));
                case Finished _ -> {
                    if (++progress.count == haircuts) {
                        cast(room, new End());
                        send(boss, progress.count);
                        return stop(ExitReason.NORMAL, progress);
                    }
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(progress);
        }
    }

    private record Customer(Pid street) implements Server<Boolean, Message> {
        @Override
        public Init<Boolean> init() {
            return ok(true);
        }

        @Override
        public Next<Boolean> handleCast(Message message, Boolean hairy) {
            switch (message) {
                case Full _ -> cast(street, new Returned(self()));
                case Start _ -> {}
                case Finished _ -> {
                    cast(street, message);
                    return stop(ExitReason.NORMAL, hairy);
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(hairy);
        }
    }

    private record Room() implements Server<Room.Seats, Message> {
        static final class Seats {
            private final ArrayDeque<Pid> taken = new ArrayDeque<>();
            private final Pid barber;
            private boolean asleep = true;

            Seats(Pid barber) {
                this.barber = barber;
            }

            void next() {
                Pid customer = taken.poll();
                asleep = customer == null;
                cast(barber, customer == null ? new Nobody() : new Enter(customer));
            }
        }

        @Override
        public Init<Seats> init() {
            return ok(new Seats(GenServer.start(new Hairdresser(self()))));
        }

        @Override
        public Next<Seats> handleCast(Message message, Seats seats) {
            switch (message) {
                case Enter(var customer) when seats.taken.size() == SEATS ->
                        cast(customer, new Full());
                case Enter(var customer) -> {
                    seats.taken.add(customer);
                    if (seats.asleep) seats.next();
                }
                case NextPlease _ -> seats.next();
                case End _ -> {
                    cast(seats.barber, message);
                    return stop(ExitReason.NORMAL, seats);
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(seats);
        }
    }

    private record Hairdresser(Pid room) implements Server<SplittableRandom, Message> {
        @Override
        public Init<SplittableRandom> init() {
            return ok(new SplittableRandom(1));
        }

        @Override
        public Next<SplittableRandom> handleCast(Message message, SplittableRandom random) {
            switch (message) {
                case Enter(var customer) -> {
                    cast(customer, new Start());
                    Work.steps(random.nextInt(HAIRCUT) + 10);
                    cast(customer, new Finished());
                    cast(room, new NextPlease());
                }
                case Nobody _ -> {}
                case End _ -> {
                    return stop(ExitReason.NORMAL, random);
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(random);
        }
    }
}
