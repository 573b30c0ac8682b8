package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Java threads that Bureau has not started, as processes.
class GuestSignalsTest {
    record Double(int n) implements Call<Integer> {}

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final AtomicReference<Object> TOLD = new AtomicReference<>();
    private static final AtomicBoolean CLOSED = new AtomicBoolean();

    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(Node.options().schedulers(2));
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private static Pid doubler(Node on) {
        return on.spawn(() -> {
            while (true) {
                Request request = receive(Request.class);
                if (request.payload() instanceof Double twice) {
                    reply(request.from().as(twice), 2 * twice.n());
                }
            }
        });
    }

    /// Runs `body` on a new thread; throws what it threw.
    private static void onAThread(Thread.Builder builder, Body body) throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread =
                builder.start(() -> {
                    try {
                        body.run();
                        end.complete(null);
                    } catch (Throwable thrown) {
                        end.completeExceptionally(thrown);
                    }
                });
        end.get(30, TimeUnit.SECONDS);
        thread.join();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("in time").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Nested
    class AnyThread {
        @Test
        void isAGuestOfTheDefaultNodeOnFirstUse() throws Exception {
            for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                onAThread(
                        builder,
                        () -> {
                            Pid me = self();
                            assertThat(self()).isEqualTo(me);
                            assertThat(node()).isSameAs(Node.getDefault());
                            assertThat(processes()).contains(me);
                            TOLD.set(me);
                        });
                Pid ended = (Pid) TOLD.get();
                eventually(() -> Node.getDefault().info(ended).isEmpty());
            }
        }

