package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.awaitDown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.scheduler.woven.YieldPoint;
import dev.bureau.testkit.Otp;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes as objects: several in one virtual machine, started, stopped, let go of.
class NodesTest {
    private static Node small() {
        return Node.start(Node.options().schedulers(1));
    }

    /// For what bodies tell the test; statics, since a body shares nothing else with a test that is not immutable.
    private static final AtomicReference<Object> TOLD = new AtomicReference<>();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final AtomicBoolean CLOSED = new AtomicBoolean();

    private static volatile CountDownLatch reached = new CountDownLatch(1);

    private static final class Noted implements AutoCloseable {
        @Override
        public void close() {
            CLOSED.set(true);
        }
    }

    @Nested
    class Running {
        @Test
        void returnsHowTheProcessEnded() {
            try (Node node = small()) {
                assertThat(node.run(() -> {})).isEqualTo(ExitReason.NORMAL);
                assertThat(node.run(() -> exit("reason"))).isEqualTo(Staff.custom("reason"));
                assertThat(node.run(() -> exit(self(), KILL))).isEqualTo(ExitReason.KILLED);
                assertThat(
                                node.run(() -> {
                                    TOLD.set(node());
                                    exit(SHUTDOWN);
                                }))
                        .isEqualTo(ExitReason.SHUTDOWN);
                assertThat(TOLD.get()).isSameAs(node);
                assertThat(node.processCount()).isZero();
            }
        }

        @Test
        void isNotForProcesses() {
            try (Node node = small();
                    Node other = small()) {
                ExitReason reason =
                        node.run(() -> {
                            assertThatThrownBy(() -> Node.current().run(() -> {}))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("no process");
                        });
                assertThat(reason).isEqualTo(ExitReason.NORMAL);
                assertThat(other.processCount()).isZero();
            }
        }
    }

    @Nested
    class TwoOfThem {
        @Test
        void doNotSeeEachOther() {
            try (Node one = small();
                    Node two = small()) {
                Pid first = one.spawn(() -> sleepForever());
                Pid second = two.spawn(() -> sleepForever());
                assertThat(first.number()).isEqualTo(second.number());
                assertThat(first).isNotEqualTo(second);
                assertThat(one.id()).isNotEqualTo(two.id());
                assertThat(one.processes()).containsExactly(first);
                assertThat(two.processes()).containsExactly(second);
                ExitReason reason =
                        one.run(() -> {
                            register("desk", self());
                            assertThat(registered()).containsExactly("desk");
                        });
                assertThat(reason).isEqualTo(ExitReason.NORMAL);
                assertThat(
                                two.run(() -> {
                                    assertThat(whereis("desk")).isEmpty();
                                    assertThatThrownBy(() -> send("desk", 1))
                                            .isInstanceOf(NoSuchName.class);
                                    assertThatThrownBy(() -> register("x", first))
                                            .isInstanceOf(IllegalArgumentException.class);
                                    send(Name.on(first.node(), "desk"), "silent");
                                }))
                        .isEqualTo(ExitReason.NORMAL);
            }
        }

        @Test
        void talkByPid() {
            try (Node one = small();
                    Node two = small()) {
                Pid echo =
                        one.spawn(() -> {
                            while (true) {
                                send(receive(Pid.class), "heard");
                            }
                        });
                ExitReason reason =
                        two.run(() -> {
                            for (int i = 0; i < 1_000; i++) {
                                send(echo, self());
                                assertThat(receive(String.class, ofSeconds(5))).isEqualTo("heard");
                            }
                            trapExits(true);
                            link(echo);
                            Ref monitor = monitor(echo);
                            exit(echo, "enough");
                            assertThat(receive(monitor, Down.class, ofSeconds(5)).reason())
                                    .isEqualTo(Staff.custom("enough"));
                            assertThat(receive(Exit.class, ofSeconds(5)))
                                    .isEqualTo(new Exit(echo, Staff.custom("enough")));
                        });
                assertThat(reason).isEqualTo(ExitReason.NORMAL);
            }
        }

