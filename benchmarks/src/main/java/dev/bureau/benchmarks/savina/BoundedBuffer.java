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
import java.util.ArrayList;
import java.util.List;

/// Forty producers and forty consumers, with a buffer between them that stops producers when it is full.
record BoundedBuffer(int items) implements Round {
    private static final int BUFFER = 50;
    private static final int PRODUCERS = 40;
    private static final int CONSUMERS = 40;
    private static final int COST = 25;

    private sealed interface Message extends Cast {}

    private record Produce() implements Message {}

    private record Item(Pid producer, double value) implements Message {}

    private record Ready(Pid consumer) implements Message {}

    private record Finished() implements Message {}

    private record End() implements Message {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        GenServer.start(new Manager(me, items));
        Round.expect("items", (long) PRODUCERS * items, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private record Manager(Pid boss, int items) implements Server<Manager.Buffer, Message> {
        static final class Buffer {
            private final ArrayDeque<Item> items = new ArrayDeque<>();
            private final ArrayDeque<Pid> idleProducers = new ArrayDeque<>();
            private final ArrayDeque<Pid> idleConsumers = new ArrayDeque<>();
            private final List<Pid> consumers = new ArrayList<>();
            private int passed;
            private int finished;
        }

        @Override
        public Init<Buffer> init() {
            Buffer buffer = new Buffer();
            for (int i = 0; i < CONSUMERS; i++) {
                buffer.consumers.add(GenServer.start(new Consumer(self())));
            }
            buffer.idleConsumers.addAll(buffer.consumers);
            for (int i = 0; i < PRODUCERS; i++) {
                cast(GenServer.start(new Producer(self(), items)), new Produce());
            }
            return ok(buffer);
        }

        @Override
        public Next<Buffer> handleCast(Message message, Buffer buffer) {
            switch (message) {
                case Item item -> {
                    buffer.passed++;
                    Pid consumer = buffer.idleConsumers.poll();
                    if (consumer == null) buffer.items.add(item);
                    else cast(consumer, item);
                    if (buffer.items.size() >= BUFFER - PRODUCERS) {
                        buffer.idleProducers.add(item.producer());
                    } else {
                        cast(item.producer(), new Produce());
                    }
                }
                case Ready(var consumer) -> {
                    Item item = buffer.items.poll();
                    if (item == null) {
                        buffer.idleConsumers.add(consumer);
                    } else {
                        cast(consumer, item);
                        Pid producer = buffer.idleProducers.poll();
                        if (producer != null) cast(producer, new Produce());
                    }
                }
                case Finished _ -> buffer.finished++;
                default -> throw new IllegalStateException("expected no " + message);
            }
            if (buffer.finished < PRODUCERS || buffer.idleConsumers.size() < CONSUMERS) {
                return noReply(buffer);
            }
            for (Pid consumer : buffer.consumers) cast(consumer, new End());
            send(boss, buffer.passed);
            return stop(ExitReason.NORMAL, buffer);
        }
    }

    private record Producer(Pid manager, int items) implements Server<Producer.Output, Message> {
        static final class Output {
            private int count;
            private double last;
        }

        @Override
        public Init<Output> init() {
            return ok(new Output());
        }

        @Override
        public Next<Output> handleCast(Message message, Output output) {
            if (output.count == items) {
                cast(manager, new Finished());
                return stop(ExitReason.NORMAL, output);
            }
            output.count++;
            output.last = Work.item(output.last, COST);
            cast(manager, new Item(self(), output.last));
            return noReply(output);
        }
    }

    private record Consumer(Pid manager) implements Server<Consumer.Intake, Message> {
        static final class Intake {
            private double last;
        }

        @Override
        public Init<Intake> init() {
            return ok(new Intake());
        }

        @Override
        public Next<Intake> handleCast(Message message, Intake intake) {
            if (!(message instanceof Item item)) return stop(ExitReason.NORMAL, intake);
            intake.last = Work.item(intake.last + item.value(), COST);
            cast(manager, new Ready(self()));
            return noReply(intake);
        }
    }
}
