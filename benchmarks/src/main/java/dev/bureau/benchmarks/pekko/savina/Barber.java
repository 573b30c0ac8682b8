package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Work;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A barber who sleeps when nobody is in the waiting room, which has a thousand seats; who finds none comes again.
record Barber(ActorSystem system, int haircuts) implements Round {
    private static final int SEATS = 1_000;
    private static final int BETWEEN_CUSTOMERS = 1_000;
    private static final int HAIRCUT = 1_000;

    private record Enter(ActorRef customer) {}

    private record Returned(ActorRef customer) {}

    private enum Message {
        BEGIN,
        FULL,
        NEXT_PLEASE,
        NOBODY,
        START,
        FINISHED,
        END
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        var room = system.actorOf(Props.create(Room.class, Room::new));
        system.actorOf(Props.create(Street.class, () -> new Street(room, haircuts, finish)))
                .tell(Message.BEGIN, ActorRef.noSender());
        Round.expect("haircuts", haircuts, finish.await());
        return Suite.millisSince(start);
    }

    /// Where customers come from.
    private static final class Street extends Suite.Actor {
        private final ActorRef room;
        private final int haircuts;
        private final Finish finish;
        private int count;

        Street(ActorRef room, int haircuts, Finish finish) {
            this.room = room;
            this.haircuts = haircuts;
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Message.BEGIN -> {
                    var me = getSelf();
                    var customer = Props.create(Customer.class, () -> new Customer(me));
                    var random = new SplittableRandom(haircuts);
                    for (int i = 0; i < haircuts; i++) {
                        tell(room, new Enter(start(customer)));
                        Work.steps(random.nextInt(BETWEEN_CUSTOMERS) + 10);
                    }
                }
                case Returned(var customer) -> tell(room, new Enter(customer));
                case Message.FINISHED -> {
                    if (++count < haircuts) return;
                    tell(room, Message.END);
                    finish.done(count);
                    stop();
                }
                default -> unhandled(message);
            }
        }
    }

    private static final class Customer extends Suite.Actor {
        private final ActorRef street;

        Customer(ActorRef street) {
            this.street = street;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Message.FULL -> tell(street, new Returned(getSelf()));
                case Message.START -> {}
                case Message.FINISHED -> {
                    tell(street, message);
                    stop();
                }
                default -> unhandled(message);
            }
        }
    }

    private static final class Room extends Suite.Actor {
        private final ArrayDeque<ActorRef> taken = new ArrayDeque<>();
        private ActorRef barber = ActorRef.noSender();
        private boolean asleep = true;

        @Override
        public void preStart() {
            var me = getSelf();
            barber = start(Props.create(Hairdresser.class, () -> new Hairdresser(me)));
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Enter(var customer) when taken.size() == SEATS -> tell(customer, Message.FULL);
                case Enter(var customer) -> {
                    taken.add(customer);
                    if (asleep) next();
                }
                case Message.NEXT_PLEASE -> next();
                case Message.END -> stop(); // and the barber with it
                default -> unhandled(message);
            }
        }

        private void next() {
            var customer = taken.poll();
            asleep = customer == null;
            tell(barber, customer == null ? Message.NOBODY : new Enter(customer));
        }
    }

    private static final class Hairdresser extends Suite.Actor {
        private final ActorRef room;
        private final SplittableRandom random = new SplittableRandom(1);

        Hairdresser(ActorRef room) {
            this.room = room;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Enter(var customer) -> {
                    tell(customer, Message.START);
                    Work.steps(random.nextInt(HAIRCUT) + 10);
                    tell(customer, Message.FINISHED);
                    tell(room, Message.NEXT_PLEASE);
                }
                case Message.NOBODY -> {}
                default -> unhandled(message);
            }
        }
    }
}