        @Test
        void learnOfTheStopOfTheOther() {
            try (Node watching = small()) {
                Node stopping = small();
                Pid worker = stopping.spawn(() -> sleepForever());
                Pid stubborn =
                        stopping.spawn(() -> {
                            trapExits(true);
                            sleepForever();
                        });
                reached = new CountDownLatch(1);
                CountDownLatch ready = reached;
                Pid watcher =
                        watching.spawn(() -> {
                            Ref first = monitor(worker);
                            Ref second = monitor(stubborn);
                            reached.countDown();
                            TOLD.set(
                                    List.of(
                                            receive(first, Down.class).reason(),
                                            receive(second, Down.class).reason()));
                        });
                await(ready);
                eventually(() -> stopping.info(stubborn).orElseThrow().trapExits());
                assertThat(stopping.stop()).isTrue();
                eventually(() -> watching.info(watcher).isEmpty());
                assertThat(TOLD.get()).isEqualTo(List.of(ExitReason.SHUTDOWN, ExitReason.KILLED));
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("in time").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Nested
    class ANewIncarnation {
        /// Same name, another creation: what is left of the old one never reaches the new.
        @Test
        @Otp("P-09")
        void isAnotherNode() {
            Pid old;
            Node.Options options = Node.options().name("shop@here").schedulers(1);
            try (Node node = Node.start(options)) {
                old = node.spawn(() -> sleepForever());
                assertThat(old.node().name()).isEqualTo("shop@here");
            }
            try (Node node = Node.start(options)) {
                reached = new CountDownLatch(1);
                Pid fresh =
                        node.spawn(() -> {
                            reached.countDown();
                            receive();
                        });
                await(reached);
                assertThat(fresh.number()).isEqualTo(old.number());
                assertThat(fresh).isNotEqualTo(old);
                assertThat(fresh.node()).isNotEqualTo(old.node());
                assertThat(
                                node.run(() -> {
                                    send(old, "for the old one");
                                    assertThat(isAlive(old)).isFalse();
                                    assertThat(receive(monitor(old), Down.class).reason())
                                            .isEqualTo(ExitReason.NOPROC);
                                    assertThat(info(fresh).orElseThrow().messageQueueLength())
                                            .isZero();
                                }))
                        .isEqualTo(ExitReason.NORMAL);
            }
        }
    }

    @Nested
    class Stopping {
        @RepeatedTest(20)
        void endsAllProcessesAndClosesWhatTheyOwn() {
            Node node = Node.start(Node.options().schedulers(2));
            CLOSED.set(false);
            reached = new CountDownLatch(1);
            node.spawn(() -> {
                Owned.of(new Noted());
                reached.countDown();
                receive();
            });
            for (int i = 0; i < 50; i++) {
                node.spawn(() -> receive());
                node.spawn(() -> sleepForever());
                node.spawn(() -> Thread.sleep(100_000));
                node.spawn(() -> {
                    synchronized (new Object()) {
                        LockSupport.park();
                        while (true) {
                            receive();
                        }
                    }
                });
            }
            await(reached);
            assertThat(node.stop()).isTrue();
            assertThat(CLOSED).isTrue();
            assertThat(node.processCount()).isZero();
            assertThat(node.stop()).isTrue();
        }

        @Test
        void givesThoseWhoTrapExitsTimeToFinish() {
            Node node = small();
            COUNT.set(0);
            CountDownLatch ready = new CountDownLatch(1);
            reached = ready;
            node.spawn(() -> {
                trapExits(true);
                reached.countDown();
                Exit exit = receive(Exit.class);
                sleep(ofMillis(100));
                TOLD.set(exit.reason());
                COUNT.set(1);
            });
            await(ready);
            assertThat(node.stop()).isTrue();
            assertThat(COUNT).hasValue(1);
            assertThat(TOLD.get()).isEqualTo(ExitReason.SHUTDOWN);
        }

        @Test
        void byOneOfItsProcessesEndsTheOthersInOrder() {
            Node node = small();
            CLOSED.set(false);
            COUNT.set(0);
            reached = new CountDownLatch(1);
            CountDownLatch ready = reached;
            node.spawn(() -> {
                Owned.of(new Noted());
                reached.countDown();
                receive();
            });
            await(ready);
            node.spawn(() -> {
                node().stop();
                COUNT.set(1);
            });
            eventually(() -> COUNT.get() == 1);
            assertThat(CLOSED).isTrue();
        }

        @Test
        void byAGuestOfItsEndsTheOthersInOrder() {
            Node node = small();
            CLOSED.set(false);
            try (Guest guest = node.guest()) {
                Pid me = guest.pid();
                spawn(() -> {
                    Owned.of(new Noted());
                    send(me, new Go());
                    receive();
                });
                receive(Go.class, ofSeconds(5));
                assertThat(node.stop()).isTrue();
                assertThat(CLOSED).isTrue();
            }
        }

        @Test
        void makesItRefuseNewProcessesAndForgetItsTimers() {
            Node node = small();
            COUNT.set(0);
            Pid late;
            try (Node other = small()) {
                Pid target =
                        other.spawn(() -> {
                            while (true) {
                                receive(Go.class);
                                COUNT.incrementAndGet();
                            }
                        });
                node.run(() -> sendAfter(target, new Go(), ofMillis(60)));
                late = node.spawn(() -> sleepForever());
                node.stop();
                assertThatThrownBy(() -> node.spawn(() -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("stopped");
                assertThatThrownBy(node::guest).isInstanceOf(IllegalStateException.class);
                Pid gone = late;
                assertThat(other.run(() -> send(gone, "silent"))).isEqualTo(ExitReason.NORMAL);
                LockSupport.parkNanos(120_000_000);
                assertThat(COUNT).hasValue(0);
            }
        }

        @Test
        void endsItsThreads() {
            long before = platformThreads();
            for (int i = 0; i < 20; i++) {
                try (Node node = Node.start(Node.options().schedulers(3))) {
                    node.run(() -> spawn(() -> {}));
                }
            }
            eventually(() -> platformThreads() <= before + 2);
        }

        private static long platformThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("bureau-"))
                    .count();
        }

        /// Java code that nobody can stop is left behind, and said so.
        @Test
        void tellsWhetherCodeWasLeftRunning() {
            Node node = small();
            STOP.set(false);
            reached = new CountDownLatch(1);
            CountDownLatch ready = reached;
            node.spawn(() -> {
                reached.countDown();
                while (!STOP.get()) {
                    Thread.onSpinWait();
                }
            });
            await(ready);
            assertThat(node.stop()).isFalse();
            STOP.set(true);
        }

        private static final AtomicBoolean STOP = new AtomicBoolean();
    }

    /// The tests run with `-Djdk.trackAllThreads=false`: the JDK keeps no virtual thread alive by itself.
    @Nested
    class WhatNobodyRefersTo {
        private static void collect() {
            for (int i = 0; i < 5; i++) {
                System.gc();
                LockSupport.parkNanos(10_000_000);
            }
        }

        @Test
        void goesOnWaiting() {
            try (Node node = small()) {
                for (int i = 0; i < 2_000; i++) {
                    int kind = i % 4;
                    node.spawn(() -> {
                        switch (kind) {
                            case 0 -> receive(Go.class);
                            case 1 -> receive(Go.class, ofSeconds(1_000));
                            case 2 -> hibernate(() -> receive(Go.class));
                            default -> {
                                synchronized (new Object()) {
                                    receive(Go.class);
                                }
                            }
                        }
                    });
                }
                collect();
                assertThat(node.processCount()).isEqualTo(2_000);
                ExitReason reason =
                        node.run(() -> {
                            List<Pid> all = processes();
                            List<Ref> monitors =
                                    all.stream()
                                            .filter(pid -> !pid.equals(self()))
                                            .map(pid -> monitor(pid))
                                            .toList();
                            all.forEach(pid -> send(pid, new Go()));
                            int normal = 0;
                            for (Ref monitor : monitors.subList(0, 2_000)) {
                                normal += awaitDown(monitor).equals(NORMAL) ? 1 : 0;
                            }
                            COUNT.set(normal);
                        });
                assertThat(reason).isEqualTo(ExitReason.NORMAL);
                assertThat(COUNT).hasValue(2_000);
            }
        }

        /// Not even the node.
        @Test
        void goesOnWithItsNode() {
            COUNT.set(0);
            STOP_TICKING.set(false);
            reached = new CountDownLatch(1);
            startAndForget();
            collect();
            int seen = COUNT.get();
            eventually(() -> COUNT.get() > seen + 3);
            collect();
            int later = COUNT.get();
            eventually(() -> COUNT.get() > later + 3);
            STOP_TICKING.set(true);
            await(reached);
        }

        private static final AtomicBoolean STOP_TICKING = new AtomicBoolean();

        private static void startAndForget() {
            small().spawn(() -> {
                sendInterval(self(), new Go(), ofMillis(5));
                while (!STOP_TICKING.get()) {
                    receive(Go.class);
                    COUNT.incrementAndGet();
                }
                reached.countDown();
                node().stop();
            });
        }

        /// What has ended is let go of.
        @Test
        void isCollectedOnceItHasEnded() throws Exception {
            try (Node node = small()) {
                WeakReference<Object> held = heldByAProcess(node);
                for (int i = 0; i < 50 && held.get() != null; i++) {
                    collect();
                }
                assertThat(held.get()).isNull();
            }
        }

        private static WeakReference<Object> heldByAProcess(Node node) {
            node.run(() -> {
                String big = "x".repeat(100_000);
                WEAK.set(new WeakReference<>(big));
                send(self(), big);
            });
            return WEAK.get();
        }

        private static final AtomicReference<WeakReference<Object>> WEAK = new AtomicReference<>();
    }

    /// Without any flag the same programs run, on the JDK's scheduler.
    @Nested
    class WithoutFlags {
        /// The program: a bit of everything.
        public static final class Program {
            private Program() {}

            public static void main(String[] args) throws Exception {
                for (int round = 0; round < 2; round++) {
                    try (Node node = Node.start(Node.options().schedulers(2))) {
                        ExitReason reason = node.run(Program::everything);
                        System.out.println("ended: " + ExitReason.format(reason));
                    }
                }
            }

            private static void everything() {
                Pid boss = self();
                Pid echo =
                        spawn(() -> {
                            while (true) {
                                send(receive(Pid.class), "heard");
                            }
                        });
                for (int i = 0; i < 1_000; i++) {
                    send(echo, boss);
                    receive(String.class, ofSeconds(5));
                }
                Spawned loop =
                        spawnMonitor(() -> {
                            // As woven code does.
                            while (true) {
                                YieldPoint.poll();
                            }
                        });
                exit(loop.pid(), KILL);
                receive(loop.monitor(), Down.class, ofSeconds(20));
                List<Spawned> many = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    int n = i;
                    many.add(spawnMonitor(() -> send(boss, n)));
                }
                long sum = 0;
                for (Spawned one : many) {
                    sum += receive(Integer.class, ofSeconds(5));
                    receive(one.monitor(), Down.class, ofSeconds(5));
                }
                sendAfter(boss, "timer", ofMillis(5));
                receive(String.class, ofSeconds(5));
                Pid blocked = spawn(() -> Thread.sleep(100_000));
                suspend(echo);
                resume(echo);
                exit(blocked, KILL);
                receive(monitor(blocked), Down.class, ofSeconds(5));
                trapExits(true);
                Pid linked = spawnLink(() -> exit("reason"));
                if (!receive(Exit.class, ofSeconds(5)).from().equals(linked)) {
                    throw new AssertionError("not from the linked one");
                }
                stack(echo);
                System.out.println("sum: " + sum + ", " + info(echo).orElseThrow().status());
            }
        }

        @Test
        void runsTheSameProgramsAndSaysOnceHowToDoBetter() throws Exception {
            ChildJvm child = ChildJvm.run(Program.class);
            assertThat(child.output()).contains("sum: 499500, WAITING", "ended: normal");
            assertThat(child.output().split("ended: normal", -1)).hasSize(3);
            assertThat(child.output().lines().filter(line -> line.contains("--add-opens")))
                    .hasSize(1);
            assertThat(child.exit()).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-XX:+UseSerialGC",
                    "-XX:+UseParallelGC",
                    "-XX:+UseG1GC",
                    "-XX:+UseZGC",
                    "-XX:+UseShenandoahGC"
                })
        void runsOnOwnCarriersWithEveryCollector(String collector) throws Exception {
            ChildJvm child =
                    ChildJvm.run(
                            Program.class,
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "-Djdk.trackAllThreads=false",
                            collector);
            assertThat(child.output()).contains("sum: 499500, WAITING");
            assertThat(child.output().split("ended: normal", -1)).hasSize(3);
            assertThat(child.output()).doesNotContain("--add-opens");
        }
    }
}
