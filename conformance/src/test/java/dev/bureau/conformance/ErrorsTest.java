package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Agent;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.HandlerExit;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Task;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A stack that overflows, and memory that is not there: the process in which it happens ends, whatever kind it is of, its links
/// and monitors hear why, and the others go on.
@Otp("P-02")
class ErrorsTest {
    private static final Duration LIMIT = ofSeconds(20);

    /// What goes wrong.
    enum Wound {
        STACK(StackOverflowError.class) {
            @Override
            void inflict() {
                descend(0);
            }
        },

        /// More than any array may have: fails without filling the heap.
        ARRAY(OutOfMemoryError.class) {
            @Override
            void inflict() {
                send(self(), new long[Integer.MAX_VALUE].length);
            }
        },

        /// Block after block, until there is no room for another.
        HEAP(OutOfMemoryError.class) {
            @Override
            void inflict() {
                List<byte[]> all = new ArrayList<>();
                while (true) all.add(new byte[BLOCK]);
            }
        };

        /// So large that what others need still finds room when there is none for another.
        private static final int BLOCK = 4 << 20;

        final Class<? extends Error> error;

        Wound(Class<? extends Error> error) {
            this.error = error;
        }

        abstract void inflict();

        @SuppressWarnings("InfiniteRecursion")
        private static int descend(int depth) {
            return 1 + descend(depth + 1);
        }

        boolean isWhy(ExitReason reason) {
            return reason instanceof ExitReason.Crash(var thrown) && error.isInstance(thrown);
        }
    }

    /// Has whoever handles it hurt itself.
    record Strike(Wound how) implements Cast {}

    /// Whom it happens to.
    enum Victim {
        PROCESS {
            @Override
            Pid start() {
                return spawn(() -> receive(Strike.class).how().inflict());
            }
        },
        TASK {
            @Override
            Pid start() {
                return Task.start(() -> receive(Strike.class).how().inflict());
            }
        },
        SERVER {
            @Override
            Pid start() {
                return GenServer.start(new Server());
            }
        },
        MACHINE {
            @Override
            Pid start() {
                return StateMachine.start(new Machine());
            }
        },
        AGENT {
            @Override
            Pid start() {
                return Agent.start(() -> 0).pid().orElseThrow();
            }

            @Override
            void strike(Pid victim, Wound how) {
                new Agent<Integer>(victim)
                        .cast(count -> {
                            how.inflict();
                            return count + 1;
                        });
            }
        };

        abstract Pid start();

        void strike(Pid victim, Wound how) {
            send(victim, new Strike(how));
        }
    }