        @Test
        void sendsReceivesCallsMonitorsAndSetsTimers() throws Exception {
            for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                onAThread(
                        builder,
                        () -> {
                            try (Guest guest = node.guest()) {
                                Pid me = guest.pid();
                                assertThat(self()).isEqualTo(me);
                                assertThat(call(doubler(node), new Double(21))).isEqualTo(42);
                                spawn(() -> send(me, "hello"));
                                assertThat(receive(String.class, LIMIT)).isEqualTo("hello");
                                Ref monitor = monitor(spawn(() -> exit("gone")));
                                assertThat(receive(monitor, Down.class, LIMIT).reason())
                                        .isIn(Staff.custom("gone"), ExitReason.NOPROC);
                                Ref timer = startTimer(me, "ring", ofMillis(5));
                                assertThat(receive(timer, Timeout.class, LIMIT).message())
                                        .isEqualTo("ring");
                                assertThatThrownBy(() -> receive(String.class, ofMillis(5)))
                                        .isInstanceOf(ReceiveTimeout.class);
                                register("guest", me);
                                send("guest", 1);
                                assertThat(receive(Integer.class, LIMIT)).isEqualTo(1);
                                sleep(ofMillis(3));
                            }
                        });
            }
        }

        @Test
        void hasAnInfoLikeAnybody() {
            try (Guest guest = node.guest()) {
                send(self(), "unread");
                label("the guest");
                ProcessInfo info = info(guest.pid()).orElseThrow();
                assertThat(info.status()).isEqualTo(ProcessInfo.Status.RUNNING);
                assertThat(info.messageQueueLength()).isEqualTo(1);
                assertThat(info.label()).contains("the guest");
                assertThat(info.parent()).isEmpty();
                assertThat(info.initialCall()).isEqualTo("a Java thread");
                assertThat(stack(self())).isNotEmpty();
            }
        }

        /// Ten thousand round trips, with the guest's thread parked and woken for each.
        @Test
        void losesNoWakeUp() throws Exception {
            for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                onAThread(
                        builder,
                        () -> {
                            try (Guest guest = node.guest()) {
                                assertThat(guest.pid()).isEqualTo(self());
                                Pid server = doubler(node);
                                for (int i = 0; i < 10_000; i++) {
                                    assertThat(call(server, new Double(i))).isEqualTo(2 * i);
                                }
                            }
                        });
            }
        }

        @Test
        void cannotGiveItsStackUp() {
            try (Guest guest = node.guest()) {
                assertThat(guest.pid()).isEqualTo(self());
                assertThatThrownBy(() -> hibernate(() -> {}))
                        .isInstanceOf(IllegalStateException.class);
                send(self(), "x");
                hibernate();
                assertThat(receive(String.class)).isEqualTo("x");
            }
        }

        @Test
        void hasItsPriorityAndSuspensionLikeAnybody() throws Exception {
            try (Guest guest = node.guest()) {
                Pid me = guest.pid();
                Pid suspender =
                        spawn(() -> {
                            suspend(me);
                            sleep(ofMillis(50));
                            resume(me);
                        });
                long begin = System.nanoTime();
                while (isAlive(suspender)) {
                    assertThat(System.nanoTime() - begin).isLessThan(LIMIT.toNanos());
                }
            }
        }
    }

    @Nested
    class TheEnd {
        @RepeatedTest(20)
        void comesWithTheThread() throws Exception {
            CountDownLatch watched = new CountDownLatch(1);
            AtomicReference<Pid> guest = new AtomicReference<>();
            CountDownLatch entered = new CountDownLatch(1);
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                Guest open = node.guest();
                                guest.set(open.pid());
                                entered.countDown();
                                try {
                                    watched.await();
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            });
            entered.await();
            try (Guest me = node.guest()) {
                assertThat(me.pid()).isNotEqualTo(guest.get());
                trapExits(true);
                link(guest.get());
                Ref monitor = monitor(guest.get());
                watched.countDown();
                assertThat(receive(monitor, Down.class, LIMIT).reason())
                        .isEqualTo(ExitReason.NORMAL);
                assertThat(receive(Exit.class, LIMIT))
                        .isEqualTo(new Exit(guest.get(), ExitReason.NORMAL));
            }
            thread.join();
        }

        @Test
        void comesWithTheCloseAndTheThreadIsWhatItWasBefore() {
            Pid before = self();
            Pid inner;
            try (Guest outer = node.guest()) {
                assertThat(self()).isEqualTo(outer.pid());
                try (Node other = Node.start(Node.options().schedulers(1));
                        Guest nested = other.guest()) {
                    inner = nested.pid();
                    assertThat(self()).isEqualTo(inner);
                    assertThat(node()).isSameAs(other);
                }
                assertThat(self()).isEqualTo(outer.pid());
                assertThat(isAlive(inner)).isFalse();
            }
            assertThat(self()).isEqualTo(before);
            assertThat(isAlive(before)).isTrue();
        }

        /// The thread is not ours to end: its next operation throws, and then it is somebody new.
        @RepeatedTest(20)
        void bySignalShowsAtTheNextOperation() {
            for (Body waiting :
                    List.<Body>of(
                            () -> receive(String.class, LIMIT),
                            () -> sleep(LIMIT),
                            () -> call(Staff.idle(), new Double(1)),
                            () -> {
                                while (true) {
                                    self();
                                    processes();
                                    isAlive(self());
                                }
                            })) {
                try (Guest guest = node.guest()) {
                    Pid me = guest.pid();
                    Pid killer =
                            spawn(() -> {
                                sleep(ofMillis(2));
                                exit(me, "out");
                            });
                    assertThat(killer).isNotNull();
                    assertThatThrownBy(waiting::run)
                            .isInstanceOfSatisfying(
                                    ExitException.class,
                                    exit ->
                                            assertThat(exit.reason())
                                                    .isEqualTo(Staff.custom("out")));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(self()).isNotEqualTo(me);
                }
            }
        }

        @Test
        void bySignalIsToldToLinksAndMonitorsAtOnce() throws Exception {
            AtomicReference<Pid> guest = new AtomicReference<>();
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread busy =
                    Thread.ofPlatform()
                            .start(() -> {
                                guest.set(node.guest().pid());
                                entered.countDown();
                                try {
                                    done.await();
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            });
            entered.await();
            try (Guest me = node.guest()) {
                assertThat(me.pid()).isEqualTo(self());
                Ref monitor = monitor(guest.get());
                exit(guest.get(), KILL);
                assertThat(receive(monitor, Down.class, LIMIT).reason())
                        .isEqualTo(ExitReason.KILLED);
                assertThat(busy.isAlive()).isTrue();
            }
            done.countDown();
            busy.join();
        }

        @Test
        void closesWhatItOwns() throws Exception {
            CLOSED.set(false);
            onAThread(
                    Thread.ofPlatform(),
                    () -> {
                        Guest guest = node.guest();
                        assertThat(guest.pid()).isEqualTo(self());
                        Owned.of(() -> CLOSED.set(true));
                    });
            eventually(CLOSED::get);
        }

        @Test
        void trappedIsAMessage() {
            try (Guest guest = node.guest()) {
                trapExits(true);
                Pid linked = spawnLink(() -> exit("crash"));
                assertThat(receive(Exit.class, LIMIT))
                        .isEqualTo(new Exit(linked, Staff.custom("crash")));
                assertThat(isAlive(guest.pid())).isTrue();
            }
        }
    }

    @Nested
    class AnInterrupt {
        /// Java's way to stop a thread ends the wait, by an exception, with the flag set again.
        @Test
        void endsAWaitAndKeepsTheFlag() throws Exception {
            onAThread(
                    Thread.ofPlatform(),
                    () -> {
                        try (Guest guest = node.guest()) {
                            for (Body waiting :
                                    List.<Body>of(
                                            () -> receive(String.class),
                                            () -> receive(String.class, LIMIT),
                                            () -> sleep(LIMIT),
                                            () -> hibernate())) {
                                Thread me = Thread.currentThread();
                                Thread.ofVirtual()
                                        .start(() -> {
                                            LockSupport.parkNanos(3_000_000);
                                            me.interrupt();
                                        });
                                assertThatThrownBy(waiting::run)
                                        .isInstanceOf(ExitException.class)
                                        .hasMessageContaining("interrupted");
                                assertThat(Thread.interrupted()).isTrue();
                                assertThat(isAlive(guest.pid())).isTrue();
                            }
                        }
                    });
        }

        @Test
        void ofACallLeavesNoAnswerBehind() throws Exception {
            onAThread(
                    Thread.ofPlatform(),
                    () -> {
                        try (Guest guest = node.guest()) {
                            Pid me = guest.pid();
                            Pid slow =
                                    spawn(() -> {
                                        Request request = receive(Request.class);
                                        receive(Go.class);
                                        reply(request.from().as(new Double(1)), 2);
                                        send(me, new Go());
                                    });
                            Thread thread = Thread.currentThread();
                            Thread.ofVirtual()
                                    .start(() -> {
                                        LockSupport.parkNanos(5_000_000);
                                        thread.interrupt();
                                    });
                            assertThatThrownBy(() -> call(slow, new Double(1)))
                                    .isInstanceOf(ExitException.class);
                            assertThat(Thread.interrupted()).isTrue();
                            send(slow, new Go());
                            assertThat(receive(Object.class, LIMIT)).isEqualTo(new Go());
                            assertThat(poll(Object.class, ofMillis(20))).isEmpty();
                        }
                    });
        }
    }

    @Nested
    class Libraries {
        /// Threads that code inside a process has made are no process of ours: each is a guest.
        @Test
        void inAProcessMakeThreadsThatAreGuests() throws Exception {
            TOLD.set(null);
            ExitReason reason =
                    node.run(() -> {
                        Pid maker = self();
                        Set<Pid> seen = ConcurrentHashMap.newKeySet();
                        try (ExecutorService executor =
                                Executors.newVirtualThreadPerTaskExecutor()) {
                            List<Future<Object>> futures = new ArrayList<>();
                            for (int i = 0; i < 50; i++) {
                                futures.add(
                                        executor.submit(() -> {
                                            seen.add(self());
                                            return send(maker, "from a helper");
                                        }));
                            }
                            for (Future<Object> future : futures) {
                                future.get();
                            }
                        }
                        assertThat(seen).hasSize(50).doesNotContain(maker);
                        assertThat(self()).isEqualTo(maker);
                        for (int i = 0; i < 50; i++) {
                            receive(String.class, LIMIT);
                        }
                    });
            assertThat(reason).isEqualTo(ExitReason.NORMAL);
        }

        @Test
        void inAProcessCallOtherProcesses() {
            Pid server = doubler(node);
            ExitReason reason =
                    node.run(() -> {
                        List<CompletableFuture<Integer>> futures =
                                IntStream.range(0, 50)
                                        .mapToObj(n ->
                                                CompletableFuture.supplyAsync(
                                                        () -> call(server, new Double(n)),
                                                        task -> Thread.startVirtualThread(task)))
                                        .toList();
                        int sum = futures.stream().mapToInt(CompletableFuture::join).sum();
                        assertThat(sum).isEqualTo(49 * 50);
                        int other =
                                IntStream.range(0, 50)
                                        .parallel()
                                        .map(n -> call(server, new Double(n)))
                                        .sum();
                        assertThat(other).isEqualTo(49 * 50);
                    });
            assertThat(reason).isEqualTo(ExitReason.NORMAL);
        }

        @Test
        void outsideCallFromManyThreadsAtOnce() throws Exception {
            Pid server = doubler(node);
            Set<Integer> answers = ConcurrentHashMap.newKeySet();
            try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
                List<Future<?>> futures = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    int n = i;
                    futures.add(pool.submit(() -> answers.add(call(server, new Double(n)))));
                }
                for (Future<?> future : futures) {
                    future.get();
                }
            }
            assertThat(answers).hasSize(400);
        }
    }

    @Nested
    class TheWatchOfThreads {
        /// A pool's threads come and go: nothing of their guests stays.
        @Test
        void leavesNothingBehind() throws Exception {
            int before = Node.getDefault().processCount();
            Set<Pid> seen = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                AtomicReference<Pid> pid = new AtomicReference<>();
                Thread thread = Thread.ofVirtual().start(() -> pid.set(self()));
                thread.join();
                seen.add(pid.get());
            }
            assertThat(seen).hasSize(200);
            eventually(() -> Node.getDefault().processCount() <= before);
        }
    }
}
