package dev.bureau.conformance;

import static dev.bureau.conformance.Workers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ALL;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.ChildSpec.Shutdown;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/// Supervisors with many children: nothing gets out of hand, and nobody is lost.
class SupervisorLoadTest {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;

    private static final Supervisor.Flags HARDY =
            ONE_FOR_ONE.intensity(Integer.MAX_VALUE, ofSeconds(5));

    private static ChildSpec plain(Object id) {
        return ChildSpec.worker(id, () -> Start.started(spawnLink(Bureau::sleepForever)));
    }

    private static List<ChildSpec> plainOnes(int count) {
        List<ChildSpec> specs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) specs.add(plain(i));
        return specs;
    }

    private static List<Pid> pids(Pid boss) {
        return Supervisor.whichChildren(boss).stream()
                .flatMap(child -> child.pid().stream())
                .toList();
    }

    /// Kills all children, and waits until as many others run.
    private static void storm(Pid boss, int count) {
        List<Pid> before = pids(boss);
        assertThat(before).hasSize(count);
        before.forEach(child -> exit(child, KILL));
        Set<Pid> dead = new HashSet<>(before);
        while (true) {
            List<Pid> now = pids(boss);
            if (now.size() == count && now.stream().noneMatch(dead::contains)) break;
            sleep(ofMillis(10));
        }
        assertThat(Supervisor.countChildren(boss))
                .isEqualTo(new ChildCount(count, count, 0, count));
        leavesNothing(boss, count);
    }

    /// All that is left of the dead is nothing: no link, no monitor, no message, no process.
    private static void leavesNothing(Pid boss, int count) {
        ProcessInfo known = info(boss).orElseThrow();
        assertThat(known.links()).hasSize(count + 1);
        assertThat(known.monitors()).isEmpty();
        assertThat(known.messageQueueLength()).isZero();
        eventually(() -> processes().size() <= count + 5);
    }

    /// Takes the ends as they come: to look for each among all the others would take far longer.
    private static void allDown(List<Ref> monitors, ExitReason reason) {
        Set<Ref> awaited = new HashSet<>(monitors);
        while (!awaited.isEmpty()) {
            Down down = assertReceive(Down.class);
            assertThat(down.reason()).isEqualTo(reason);
            assertThat(awaited.remove(down.ref())).isTrue();
        }
    }

    private static void startAndStop(int count) {
        trapExits(true);
        Pid boss = Supervisor.startLink(HARDY, plainOnes(count));
        List<Object> ids = ids(boss);
        assertThat(ids).hasSize(count);
        for (int i = 0; i < count; i += 2) {
            assertThat(Supervisor.terminateChild(boss, i)).isTrue();
            assertThat(Supervisor.deleteChild(boss, i)).isEqualTo(new ChildResult.Deleted());
        }
        for (int i = 0; i < count; i += 2) Supervisor.startChild(boss, plain(i)).orThrow();
        storm(boss, count);
        List<Ref> monitors = pids(boss).stream().map(Bureau::monitor).toList();
        Supervisor.stop(boss);
        allDown(monitors, SHUTDOWN);
    }

    @Scenario(simulated = false, runs = 1)
    @Otp("S-01")
    void aThousandChildren() {
        startAndStop(FEW);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 120)
    @Otp("S-01")
    void aHundredThousandChildren() {
        startAndStop(MANY);
    }

    /// Does not come up each time.
    record Flaky() implements GenServer<String, Call<?>, Cast> {
        @Override
        public Init<String> init() {
            return ThreadLocalRandom.current().nextInt(3) == 0 ? stop("sick") : ok("well");
        }
    }

    /// Children whose restarts fail too.
    private static void flaky(int count) {
        trapExits(true);
        Pid boss = Supervisor.startLink(HARDY);
        ChildSpec.Starter start = GenServer.starter(StartOptions.options(), new Flaky());
        for (int i = 0; i < count; i++) {
            while (!(Supervisor.startChild(boss, ChildSpec.worker(i, start))
                    instanceof ChildResult.Started)) {}
        }
        storm(boss, count);
        exit(boss, KILL);
    }

    @Scenario(simulated = false, runs = 1)
    @Otp("S-14")
    void aStormOfFailingRestarts() {
        flaky(FEW);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 180)
    @Otp("S-14")
    void aGreatStormOfFailingRestarts() {
        flaky(MANY);
    }

    /// A child that ends again as soon as it is up, `times` times, beside one that works and is not disturbed.
    private static void again(int times) {
        trapExits(true);
        Pid me = self();
        LIVES.set(0);
        ChildSpec crashing =
                ChildSpec.worker(
                        "crashing",
                        () ->
                                Start.started(
                                        spawnLink(() -> {
                                            if (LIVES.incrementAndGet() <= times) exit("boom");
                                            send(me, "at last");
                                            sleepForever();
                                        })));
        Pid boss = Supervisor.startLink(HARDY, plain("steady"), crashing);
        Pid steady = pids(boss).getLast();
        assertReceive(String.class, ofSeconds(60));
        assertThat(LIVES).hasValue(times + 1);
        assertThat(pids(boss).getLast()).isEqualTo(steady);
        assertThat(Supervisor.countChildren(boss)).isEqualTo(new ChildCount(2, 2, 0, 2));
        leavesNothing(boss, 2);
        Supervisor.stop(boss);
    }

    private static final AtomicInteger LIVES = new AtomicInteger();

    @Scenario(simulated = false, runs = 1)
    @Otp("S-07")
    void aChildThatCrashesTenThousandTimes() {
        again(10_000);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 120)
    @Otp("S-07")
    void aChildThatCrashesAHundredThousandTimes() {
        again(MANY);
    }

    /// A group whose members all crash together.
    private static void group(int count) {
        trapExits(true);
        Pid boss =
                Supervisor.startLink(ONE_FOR_ALL.intensity(count, ofSeconds(5)), plainOnes(count));
        storm(boss, count);
        storm(boss, count);
        Supervisor.stop(boss);
    }

    @Scenario(simulated = false, runs = 1)
    @Otp("S-08")
    void aGroupThatCrashesTogether() {
        group(FEW);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 120)
    @Otp("S-08")
    void aGreatGroupThatCrashesTogether() {
        group(MANY);
    }

    /// A tree is stopped from its last leaf to its first.
    private static void tree(int branches, int leaves) {
        trapExits(true);
        List<ChildSpec> inner = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            ChildSpec[] workers = new ChildSpec[leaves];
            for (int j = 0; j < leaves; j++) workers[j] = worker(i * leaves + j);
            inner.add(Supervisor.supervisor("branch " + i, ONE_FOR_ONE, workers));
        }
        Pid root = Supervisor.startLink(ONE_FOR_ONE, inner);
        for (int i = 0; i < branches * leaves; i++) upInOrder(i);
        Supervisor.stop(root);
        for (int i = branches * leaves - 1; i >= 0; i--) endedInOrder(i);
    }

    @Scenario(simulated = false, runs = 1)
    @Otp("S-02")
    void aTreeIsStoppedInOrder() {
        tree(10, 50);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 120)
    @Otp("S-02")
    void aTreeOfTenThousandIsStoppedInOrder() {
        tree(100, 100);
    }

    private static void dynamic(int count) {
        trapExits(true);
        Pid boss =
                DynamicSupervisor.startLink(
                        DynamicSupervisor.flags().intensity(Integer.MAX_VALUE, ofSeconds(5)));
        for (int i = 0; i < count; i++) {
            DynamicSupervisor.startChild(boss, plain("any")).orThrow();
        }
        storm(boss, count);
        for (int i = 0; i < count / 2; i++) {
            Pid passing =
                    DynamicSupervisor.startChild(boss, plain(i).restart(Restart.TEMPORARY))
                            .orThrow();
            exit(passing, KILL);
        }
        // Until the supervisor has heard of their ends it names them among the others.
        eventually(() -> pids(boss).size() == count);
        pids(boss).stream()
                .limit(count / 4)
                .forEach(child -> DynamicSupervisor.terminateChild(boss, child));
        List<Ref> monitors = pids(boss).stream().map(Bureau::monitor).toList();
        DynamicSupervisor.stop(boss);
        allDown(monitors, SHUTDOWN);
    }

    @Scenario(simulated = false, runs = 1)
    @Otp("DS-06")
    void aThousandDynamicChildren() {
        dynamic(FEW);
    }

    @Tag("stress")
    @Scenario(simulated = false, runs = 1, timeoutSeconds = 120)
    @Otp("DS-06")
    void aHundredThousandDynamicChildren() {
        dynamic(MANY);
    }

    /// None of many stubborn children makes the others wait.
    @Scenario(simulated = false, runs = 1)
    @Otp("DS-06")
    void manyStubbornChildrenAreKilledTogether() {
        trapExits(true);
        Pid boss = DynamicSupervisor.startLink();
        List<Ref> monitors = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ChildSpec stubborn =
                    ChildSpec.worker(
                                    i,
                                    () ->
                                            Start.started(
                                                    spawnLink(() -> {
                                                        trapExits(true);
                                                        sleepForever();
                                                    })))
                            .shutdown(new Shutdown.Within(ofMillis(50)));
            monitors.add(monitor(DynamicSupervisor.startChild(boss, stubborn).orThrow()));
        }
        DynamicSupervisor.stop(boss, NORMAL, ofSeconds(5));
        for (Ref monitor : monitors) {
            assertThat(awaitDown(monitor)).isIn(SHUTDOWN, ExitReason.KILLED);
        }
    }

    /// The list is what it was when it was asked for, in start order.
    @Scenario(simulated = false, runs = 1)
    @Otp("S-20")
    void theOrderOfManyIsThatOfTheirStarts() {
        trapExits(true);
        Pid boss = Supervisor.startLink(HARDY, plainOnes(FEW));
        List<ChildInfo> children = Supervisor.whichChildren(boss).reversed();
        for (int i = 0; i < FEW; i++) assertThat(children.get(i).id()).isEqualTo(i);
    }
}
