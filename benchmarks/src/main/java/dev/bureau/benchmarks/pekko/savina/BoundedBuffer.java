package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import dev.bureau.benchmarks.savina.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// Forty producers and forty consumers, with a buffer between them that stops producers when it is full.
record BoundedBuffer(ActorSystem system, int items) implements Round {
    private static final int BUFFER = 50;
    private static final int PRODUCERS = 40;
    private static final int CONSUMERS = 40;
    private static final int COST = 25;

    private enum Message {
        PRODUCE,
        READY,
        FINISHED,
        END
    }

    private record Item(ActorRef producer, double value) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Manager.class, () -> new Manager(items, finish)));
        Round.expect("items", (long) PRODUCERS * items, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Manager extends Suite.Actor {
        private final int each;
        private final Finish finish;
        private final ArrayDeque<Item> items = new ArrayDeque<>();
        private final ArrayDeque<ActorRef> idleProducers = new ArrayDeque<>();
        private final ArrayDeque<ActorRef> idleConsumers = new ArrayDeque<>();
        private final List<ActorRef> consumers = new ArrayList<>();
        private int passed;
        private int finished;

        Manager(int each, Finish finish) {
            this.each = each;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var me = getSelf();
            var consumer = Props.create(Consumer.class, () -> new Consumer(me));
            for (int i = 0; i < CONSUMERS; i++) consumers.add(start(consumer));
            idleConsumers.addAll(consumers);
            var producer = Props.create(Producer.class, () -> new Producer(me, each));
            for (int i = 0; i < PRODUCERS; i++) tell(start(producer), Message.PRODUCE);
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Item item -> {
                    passed++;
                    var consumer = idleConsumers.poll();
                    if (consumer == null) items.add(item);
                    else tell(consumer, item);
                    if (items.size() >= BUFFER - PRODUCERS) idleProducers.add(item.producer());
                    else tell(item.producer(), Message.PRODUCE);
                }
                case Message.READY -> {
                    var item = items.poll();
                    if (item == null) {
                        idleConsumers.add(getSender());
                    } else {
                        tell(getSender(), item);
                        var producer = idleProducers.poll();
                        if (producer != null) tell(producer, Message.PRODUCE);
                    }
                }
                case Message.FINISHED -> finished++;
                default -> unhandled(message);
            }
            if (finished < PRODUCERS || idleConsumers.size() < CONSUMERS) return;
            for (var consumer : consumers) tell(consumer, Message.END);
            finish.done(passed);
            stop();
        }
    }

    private static final class Producer extends Suite.Actor {
        private final ActorRef manager;
        private final int items;
        private int count;
        private double last;

        Producer(ActorRef manager, int items) {
            this.manager = manager;
            this.items = items;
        }

        @Override
        public void onReceive(Object message) {
            if (count == items) {
                tell(manager, Message.FINISHED);
                stop();
                return;
            }
            count++;
            last = Work.item(last, COST);
            tell(manager, new Item(getSelf(), last));
        }
    }

    private static final class Consumer extends Suite.Actor {
        private final ActorRef manager;
        private double last;

        Consumer(ActorRef manager) {
            this.manager = manager;
        }

        @Override
        public void onReceive(Object message) {
            if (!(message instanceof Item item)) {
                stop();
                return;
            }
            last = Work.item(last + item.value(), COST);
            tell(manager, Message.READY);
        }
    }
}
