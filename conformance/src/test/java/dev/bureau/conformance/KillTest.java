package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Victims.Shared.Ready;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.weaver.Weaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A kill ends a process whatever it is doing, and leaves nothing behind.
@Otp("X-06")
public class KillTest {
    public static final Victims.Shared SHARED = new Victims.Shared();

    private static final AtomicInteger MET = new AtomicInteger();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static Stream<Arguments> cases() {
        return Arrays.stream(Victims.values())
                .flatMap(victim -> Stream.of(1, 2).map(carriers -> Arguments.of(victim, carriers)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsIt(Victims victim, int schedulers) throws Exception {
        try (Node node = Node.start(Node.options().schedulers(schedulers));
                Guest me = node.guest()) {
            kill(victim, node, me, schedulers, 50);
        }
    }

    /// In code that is interpreted a turn takes a hundred times as long: what `finally` has to do is done all the same.
    @Test
    void letsALoopInFinallyEndInCodeThatIsNotCompiled() throws Exception {
        ChildJvm child =
                ChildJvm.run(
                        Interpreted.class,
                        "-Xint",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED");
        assertThat(child.output()).contains("left open: 0");
    }

    private static final class Interpreted {
        private Interpreted() {}

        public static void main(String[] args) throws Exception {
            try (Node node = Node.start(Node.options().schedulers(1));
                    Guest me = node.guest()) {
                kill(Victims.LOOPING_WITH_A_RESOURCE, node, me, 1, 20);
            } finally {
                System.out.println("left open: " + SHARED.open);
            }
        }
    }

    @Tag("stress")
    @ParameterizedTest
    @MethodSource("cases")
    void endsItTenThousandTimes(Victims victim, int schedulers) throws Exception {
        try (Node node = Node.start(Node.options().schedulers(schedulers));
                Guest me = node.guest()) {
            kill(victim, node, me, schedulers, 1_000);
            long before = heap();
            kill(victim, node, me, schedulers, 10_000);
            assertThat((heap() - before) / 10_000).as("bytes left behind by each").isLessThan(100);
        }
    }

    /// What is reachable, in bytes.
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            sleep(ofMillis(20));
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void kill(Victims victim, Node node, Guest me, int schedulers, int times)
            throws Exception {
        Random random = new Random(times);
        Pid deaf = spawn(() -> sleepForever());
        SHARED.deaf = deaf;
        SHARED.open.set(0);
        int alive = node.processCount();
        SHARED.taken.lock();
        try {
            for (int i = 0; i < times; i++) {
                killOne(me, woven(victim, me.pid()), random);
            }
        } finally {
            SHARED.taken.unlock();
        }
        await(() -> node.processCount() == alive);
        await(() -> node.runaways().isEmpty());
        assertThat(SHARED.lock.tryLock()).isTrue();
        SHARED.lock.unlock();
        synchronized (SHARED.monitor) {
            assertThat(SHARED.open).hasValue(0);
        }
        everyCarrierWorks(node, me, schedulers);
        exit(deaf, KILL);
    }

    private static void killOne(Guest me, Body body, Random random) {
        Spawned victim = me.spawnMonitor(body);
        receive(Ready.class, LIMIT);
        long until = System.nanoTime() + random.nextInt(300_000);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        exit(victim.pid(), KILL);
        assertThat(receive(victim.monitor(), Down.class, LIMIT).reason())
                .isEqualTo(ExitReason.KILLED);
    }

    /// As many processes as there are carriers meet, each without giving up its carrier.
    private static void everyCarrierWorks(Node node, Guest me, int schedulers) {
        Pid boss = me.pid();
        MET.set(0);
        for (int i = 0; i < schedulers; i++) {
            node.spawn(() -> {
                MET.incrementAndGet();
                while (MET.get() < schedulers) {
                    Thread.onSpinWait();
                }
                send(boss, new Ready());
            });
        }
        for (int i = 0; i < schedulers; i++) {
            receive(Ready.class, LIMIT);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            sleep(ofMillis(1));
        }
    }

    private static Body woven(Victims victim, Pid boss) throws ReflectiveOperationException {
        Method body = WOVEN.getMethod("body", Pid.class);
        for (Object constant : WOVEN.getEnumConstants()) {
            if (constant.toString().equals(victim.name())) {
                return (Body) body.invoke(constant, boss);
            }
        }
        throw new AssertionError(victim);
    }

    private static final Class<?> WOVEN = weave();

    private static Class<?> weave() {
        try {
            return Class.forName(Victims.class.getName(), true, new Weaving());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /// Loads [Victims] and what is nested in it, but for what it shares.
    private static final class Weaving extends ClassLoader {
        Weaving() {
            super(KillTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Victims.class.getName()) || name.contains("$Shared")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                byte[] woven = Weaver.standard().weave(in.readAllBytes());
                return defineClass(name, woven, 0, woven.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
