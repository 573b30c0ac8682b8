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
import org.jspecify.annotations.Nullable;

/// A hundred creatures that meet in a mall, two at a time, and change their colours.
record Chameneos(int meetings) implements Round {
    private static final int CREATURES = 100;

    private sealed interface Message extends Cast {}

    private record Meet(Pid from, Colour colour) implements Message {}

    private record Change(Colour colour) implements Message {}

    private record Closed() implements Message {}

    private record Met(int times) implements Message {}

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid mall = GenServer.start(new Mall(me, meetings));
        for (int i = 0; i < CREATURES; i++) {
            GenServer.start(new Creature(mall, Colour.of(i)));
        }
        Round.expect("meetings", 2L * meetings, receive(Integer.class));
        return Suite.millisSince(start);
    }

    private record Mall(Pid boss, int meetings) implements Server<Mall.Visitors, Message> {
        static final class Visitors {
            private int left;
            private int gone;
            private int met;
            private @Nullable Pid waiting;

            Visitors(int left) {
                this.left = left;
            }
        }

        @Override
        public Init<Visitors> init() {
            return ok(new Visitors(meetings));
        }

        @Override
        public Next<Visitors> handleCast(Message message, Visitors visitors) {
            switch (message) {
                case Meet meet when visitors.left == 0 -> cast(meet.from(), new Closed());
                case Meet meet when visitors.waiting == null -> visitors.waiting = meet.from();
                case Meet meet -> {
                    visitors.left--;
                    cast(visitors.waiting, meet);
                    visitors.waiting = null;
                }
                case Met(int times) -> {
                    visitors.met += times;
                    if (++visitors.gone == CREATURES) {
                        send(boss, visitors.met);
                        return stop(ExitReason.NORMAL, visitors);
                    }
                }
                default -> throw new IllegalStateException("expected no " + message);
            }
            return noReply(visitors);
        }
    }

    private record Creature(Pid mall, Colour born) implements Server<Creature.Life, Message> {
        static final class Life {
            private Colour colour;
            private int met;

            Life(Colour colour) {
                this.colour = colour;
            }
        }

        @Override
        public Init<Life> init() {
            cast(mall, new Meet(self(), born));
            return ok(new Life(born));
        }

        @Override
        public Next<Life> handleCast(Message message, Life life) {
            switch (message) {
                case Meet(var other, var colour) -> {
                    life.colour = life.colour.with(colour);
                    cast(other, new Change(life.colour));
                }
                case Change(var colour) -> life.colour = colour;
                case Closed _ -> {
                    cast(mall, new Met(life.met));
                    return stop(ExitReason.NORMAL, life);
                }
                case Met _ -> throw new IllegalStateException("expected no " + message);
            }
            life.met++;
            cast(mall, new Meet(self(), life.colour));
            return noReply(life);
        }
    }
}
