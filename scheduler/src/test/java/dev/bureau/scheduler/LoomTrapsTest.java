package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.bureau.scheduler.jdk.ProcessThreads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.ObjectName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong with schedulers of one's own under virtual threads, each as a test.
class LoomTrapsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static void assertEnds(Worker... workers) throws Exception {
        for (Worker worker : workers) {
            assertThat(worker.endsWithin(LIMIT)).isTrue();
        }
    }

    /// A thread that cannot leave its carrier waits on it; who shall wake it needs another.
    @Nested
    class Pinned {
        static volatile Worker initialising;

        static final class WaitsInItsInitialiser {
            static final String VALUE;

            static {
                initialising = Worker.self();
                Worker.self().await();
                VALUE = "initialised";
            }

            private WaitsInItsInitialiser() {}
        }

        /// Its waker, and one that waits for the class too: in the VM, which gives nothing back either.
        @Test
        void aWaitInAClassInitialiserEndsAlsoOnASingleCarrier() throws Exception {
            try (Scheduler scheduler = Scheduler.start("clinit", 1)) {
                Worker first =
                        Worker.run(
                                scheduler,
                                () ->
                                        assertThat(WaitsInItsInitialiser.VALUE)
                                                .isEqualTo("initialised"));
                Worker second =
                        Worker.run(
                                scheduler,
                                () -> {
                                    while (initialising == null) {
                                        Thread.yield();
                                    }
                                    assertThat(WaitsInItsInitialiser.VALUE)
                                            .isEqualTo("initialised");
                                });
                long limit = System.nanoTime() + LIMIT.toNanos();
                while (initialising == null
                        || !initialising.isWaiting()
                        || !waitsForTheClass(second)) {
                    assertThat(System.nanoTime()).as("both wait").isLessThan(limit);
                    LockSupport.parkNanos(1_000_000);
                }
                Worker waker = Worker.run(scheduler, () -> initialising.signal());
                assertEnds(first, second, waker);
            }
        }

        /// Its state is RUNNABLE and its carrier's too: only a dump of the threads tells.
        private static boolean waitsForTheClass(Worker worker) throws Exception {
            String dump =
                    (String)
                            ManagementFactory.getPlatformMBeanServer()
                                    .invoke(
                                            new ObjectName(
                                                    "com.sun.management:type=DiagnosticCommand"),
                                            "threadPrint",
                                            new Object[] {new String[0]},
                                            new String[] {String[].class.getName()});
            int mounted = dump.indexOf("Mounted virtual thread #" + worker.thread().threadId());
            return mounted >= 0
                    && dump.substring(mounted, dump.indexOf("\n\n", mounted))
                            .contains(
                                    "waiting on the Class initialization monitor for "
                                            + WaitsInItsInitialiser.class.getName());
        }

        static final class Late {}

        public static final class UsesLate implements Runnable {
            @Override
            public void run() {
                assertThat(new Late()).isNotNull();
            }
        }

        /// The VM asks it for `Late` while a frame of `UsesLate` is resolved, and then the VM is on the stack.
        private static final class Waiting extends ClassLoader {
            private volatile Worker asked;

            Waiting() {
                super(Waiting.class.getClassLoader());
            }

            @Override
            protected Class<?> loadClass(String name, boolean resolve)
                    throws ClassNotFoundException {
                if (name.equals(Late.class.getName())) {
                    asked = Worker.self();
                    asked.await();
                } else if (!name.equals(UsesLate.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                try (InputStream file =
                        getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] code = file.readAllBytes();
                    return defineClass(name, code, 0, code.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }

        @Test
        void aWaitInAClassLoaderEndsAlsoOnASingleCarrier() throws Exception {
            Waiting loader = new Waiting();
            Runnable usesLate =
                    (Runnable)
                            loader.loadClass(UsesLate.class.getName())
                                    .getConstructor()
                                    .newInstance();
            try (Scheduler scheduler = Scheduler.start("loader", 1)) {
                Worker first = Worker.run(scheduler, usesLate::run);
                Worker waker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    while (loader.asked == null || !loader.asked.isWaiting()) {
                                        Thread.yield();
                                    }
                                    loader.asked.signal();
                                });
                assertEnds(first, waker);
                assertThat(loader.asked).isSameAs(first);
            }
        }

        static int compare(MemorySegment left, MemorySegment right) {
            Worker.self().await();
            return Integer.compare(
                    left.get(ValueLayout.JAVA_INT, 0), right.get(ValueLayout.JAVA_INT, 0));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @SuppressWarnings("restricted")
        void aWaitUnderANativeFrameEnds(int carriers) throws Exception {
            Linker linker = Linker.nativeLinker();
            MethodHandle sort =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("qsort"),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS));
            var element =
                    ValueLayout.ADDRESS.withTargetLayout(
                            MemoryLayout.sequenceLayout(1, ValueLayout.JAVA_INT));
            MethodHandle compare =
                    MethodHandles.lookup()
                            .findStatic(
                                    Pinned.class,
                                    "compare",
                                    MethodType.methodType(
                                            int.class, MemorySegment.class, MemorySegment.class));
            try (Scheduler scheduler = Scheduler.start("upcall", carriers);
                    Arena arena = Arena.ofShared()) {
                MemorySegment callback =
                        linker.upcallStub(
                                compare,
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, element, element),
                                arena);
                List<Worker> sorters = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    sorters.add(
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        MemorySegment numbers =
                                                arena.allocateFrom(
                                                        ValueLayout.JAVA_INT, 5, 3, 9, 1, 7, 2);
                                        try {
                                            sort.invokeExact(numbers, 6L, 4L, callback);
                                        } catch (Throwable e) {
                                            throw new AssertionError(e);
                                        }
                                        assertThat(numbers.toArray(ValueLayout.JAVA_INT))
                                                .containsExactly(1, 2, 3, 5, 7, 9);
                                    }));
                }
                Worker waker =
                        Worker.run(
                                scheduler,
                                () -> {
                                    while (!sorters.stream().allMatch(Worker::hasEnded)) {
                                        for (Worker sorter : sorters) {
                                            if (sorter.isWaiting()) {
                                                sorter.signal();
                                            }
                                        }
                                        Thread.yield();
                                    }
                                });
                assertEnds(sorters.get(0), sorters.get(1), waker);
            }
        }

        /// An interrupt ends the park of a pinned thread early; it has to go on waiting.
        @Test
        void anInterruptOfAPinnedWaitLosesNoSignal() throws Exception {
            try (Scheduler scheduler = Scheduler.start("interrupt", 1)) {
                for (int round = 0; round < 100; round++) {
                    Worker waiting = Worker.run(scheduler, () -> Worker.self().await());
                    Thread.ofPlatform().start(() -> waiting.thread().interrupt());
                    spin(round * 1_000L);
                    assertThat(waiting.hasEnded()).isFalse();
                    waiting.signal();
                    assertEnds(waiting);
                }
            }
        }
    }

    private static void spin(long nanos) {
        CarrierSchedulerTest.spin(nanos);
    }

    @Nested
    class BlockingJava {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void sleepsAndTimedParksGiveTheCarrierBack(int carriers) throws Exception {
            try (CarrierScheduler scheduler = new CarrierScheduler("sleep", carriers)) {
                List<Worker> sleepers = new ArrayList<>();
                long start = System.nanoTime();
                for (int i = 0; i < 200; i++) {
                    boolean parks = i % 2 == 0;
                    sleepers.add(
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        long begin = System.nanoTime();
                                        if (parks) {
                                            while (System.nanoTime() - begin < 50_000_000) {
                                                LockSupport.parkNanos(50_000_000);
                                            }
                                        } else {
                                            Thread.sleep(50);
                                        }
                                        assertThat(System.nanoTime() - begin)
                                                .isGreaterThanOrEqualTo(50_000_000);
                                    }));
                }
                assertEnds(sleepers.toArray(Worker[]::new));
                // One after the other it would be ten seconds.
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(5));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void monitorsWithWaitAndNotifyWork(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("monitor", carriers)) {
                Object monitor = new Object();
                int[] turn = {0};
                int rounds = 2_000;
                List<Worker> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    int mine = i;
                    all.add(
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        for (int round = 0; round < rounds; round++) {
                                            synchronized (monitor) {
                                                while (turn[0] != mine) {
                                                    monitor.wait();
                                                }
                                                turn[0] = (mine + 1) % 3;
                                                monitor.notifyAll();
                                            }
                                        }
                                    }));
                }
                assertEnds(all.toArray(Worker[]::new));
            }
        }

        /// The holder of a monitor may wait inside of it: JEP 491, and our wait is none the JDK knows of.
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void aFiberMayWaitWhileItHoldsAMonitorOrALock(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("held", carriers)) {
                for (int round = 0; round < 200; round++) {
                    Object monitor = new Object();
                    ReentrantLock lock = new ReentrantLock();
                    CountDownLatch holding = new CountDownLatch(1);
                    AtomicInteger inside = new AtomicInteger();
                    Worker holder =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        lock.lock();
                                        try {
                                            synchronized (monitor) {
                                                holding.countDown();
                                                Worker.self().await();
                                                inside.incrementAndGet();
                                            }
                                        } finally {
                                            lock.unlock();
                                        }
                                    });
                    Worker contender =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        holding.await();
                                        synchronized (monitor) {
                                            assertThat(inside).hasValue(1);
                                        }
                                    });
                    Worker another =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        holding.await();
                                        lock.lock();
                                        lock.unlock();
                                    });
                    holding.await();
                    spin(round * 500L);
                    holder.signal();
                    assertEnds(holder, contender, another);
                }
            }
        }

        /// Platform threads, carriers of others and fibers share a lock; none waits for ever.
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void fibersAndPlatformThreadsShareMonitors(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("shared", carriers);
                    Scheduler other = Scheduler.start("other", 1)) {
                Object monitor = new Object();
                int[] count = {0};
                int each = 3_000;
                Worker.Action adding =
                        () -> {
                            for (int i = 0; i < each; i++) {
                                synchronized (monitor) {
                                    count[0]++;
                                    if (i % 100 == 0) {
                                        Thread.yield();
                                    }
                                }
                            }
                        };
                List<Worker> workers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    workers.add(Worker.run(i % 2 == 0 ? scheduler : other, adding));
                }
                Thread platform =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        adding.run();
                                    } catch (Exception e) {
                                        throw new AssertionError(e);
                                    }
                                });
                assertEnds(workers.toArray(Worker[]::new));
                platform.join();
                assertThat(count[0]).isEqualTo(5 * each);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void interruptsEndSleepsAndWaits(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("interrupt", carriers)) {
                for (int round = 0; round < 100; round++) {
                    AtomicBoolean interrupted = new AtomicBoolean();
                    Object monitor = new Object();
                    boolean sleeps = round % 2 == 0;
                    Worker worker =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        try {
                                            if (sleeps) {
                                                Thread.sleep(Duration.ofMinutes(1));
                                            } else {
                                                synchronized (monitor) {
                                                    monitor.wait();
                                                }
                                            }
                                        } catch (InterruptedException e) {
                                            interrupted.set(true);
                                        }
                                    });
                    spin(round * 2_000L);
                    worker.thread().interrupt();
                    assertEnds(worker);
                    assertThat(interrupted).isTrue();
                }
            }
        }
    }

    /// The JDK submits a thread again after it has looked at its stack.
    @Nested
    class LookingAtStacks {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void neitherWakesNorLosesAFiberThatWaits(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("stacks", carriers)) {
                int rounds = 3_000;
                Worker[] pair = new Worker[2];
                for (int side = 0; side < 2; side++) {
                    int other = 1 - side;
                    pair[side] =
                            Worker.create(
                                    scheduler,
                                    () -> {
                                        for (int i = 0; i < rounds; i++) {
                                            pair[other].signal();
                                            Worker.self().await();
                                            if (i % 16 == 0) {
                                                spin(20_000);
                                            }
                                        }
                                        return null;
                                    });
                }
                Worker idle = Worker.run(scheduler, () -> Worker.self().await());
                pair[0].start();
                pair[1].start();
                while (!pair[0].hasEnded() || !pair[1].hasEnded()) {
                    for (Worker worker : List.of(pair[0], pair[1], idle)) {
                        assertThat(worker.thread().getStackTrace()).isNotNull();
                    }
                }
                assertThat(idle.thread().getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("await"));
                assertThat(idle.slices()).as("mounts of the one that waits").isLessThan(10);
                idle.signal();
                assertEnds(pair[0], pair[1], idle);
            }
        }
    }

    @Nested
    class ThreadDumps {
        public static final class Dumping {
            private Dumping() {}

            public static void main(String[] args) throws Exception {
                Path file = Files.createTempDirectory("dump").resolve("threads.json");
                HotSpotDiagnosticMXBean diagnostics =
                        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
                try (Scheduler scheduler = Scheduler.start("dumped", 1)) {
                    Worker waiting = Worker.run(scheduler, () -> Worker.self().await());
                    while (!waiting.isWaiting()) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    for (int i = 0; i < 20; i++) {
                        Files.deleteIfExists(file);
                        diagnostics.dumpThreads(
                                file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
                    }
                    LockSupport.parkNanos(50_000_000);
                    System.out.println("shown: " + Files.readString(file).contains("Worker.await"));
                    System.out.println("woken: " + (waiting.slices() > 5));
                    waiting.signal();
                    System.out.println("ended: " + waiting.endsWithin(LIMIT));
                }
                Files.delete(file);
                Files.delete(file.getParent());
            }
        }

        @Test
        void showWhereAFiberWaitsAndDoNotWakeIt() throws Exception {
            ChildJvm child =
                    ChildJvm.run(Dumping.class, "--add-opens=java.base/java.lang=ALL-UNNAMED");
            assertThat(child.output()).contains("shown: true", "woken: false", "ended: true");
        }
    }

    @Nested
    class DeepStacks {
        private static int descend(int depth) {
            if (depth == 0) {
                Worker.self().await();
                return 0;
            }
            return descend(depth - 1) + 1;
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void areKeptWhileTheFiberWaits(int carriers) throws Exception {
            try (Scheduler scheduler = Scheduler.start("deep", carriers)) {
                Worker deep =
                        Worker.run(scheduler, () -> assertThat(descend(5_000)).isEqualTo(5_000));
                while (!deep.isWaiting()) {
                    LockSupport.parkNanos(1_000_000);
                    assertThat(deep.hasEnded()).isFalse();
                }
                System.gc();
                deep.signal();
                assertEnds(deep);
            }
        }

        /// With regions of 1 MB a stack of more than half of that cannot be put aside: a StackOverflowError of its
        /// fiber, which may catch it and go on, and nobody else's business.
        public static final class TooDeepForG1 {
            private TooDeepForG1() {}

            public static void main(String[] args) throws Exception {
                try (Scheduler scheduler = Scheduler.start("deep", 1)) {
                    AtomicInteger overflows = new AtomicInteger();
                    Worker deep =
                            Worker.run(
                                    scheduler,
                                    () -> {
                                        try {
                                            descend(30_000);
                                        } catch (StackOverflowError tooDeep) {
                                            overflows.incrementAndGet();
                                        }
                                        // And goes on as if nothing had been.
                                        Thread.yield();
                                        Thread.sleep(20);
                                        Worker.self().await();
                                    });
                    Worker other = Worker.run(scheduler, () -> Worker.self().await());
                    for (int i = 0;
                            i < 100 && deep.endsWithin(Duration.ofMillis(20)) == false;
                            i++) {
                        deep.signal();
                    }
                    other.signal();
                    boolean fine = deep.endsWithin(LIMIT) && other.endsWithin(LIMIT);
                    System.out.println("fine: " + fine + ", overflows: " + overflows);
                }
            }
        }

        @Test
        void thatCannotBePutAsideOverflowAndHarmNobody() throws Exception {
            ChildJvm child =
                    ChildJvm.run(
                            TooDeepForG1.class,
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "-XX:+UseG1GC",
                            "-XX:G1HeapRegionSize=1m",
                            "-XX:MaxJavaStackTraceDepth=5",
                            "-Xss16m");
            assertThat(child.output()).contains("fine: true");
            assertThat(child.exit()).isZero();
        }
    }

    /// What lies on the stack of a thread that waits is in the heap, and each collector has code of its own for that.
    @Nested
    class Collectors {
        public static final class WaitingWhileCollected {
            private static final int FIBERS = 300;
            private static final int ROUNDS = 30;

            private WaitingWhileCollected() {}

            /// The depths in the frames below and in its own, which it has kept as a text all the time.
            private static int descend(int depth) {
                if (depth == 0) {
                    for (int round = 0; round < ROUNDS; round++) {
                        Worker.self().await();
                    }
                    return 0;
                }
                String kept = "depth " + depth;
                return descend(depth - 1) + Integer.parseInt(kept.substring(6));
            }

            public static void main(String[] args) throws Exception {
                try (Scheduler scheduler = Scheduler.start("collected", 2)) {
                    List<Worker> fibers = new ArrayList<>();
                    for (int i = 0; i < FIBERS; i++) {
                        int depth = i;
                        fibers.add(
                                Worker.run(
                                        scheduler,
                                        () ->
                                                assertThat(descend(depth))
                                                        .isEqualTo(depth * (depth + 1) / 2)));
                    }
                    List<byte[]> garbage = new ArrayList<>();
                    for (int round = 0; round < ROUNDS; round++) {
                        for (Worker fiber : fibers) {
                            while (!fiber.isWaiting() && !fiber.hasEnded()) {
                                LockSupport.parkNanos(10_000);
                            }
                        }
                        if (round % 5 == 0) {
                            System.gc();
                            garbage.clear();
                        }
                        for (Worker fiber : fibers) {
                            garbage.add(new byte[10_000]);
                            fiber.signal();
                        }
                    }
                    assertEnds(fibers.toArray(Worker[]::new));
                    System.out.println("all kept");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-XX:+UseSerialGC",
                    "-XX:+UseParallelGC",
                    "-XX:+UseG1GC",
                    "-XX:+UseZGC",
                    "-XX:+UseShenandoahGC",
                    "-XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational"
                })
        void keepTheStacksOfThoseThatWait(String collector) throws Exception {
            List<String> flags = new ArrayList<>(List.of(collector.split(" ")));
            flags.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
            ChildJvm child =
                    ChildJvm.run(WaitingWhileCollected.class, flags.toArray(String[]::new));
            assertThat(child.output()).contains("all kept");
            assertThat(child.exit()).isZero();
        }
    }

    /// The pollers of the JDK are virtual threads and inherit the scheduler of whoever uses the first socket.
    @Nested
    class Pollers {
        public static final class FirstSocketInAFiber {
            private FirstSocketInAFiber() {}

            public static void main(String[] args) throws Exception {
                Scheduler scheduler = Scheduler.start("first", 1);
                Worker first = Worker.run(scheduler, FirstSocketInAFiber::talk);
                System.out.println("in a fiber: " + first.endsWithin(LIMIT));
                scheduler.close();
                // Were the pollers on that scheduler, nobody would ever be told of a ready socket
                // again.
                CountDownLatch done = new CountDownLatch(1);
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                talk();
                                done.countDown();
                            } catch (Exception e) {
                                e.printStackTrace();
                            }
                        });
                System.out.println("after its end: " + done.await(20, TimeUnit.SECONDS));
                System.exit(0);
            }

            private static void talk() throws Exception {
                try (ServerSocket listener =
                        new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                    Thread client =
                            Thread.startVirtualThread(() -> {
                                try (Socket socket =
                                        new Socket(
                                                InetAddress.getLoopbackAddress(),
                                                listener.getLocalPort())) {
                                    Thread.sleep(30);
                                    socket.getOutputStream().write(42);
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                            });
                    try (Socket socket = listener.accept()) {
                        if (socket.getInputStream().read() != 42) {
                            throw new AssertionError("not 42");
                        }
                    }
                    client.join();
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-Djdk.pollerMode=1", "-Djdk.pollerMode=2"})
        void areNotOnTheSchedulerOfWhoeverUsesTheFirstSocket(String mode) throws Exception {
            List<String> flags =
                    new ArrayList<>(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
            if (!mode.isEmpty()) {
                flags.add(mode);
            }
            ChildJvm child = ChildJvm.run(FirstSocketInAFiber.class, flags.toArray(String[]::new));
            assertThat(child.output()).contains("in a fiber: true", "after its end: true");
        }
    }

    /// Without `--add-opens` the same programs run, slower in the worst case, and one line says so.
    @Nested
    class Fallback {
        public static final class WithoutFlags {
            private WithoutFlags() {}

            public static void main(String[] args) throws Exception {
                System.out.println("available: " + ProcessThreads.available());
                for (int i = 0; i < 3; i++) {
                    try (Scheduler scheduler = Scheduler.start("plain", 2)) {
                        Worker[] pair = new Worker[2];
                        for (int side = 0; side < 2; side++) {
                            int other = 1 - side;
                            pair[side] =
                                    Worker.create(
                                            scheduler,
                                            () -> {
                                                for (int n = 0; n < 20_000; n++) {
                                                    pair[other].signal();
                                                    Worker.self().await();
                                                }
                                                return null;
                                            });
                        }
                        pair[0].start();
                        pair[1].start();
                        CountDownLatch timed = new CountDownLatch(1);
                        scheduler
                                .clock()
                                .schedule(
                                        new Timer() {
                                            @Override
                                            protected void fire() {
                                                timed.countDown();
                                            }
                                        },
                                        scheduler.clock().after(Duration.ofMillis(5)));
                        Worker helped =
                                Worker.run(
                                        scheduler,
                                        () -> {
                                            Thread child =
                                                    Thread.startVirtualThread(() ->
                                                            assertThat(Fiber.current()).isNull());
                                            child.join();
                                            assertThat(Fiber.current()).isNotNull();
                                        });
                        boolean fine =
                                pair[0].endsWithin(LIMIT)
                                        && pair[1].endsWithin(LIMIT)
                                        && helped.endsWithin(LIMIT)
                                        && timed.await(10, TimeUnit.SECONDS);
                        System.out.println("fine: " + fine);
                    }
                }
            }
        }

        @Test
        void runsTheSameProgramsAndSaysOnceWhatIsMissing() throws Exception {
            ChildJvm child = ChildJvm.run(WithoutFlags.class);
            assertThat(child.output()).contains("available: false");
            assertThat(child.output().split("fine: true", -1)).hasSize(4);
            assertThat(child.output().lines().filter(line -> line.contains("--add-opens")))
                    .hasSize(1);
            assertThat(child.exit()).isZero();
        }
    }
}
