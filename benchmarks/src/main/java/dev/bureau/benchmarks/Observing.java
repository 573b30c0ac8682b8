package dev.bureau.benchmarks;

import static dev.bureau.kernel.Bureau.*;

import com.sun.management.OperatingSystemMXBean;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.Observer;
import dev.bureau.observer.Top;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What it costs to be observed: CPU while nobody looks and while samples are taken, how long `top` computes, and how late a
/// process is meanwhile that sleeps 10 ms again and again.
///
/// `java ... dev.bureau.benchmarks.Observing [processes] [plain|servers] [seconds] [alarms]`, with `alarms` for these alone
public final class Observing {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final AtomicBoolean STOP = new AtomicBoolean();
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final int ROUNDS = 7;
    private static final int ENDS = 50_000;

    private Observing() {}

    private record Idle() implements GenServer<Integer, Call<?>, Cast> {
        @Override
        public Init<Integer> init() {
            STARTED.incrementAndGet();
            return ok(0);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        int processes = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        boolean servers = args.length > 1 && args[1].equals("servers");
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        try (Node node = Node.start()) {
            start(node, processes, servers);
            System.out.printf("%d %s%n", processes, servers ? "servers" : "processes");
            if (args.length > 3) {
                alarms(node, seconds);
                return;
            }
            cpu("nobody looks, no observer", seconds);
            ends(node, "to warm up");
            ends(node, "no observer");
            Observer observer = Observer.of(node);
            cpu("nobody looks", seconds);
            try (var _ = observer.sample(Duration.ofSeconds(1))) {
                cpu("a sample a second", seconds);
            }
            ends(node, "an observer");
            tops(node, observer, Top.Order.CPU);
            tops(node, observer, Top.Order.MAILBOX);
            lateness(node, "nobody looks", () -> Thread.sleep(seconds * 1_000L));
            lateness(node, "top again and again", () -> again(observer, seconds));
        }
    }

    /// At first, when its code is new, and later.
    private static void alarms(Node node, int seconds) throws InterruptedException {
        cpu("no alarms", seconds);
        try (var _ = Observer.of(node).alarms()) {
            cpu("alarms, at first", seconds);
            Thread.sleep(15_000);
            cpu("alarms", 2 * seconds);
        }
    }

    private static void start(Node node, int processes, boolean servers)
            throws InterruptedException {
        try (var _ = node.guest()) {
            for (int i = 0; i < processes; i++) {
                if (servers) {
                    GenServer.start(new Idle());
                } else {
                    node.spawn(() -> {
                        STARTED.incrementAndGet();
                        Bureau.receive();
                    });
                }
            }
        }
        while (STARTED.get() < processes) Thread.sleep(10);
        System.gc();
        Thread.sleep(2_000);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void cpu(String what, int seconds) throws InterruptedException {
        Thread.sleep(1_000);
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        double share = (double) (cpuNanos() - cpu) / (System.nanoTime() - begin);
        System.out.printf("%-30s %.2f %% of a core%n", what, share * 100);
    }

    /// How long a process takes that is started and ends with `exit("over")`.
    private static void ends(Node node, String what) throws InterruptedException {
        int before = node.processCount();
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < ENDS; i++) node.spawn(() -> exit("over"));
            while (node.processCount() > before) Thread.onSpinWait();
            nanos.add((System.nanoTime() - begin) / ENDS);
        }
        System.out.printf("exit(\"over\"), %s: %s ns%n", what, nanos);
    }

    /// How long it takes beyond the window that it waits for.
    private static void tops(Node node, Observer observer, Top.Order order) {
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            Top top = observer.top(10, order, SHORTEST);
            micros.add((System.nanoTime() - begin - SHORTEST.toNanos()) / 1_000);
            if (top.processes() < node.processCount()) throw new IllegalStateException();
        }
        System.out.printf("top by %s: %s us beyond its window%n", order, micros);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static void again(Observer observer, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) observer.top(10, Top.Order.CPU, SHORTEST);
    }

    private static void lateness(Node node, String what, Step step) throws InterruptedException {
        STOP.set(false);
        AtomicInteger done = new AtomicInteger();
        long[] late = new long[100_000];
        // Not captured: arrays are copied.
        LATE = late;
        COUNT = done;
        Pid ticker = node.spawn(() -> tick());
        step.run();
        STOP.set(true);
        while (node.info(ticker).isPresent()) Thread.sleep(1);
        int count = done.get();
        Arrays.sort(late, 0, count);
        System.out.printf(
                "10 ms ticker, %-20s p50 %d us, p99 %d us, most %d us%n",
                what, late[count / 2], late[(int) (count * 0.99)], late[count - 1]);
    }

    private static volatile long[] LATE = new long[0];
    private static volatile AtomicInteger COUNT = new AtomicInteger();

    private static void tick() {
        while (!STOP.get()) {
            long due = System.nanoTime() + 10_000_000;
            sleep(Duration.ofMillis(10));
            LATE[COUNT.getAndIncrement()] = (System.nanoTime() - due) / 1_000;
        }
    }
}