    record Server() implements GenServer<Integer, Call<?>, Strike> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }

        @Override
        public Next<Integer> handleCall(Call<?> request, From<?> from, Integer count) {
            return switch (request) {
                case Count question -> reply(question, count + 1, count + 1);
                default -> unexpected(request);
            };
        }

        @Override
        public Next<Integer> handleCast(Strike strike, Integer count) {
            strike.how().inflict();
            return noReply(count);
        }

        private static Next<Integer> unexpected(Call<?> request) {
            throw new IllegalArgumentException("unexpected: " + request);
        }
    }

    /// How often it was asked.
    record Count() implements Call<Integer> {}

    record Machine() implements StateMachine<String, Strike> {
        @Override
        public Step.First<String> init() {
            return to("whole");
        }

        @Override
        public Step<String> handle(String state, Strike strike) {
            strike.how().inflict();
            return to("hurt");
        }
    }

    record Handler() implements EventHandler<Integer, Strike> {
        @Override
        public Integer init() {
            return 0;
        }

        @Override
        public Reaction<Integer> handle(Strike strike, Integer state) {
            strike.how().inflict();
            return keep(state);
        }
    }

    /// Knows what it has handled.
    record Counter() implements EventHandler<Integer, Object> {
        @Override
        public Integer init() {
            return 0;
        }

        @Override
        public Reaction<Integer> handle(Object event, Integer count) {
            return keep(count + 1);
        }

        @Override
        public Reaction<Integer> handleCall(Call<?> request, Integer count) {
            return switch (request) {
                case Count question -> reply(question, count, count);
                default -> unexpected(request);
            };
        }
    }

    /// Has it happen; who is linked to the victim, the caller, must trap exits.
    private static void assertEnds(Victim kind, Wound how) {
        Pid victim = kind.start();
        link(victim);
        Pid along =
                spawn(() -> {
                    link(victim);
                    sleepForever();
                });
        Ref end = monitor(victim);
        Ref endOfOther = monitor(along);
        while (!Staff.linked(along, victim)) sleep(ofMillis(1));
        kind.strike(victim, how);
        for (Ref each : List.of(end, endOfOther)) {
            ExitReason reason = receive(each, Down.class, LIMIT).reason();
            assertThat(reason).as("%s of %s", how, kind).matches(how::isWhy);
        }
        Exit exit = receive(Exit.class, LIMIT);
        assertThat(exit.from()).isEqualTo(victim);
        assertThat(exit.reason()).matches(how::isWhy);
    }

    /// A handler goes alone, and its owner is told.
    private static void assertRemoved(Wound how) {
        Pid manager = EventManager.start();
        EventManager.add(manager, new Counter());
        EventManager.addSupervised(manager, new Handler());
        EventManager.notify(manager, new Strike(how));
        HandlerExit.Gone gone = (HandlerExit.Gone) receive(HandlerExit.class, LIMIT);
        assertThat(gone.manager()).isEqualTo(manager);
        assertThat(gone.reason()).matches(how::isWhy);
        EventManager.syncNotify(manager, "on");
        assertThat(EventManager.call(manager, Counter.class, new Count())).isEqualTo(2);
        assertThat(EventManager.handlers(manager)).containsExactly(Counter.class);
        EventManager.stop(manager);
        assertThat(receive(Exit.class, LIMIT)).isEqualTo(new Exit(manager, NORMAL));
    }

    @Scenario(seeds = 10, runs = 3)
    @Otp("G-22")
    @Otp("T-04")
    @Otp("AG-02")
    @Otp("SM-11")
    void anOverflowOfTheStackEndsTheOneProcess() {
        endsTheOneProcess(Wound.STACK);
    }

    @Scenario(seeds = 10, runs = 3)
    @Otp("G-22")
    @Otp("T-04")
    @Otp("AG-02")
    @Otp("SM-11")
    void memoryThatIsNotThereEndsTheOneProcess() {
        endsTheOneProcess(Wound.ARRAY);
    }

    private static void endsTheOneProcess(Wound how) {
        trapExits(true);
        Pid other = GenServer.start(new Server());
        for (Victim kind : Victim.values()) assertEnds(kind, how);
        assertThat(call(other, new Count())).isEqualTo(1);
    }

    @Scenario(seeds = 10, runs = 3)
    @Otp("GE-02")
    void eitherRemovesTheOneHandler() {
        trapExits(true);
        for (Wound how : List.of(Wound.STACK, Wound.ARRAY)) assertRemoved(how);
    }

    @Scenario(seeds = 10, runs = 3)
    @Otp("T-04")
    void eitherIsToldToWhoAwaitsTheTask() {
        trapExits(true);
        for (Wound how : List.of(Wound.STACK, Wound.ARRAY)) {
            Task<?> task = Task.async(how::inflict);
            assertThat(task.yield(LIMIT))
                    .isInstanceOfSatisfying(
                            Task.Exited.class,
                            exited -> assertThat(exited.reason()).matches(how::isWhy));
            assertThat(receive(Exit.class, LIMIT).reason()).matches(how::isWhy);
        }
    }

    /// In a virtual machine of its own: there, all memory is used up once for each kind.
    @Test
    @Otp("G-22")
    @Otp("GE-02")
    void aFullHeapEndsTheOneThatFillsIt() throws Exception {
        ChildJvm child =
                ChildJvm.run(
                        FullHeap.class,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED");
        assertThat(child.output())
                .contains(
                        "PROCESS has ended",
                        "TASK has ended",
                        "SERVER has ended",
                        "MACHINE has ended",
                        "AGENT has ended",
                        "HANDLER is removed",
                        "the others go on");
        assertThat(child.exit()).isZero();
    }

    private static final class FullHeap {
        private FullHeap() {}

        public static void main(String[] args) throws Exception {
            try (Node node = Node.start(Node.options().schedulers(2));
                    Guest me = node.guest()) {
                trapExits(true);
                Pid server = GenServer.start(new Server());
                Pid boss = me.pid();
                Pid busy = node.spawn(() -> asksUntilToldToStop(server, boss));
                for (Victim kind : Victim.values()) {
                    assertEnds(kind, Wound.HEAP);
                    assertRoom();
                    System.out.println(kind + " has ended");
                }
                assertRemoved(Wound.HEAP);
                assertRoom();
                System.out.println("HANDLER is removed");
                send(busy, new Staff.Go());
                int asked = receive(Integer.class, LIMIT);
                assertThat(call(server, new Count())).isEqualTo(asked + 1).isGreaterThan(10);
                System.out.println("the others go on");
            }
        }

        /// Works all the time, and says how often it has asked.
        private static void asksUntilToldToStop(Pid server, Pid boss) {
            int asked = 0;
            while (poll(Staff.Go.class).isEmpty()) {
                asked++;
                assertThat(call(server, new Count())).isEqualTo(asked);
            }
            send(boss, asked);
        }

        /// What the victim held is free.
        private static void assertRoom() {
            assertThat(new byte[24 << 20]).hasSize(24 << 20);
        }
    }
}
