package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fibers that give their thread up while there is nothing to do, and get another when there is.
class LentThreadTest {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    /// Each finds its own, on threads that others have had before.
    @Test
    void hasTheContextClassLoaderOfWhoMadeIt() throws InterruptedException {
        Thread me = Thread.currentThread();
        ClassLoader before = me.getContextClassLoader();
        var found = new ConcurrentLinkedQueue<ClassLoader>();
        var expected = new ArrayList<ClassLoader>();
        try (Scheduler scheduler = Scheduler.start("loaders", 1)) {
            List<Server> servers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ClassLoader mine = new ClassLoader("loader " + i, before) {};
                me.setContextClassLoader(mine);
                expected.add(mine);
                servers.add(
                        Server.start(
                                scheduler,
                                2,
                                () -> found.add(Thread.currentThread().getContextClassLoader())));
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < servers.size(); i++) {
                    servers.get(i).signal();
                    int seen = round * servers.size() + i + 1;
                    while (found.size() < seen) Thread.onSpinWait();
                }
            }
        } finally {
            me.setContextClassLoader(before);
        }
        expected.addAll(List.copyOf(expected));
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void holdsNoThreadBetween() throws InterruptedException {
        try (Scheduler scheduler = Scheduler.start("lent", 1)) {
            List<Fiber> seen = new ArrayList<>();
            Server server = Server.start(scheduler, 3, () -> seen.add(Fiber.current()));
            for (int i = 1; i <= 3; i++) {
                server.signal();
                int count = 3 - i;
                await(() -> server.left.getCount() == count && server.thread() == null);
            }
            assertThat(seen).containsExactly(server, server, server);
        }
    }

    @Test
    void leavesNothingForTheNextOnItsThread() throws InterruptedException {
        try (Scheduler scheduler = Scheduler.start("lent", 1)) {
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
            List<Server> servers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                servers.add(
                        Server.start(
                                scheduler,
                                50,
                                () -> {
                                    threads.add(Thread.currentThread());
                                    seen.add(
                                            LOCAL.get()
                                                    + " "
                                                    + Thread.currentThread().isInterrupted()
                                                    + Thread.currentThread().getName());
                                    LOCAL.set("mine");
                                    Thread.currentThread().setName("mine");
                                    Thread.currentThread().interrupt();
                                }));
            }
            for (int i = 0; i < 50; i++) {
                for (Server server : servers) {
                    server.signal();
                    int left = 49 - i;
                    await(() -> server.left.getCount() == left && server.thread() == null);
                }
            }
            assertThat(seen).hasSize(100).allMatch("null false"::equals);
            assertThat(threads.stream().distinct().count()).isLessThan(10);
        }
    }

    @Test
    void keepsItsThreadWhileItBlocks() throws InterruptedException {
        try (Scheduler scheduler = Scheduler.start("lent", 1)) {
            CountDownLatch gate = new CountDownLatch(1);
            ConcurrentLinkedQueue<Boolean> same = new ConcurrentLinkedQueue<>();
            Server blocked =
                    Server.start(
                            scheduler,
                            2,
                            () -> {
                                LOCAL.set("mine");
                                Thread before = Thread.currentThread();
                                awaitQuietly(gate);
                                same.add(
                                        before == Thread.currentThread()
                                                && "mine".equals(LOCAL.get()));
                            });
            Server other = Server.start(scheduler, 10, () -> {});
            blocked.signal();
            blocked.signal();
            for (int i = 0; i < 10; i++) other.signal();
            other.await();
            gate.countDown();
            blocked.await();
            assertThat(same).containsExactly(true, true);
        }
    }

    /// The JDK submits threads once too often when their stacks are looked at.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void runsOnceForEachSignalWhoeverLooksAtItsStack(int carriers) throws InterruptedException {
        runsOnceForEachSignal(
                carriers,
                server -> {
                    Thread thread = server.thread();
                    if (thread != null) thread.getStackTrace();
                });
    }

    /// What that comes to, far more often than the JDK does it: while it sleeps, runs, blocks, or has given its thread to
    /// another.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void runsOnceForEachSignalHoweverOftenItIsQueued(int carriers) throws InterruptedException {
        runsOnceForEachSignal(carriers, server -> server.scheduler.enqueue(server));
    }

    /// Nothing is lost and nothing runs twice, whatever somebody does to all servers all the time.
    private static void runsOnceForEachSignal(int carriers, Consumer<Server> disturbing)
            throws InterruptedException {
        int signals = 3_000;
        try (Scheduler scheduler = Scheduler.start("lent", carriers)) {
            List<Server> servers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean blocks = i % 2 == 0;
                AtomicInteger turn = new AtomicInteger();
                servers.add(
                        Server.start(
                                scheduler,
                                signals,
                                () -> {
                                    if (blocks && turn.getAndIncrement() % 3 == 0) Thread.yield();
                                    if (blocks && turn.get() % 50 == 0) LockSupport.parkNanos(1);
                                }));
            }
            Thread disturber =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!Thread.interrupted()) {
                                    servers.forEach(disturbing);
                                    // Queues are to be emptied too.
                                    LockSupport.parkNanos(20_000);
                                }
                            });
            Thread other = Thread.ofPlatform().start(() -> signal(servers, signals / 2));
            signal(servers, signals - signals / 2);
            other.join();
            for (Server server : servers) server.await();
            disturber.interrupt();
            disturber.join();
        }
    }

    private static void signal(List<Server> servers, int times) {
        for (int i = 0; i < times; i++) servers.forEach(Server::signal);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(10_000);
        }
    }
}
