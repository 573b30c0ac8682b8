package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lent threads that have nothing to do and stay on their carrier, while it runs others on top of them.
@Timeout(60)
class HostTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Called by a worker: returns on top of a lent thread, which it returns.
    private static Thread comeOnTop(Worker self) {
        Server server = answering(self, () -> {});
        LentThread host;
        do {
            ask(server, self);
            host = self.carrier.host();
        } while (host == null);
        return host.thread();
    }

    /// One that looks at something, then signals `self`, each time that it is signalled.
    private static Server answering(Worker self, Runnable look) {
        return Server.start(
                self.scheduler(),
                Integer.MAX_VALUE,
                () -> {
                    look.run();
                    self.signal();
                });
    }

    private static void ask(Server server, Worker self) {
        server.signal();
        self.await();
    }

    private static void onTop(Worker.Action body) throws Exception {
        onTop(1, body);
    }

    private static void onTop(int carriers, Worker.Action body) throws Exception {
        try (Scheduler scheduler = Scheduler.start("hosts", carriers)) {
            Worker worker =
                    Worker.run(
                            scheduler,
                            () -> {
                                comeOnTop(Worker.self());
                                body.run();
                            });
            assertThat(worker.endsWithin(LIMIT)).isTrue();
        }
    }

    @Test
    void hasNothingOfItsHostInItsStack() throws Exception {
        onTop(() -> {
            var seen = new ArrayList<>(classes(new Throwable().getStackTrace()));
            seen.addAll(classes(Thread.currentThread().getStackTrace()));
            StackWalker.getInstance().forEach(frame -> seen.add(frame.getClassName()));
            assertThat(seen)
                    .contains(Worker.class.getName())
                    .doesNotContain(Carrier.class.getName(), LentThread.class.getName());
            assertThat(Thread.currentThread()).isSameAs(Worker.self().thread());
        });
    }

    private static List<String> classes(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(StackTraceElement::getClassName).toList();
    }

    /// Whoever looks at all threads is not to wait for one that comes back when another lets it.
    @Test
    void aHostIsToOthersWhatDoesNotRun(@TempDir Path folder) throws Exception {
        Path dump = folder.resolve("threads.txt");
        var host = new AtomicReference<Thread>();
        var over = new AtomicBoolean();
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            Worker endless =
                    Worker.run(
                            scheduler,
                            () -> {
                                host.set(comeOnTop(Worker.self()));
                                while (!over.get()) Thread.onSpinWait();
                            });
            while (host.get() == null) Thread.onSpinWait();
            assertThat(host.get().getStackTrace()).isEmpty();
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(
                            dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            assertThat(classes(endless.thread().getStackTrace())).contains(Worker.class.getName());
            over.set(true);
            assertThat(endless.endsWithin(LIMIT)).isTrue();
        }
        assertThat(Files.readString(dump)).contains("hosts-carrier-0");
    }

    @Test
    void anInterruptOfItsHostIsNotMeantForIt() throws Exception {
        onTop(() -> {
            Worker self = Worker.self();
            comeOnTop(self).interrupt();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(self.carrier.isInterrupted()).isFalse();
        });
    }

    @Test
    void anInterruptOfItIsNotMeantForItsHost() throws Exception {
        onTop(() -> {
            Worker self = Worker.self();
            Thread.currentThread().interrupt();
            var seen = new ConcurrentLinkedQueue<Boolean>();
            Server server =
                    answering(self, () -> seen.add(Fiber.current().carrier.isInterrupted()));
            for (int i = 0; i < 20; i++) ask(server, self);
            assertThat(seen).hasSize(20).containsOnly(false);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    @Test
    void keepsWhatBelongsToItsThread() throws Exception {
        onTop(() -> {
            Worker self = Worker.self();
            var seen = new ConcurrentLinkedQueue<String>();
            Server server =
                    answering(
                            self,
                            () -> {
                                seen.add(SCOPED.orElse("none") + LOCAL.get());
                                LOCAL.set("the server's");
                                ScopedValue.where(SCOPED, "the server's")
                                        .run(() -> seen.add(SCOPED.get()));
                            });
            LOCAL.set("mine");
            ScopedValue.where(SCOPED, "mine")
                    .run(() -> {
                        for (int i = 0; i < 100; i++) {
                            assertThat(SCOPED.get()).isEqualTo("mine");
                            ask(server, self);
                            assertThat(SCOPED.get()).isEqualTo("mine");
                            assertThat(LOCAL.get()).isEqualTo("mine");
                        }
                    });
            assertThat(seen).hasSize(200).containsOnly("nonenull", "the server's");
        });
    }

    @Test
    void mayRecurseAsDeepAsAnybodyAndGoesOnAfterAnOverflow() throws Exception {
        onTop(() -> {
            int[] depth = {0};
            try {
                recurse(depth);
            } catch (StackOverflowError expected) {
                // As deep as the stack allows.
            }
            assertThat(depth[0]).isGreaterThan(10_000);
            comeOnTop(Worker.self());
        });
    }

    private static void recurse(int[] depth) {
        if (++depth[0] > 0) recurse(depth);
    }

    /// One lent thread runs on top of another, and is done: what is next does not run on top of both.
    @Test
    void stacksDoNotGrow() throws Exception {
        int onTop = 0;
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            // The end of a slice may always come between.
            for (int round = 0; round < 200; round++)
                onTop += runOneAfterTheOther(scheduler) ? 1 : 0;
        }
        assertThat(onTop).isPositive();
    }

    /// Whether two ran on top of another one after the other, the first a lent thread.
    private static boolean runOneAfterTheOther(Scheduler scheduler) throws Exception {
        var underBlocked = new AtomicReference<LentThread>();
        var host = new AtomicReference<LentThread>();
        Worker last =
                Worker.run(
                        scheduler,
                        () -> {
                            Worker.self().await();
                            host.set(Worker.self().carrier.host());
                        });
        var blocked = new AtomicReference<Thread>();
        Server server =
                Server.start(
                        scheduler,
                        2,
                        () -> {
                            if (blocked.getAndSet(Thread.currentThread()) == null) return;
                            LockSupport.park();
                            underBlocked.set(Fiber.current().carrier.host());
                            last.signal();
                        });
        server.signal();
        while (blocked.get() == null || server.thread() != null) Thread.onSpinWait();
        server.signal();
        while (blocked.get().getState() != Thread.State.WAITING) Thread.onSpinWait();
        Worker.run(
                scheduler,
                () -> {
                    comeOnTop(Worker.self());
                    LockSupport.unpark(blocked.get());
                });
        assertThat(last.endsWithin(LIMIT)).isTrue();
        server.await();
        if (underBlocked.get() == null || host.get() == null) return false;
        assertThat(host.get().thread()).isNotSameAs(blocked.get());
        return true;
    }

    /// All that makes a thread leave its carrier, and come back on the same or another: with monitors that it holds meanwhile.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leavesAndComesBackHoldingMonitors(int carriers) throws Exception {
        int rounds = 300;
        int workers = 6;
        int[] counted = {0};
        Object inner = new Object();
        try (Scheduler scheduler = Scheduler.start("hosts", carriers)) {
            List<Worker> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                all.add(
                        Worker.run(
                                scheduler,
                                () -> {
                                    Worker self = Worker.self();
                                    comeOnTop(self);
                                    Object mine = new Object();
                                    Server server =
                                            answering(
                                                    self,
                                                    () -> {
                                                        synchronized (inner) {
                                                            Thread.yield();
                                                        }
                                                    });
                                    for (int n = 0; n < rounds; n++) {
                                        synchronized (mine) {
                                            ask(server, self);
                                            synchronized (counted) {
                                                int before = counted[0];
                                                if (n % 3 == 0) Thread.yield();
                                                if (n % 50 == 0) counted.wait(1);
                                                else LockSupport.parkNanos(1);
                                                if (n % 50 == 0) before = counted[0];
                                                counted[0] = before + 1;
                                            }
                                            assertThat(Thread.holdsLock(mine)).isTrue();
                                        }
                                        if (n % 100 == 0) comeOnTop(self);
                                    }
                                }));
            }
            for (Worker each : all) assertThat(each.endsWithin(LIMIT)).isTrue();
        }
        assertThat(counted[0]).isEqualTo(rounds * workers);
    }

    /// A lock of the scheduler's own, held by somebody else when it is to go to the background.
    @Test
    void waitsOnItsCarrierIfItHasTo() throws Exception {
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            Background background = ((CarrierScheduler) scheduler).shared().background();
            var over = new AtomicBoolean();
            var times = new AtomicInteger();
            Worker endless =
                    Worker.run(
                            scheduler,
                            () -> {
                                Worker self = Worker.self();
                                while (!over.get()) {
                                    comeOnTop(self);
                                    // Ends with its slice, which puts it into the background.
                                    int slices = self.slices();
                                    while (self.slices() == slices && !over.get()) self.giveWay();
                                    times.getAndIncrement();
                                }
                            });
            Worker other =
                    Worker.run(
                            scheduler,
                            () -> {
                                while (!over.get()) Worker.self().giveWay();
                            });
            while (times.get() < 50) {
                synchronized (background) {
                    LockSupport.parkNanos(5_000_000);
                }
                LockSupport.parkNanos(1_000_000);
            }
            over.set(true);
            assertThat(endless.endsWithin(LIMIT)).isTrue();
            assertThat(other.endsWithin(LIMIT)).isTrue();
        }
    }

    @Test
    void anInterruptOfItsHostIsNotMeantForTheNextThere() throws Exception {
        onTop(() -> {
            Worker self = Worker.self();
            var seen = new ConcurrentLinkedQueue<Boolean>();
            Server server = answering(self, () -> seen.add(Thread.currentThread().isInterrupted()));
            for (int i = 0; i < 20; i++) {
                comeOnTop(self).interrupt();
                ask(server, self);
            }
            assertThat(seen).hasSize(20).containsOnly(false);
        });
    }

    @Test
    void goesOnWhenItsLaneIsGivenAway() throws Exception {
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            var over = new AtomicBoolean();
            Worker endless =
                    Worker.run(
                            scheduler,
                            () -> {
                                comeOnTop(Worker.self());
                                while (!over.get()) Thread.onSpinWait();
                                comeOnTop(Worker.self());
                            });
            // Until a spare has the lane nobody else runs.
            Worker other = Worker.run(scheduler, () -> comeOnTop(Worker.self()));
            assertThat(other.endsWithin(LIMIT)).isTrue();
            over.set(true);
            assertThat(endless.endsWithin(LIMIT)).isTrue();
        }
    }

    @Test
    void endsWithItsScheduler() throws Exception {
        var carrier = new AtomicReference<Carrier>();
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            Worker.run(
                    scheduler,
                    () -> {
                        comeOnTop(Worker.self());
                        carrier.set(Worker.self().carrier);
                        while (!carrier.get().scheduler().isStopped()) Thread.onSpinWait();
                        Worker.self().await();
                    });
            while (carrier.get() == null) Thread.onSpinWait();
        }
        carrier.get().join(LIMIT.toMillis());
        assertThat(carrier.get().isAlive()).isFalse();
    }

    @Test
    void itsOwnThreadsRunOnTopToo() throws Exception {
        onTop(() -> {
            for (int i = 0; i < 100; i++) {
                comeOnTop(Worker.self());
                var ran = new AtomicBoolean();
                Thread inner =
                        Thread.ofVirtual()
                                .start(() -> {
                                    Thread.yield();
                                    ran.set(true);
                                });
                inner.join();
                assertThat(ran).isTrue();
            }
        });
    }

    /// It has yielded before: so it is not the JDK that ends it.
    @Test
    void itsThreadEndsWhateverItThrows() throws Exception {
        var thread = new AtomicReference<Thread>();
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            Worker worker =
                    Worker.run(
                            scheduler,
                            () -> {
                                Worker self = Worker.self();
                                comeOnTop(self);
                                thread.set(Thread.currentThread());
                                Thread.currentThread()
                                        .setUncaughtExceptionHandler((_, _) -> {
                                            throw new IllegalStateException("on purpose");
                                        });
                                self.endsByThrowing();
                            });
            assertThat(worker.endsWithin(LIMIT)).isTrue();
            thread.get().join(LIMIT);
            assertThat(thread.get().isAlive()).isFalse();
            assertThat(Worker.run(scheduler, () -> comeOnTop(Worker.self())).endsWithin(LIMIT))
                    .isTrue();
        }
    }

    /// However long it computes, it gives way like anybody.
    @Test
    void givesWayOnTop() throws Exception {
        var over = new AtomicBoolean();
        try (Scheduler scheduler = Scheduler.start("hosts", 1)) {
            var ready = new CountDownLatch(1);
            Worker endless =
                    Worker.run(
                            scheduler,
                            () -> {
                                comeOnTop(Worker.self());
                                ready.countDown();
                                while (!over.get()) Worker.self().giveWay();
                            });
            ready.await();
            Worker other = Worker.run(scheduler, () -> comeOnTop(Worker.self()));
            assertThat(other.endsWithin(LIMIT)).isTrue();
            over.set(true);
            assertThat(endless.endsWithin(LIMIT)).isTrue();
        }
    }
}
