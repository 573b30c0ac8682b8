package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A hundred thousand links and monitors torn down: OTP's items L-11, M-01, M-09, M-11, P-16 with large numbers.
class MassEndingTest {
    private static final int MANY = 100_000;

    @Scenario(simulated = false, runs = 1, timeoutSeconds = 60)
    @Otp("L-11")
    @Otp("X-11")
    void oneEndTakesAHundredThousandLinkedAlong() {
        Spawned centre =
                spawnMonitor(() -> {
                    for (int i = 0; i < MANY; i++) {
                        spawnLink(() -> sleepForever());
                    }
                    receive(Go.class);
                    exit("gone");
                });
        eventuallyMany(MANY);
        send(centre.pid(), new Go());
        assertThat(awaitDown(centre.monitor())).isEqualTo(custom("gone"));
        eventuallyMany(0);
    }

    @Scenario(simulated = false, runs = 1, timeoutSeconds = 60)
    @Otp("M-01")
    @Otp("M-09")
    void aHundredThousandMonitorsOfOneProcessFireOnceEach() {
        Pid watched = waiting();
        Set<Ref> monitors = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            monitors.add(monitor(watched));
        }
        send(watched, new Go());
        for (int i = 0; i < MANY; i++) {
            assertThat(monitors.remove(assertReceive(Down.class).ref())).isTrue();
        }
        refuteReceive(Object.class);
    }

    @Scenario(simulated = false, runs = 1, timeoutSeconds = 60)
    @Otp("M-09")
    @Otp("M-11")
    void aWatcherOfAHundredThousandGoesWithoutATrace() {
        Pid boss = self();
        List<Pid> watched = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            watched.add(idle());
        }
        Spawned watcher =
                spawnMonitor(() -> {
                    receive(Go.class);
                    for (Pid pid : watched) {
                        monitor(pid);
                    }
                    send(boss, new Go());
                    sleepForever();
                });
        send(watcher.pid(), new Go());
        assertReceive(Go.class, ofSeconds(30));
        exit(watcher.pid(), KILL);
        // Gone for all from the beginning, however long it takes to clear up.
        assertThat(isAlive(watcher.pid())).isFalse();
        assertThat(awaitDown(watcher.monitor())).isEqualTo(KILLED);
        eventually(() ->
                watched.stream().allMatch(pid -> info(pid).orElseThrow().monitoredBy().isEmpty()));
        for (Pid pid : watched) {
            exit(pid, KILL);
        }
        eventuallyMany(0);
    }

    @Scenario(simulated = false, runs = 1, timeoutSeconds = 60)
    @Otp("X-10")
    void aChainOfAHundredThousandLinksFallsFromEndToEnd() {
        trapExits(true);
        Pid boss = self();
        Pid first = spawnLink(() -> chain(MANY, boss));
        Pid last = assertReceive(Pid.class, ofSeconds(30));
        exit(last, KILL);
        assertThat(assertReceive(Exit.class, ofSeconds(30))).isEqualTo(new Exit(first, KILLED));
        eventuallyMany(0);
    }

    private static void chain(int left, Pid boss) {
        if (left == 0) {
            send(boss, self());
        } else {
            spawnLink(() -> chain(left - 1, boss));
        }
        sleepForever();
    }

    /// Of five endings the calmest counts: what else the machine has to do makes any of them longer.
    @Scenario(simulated = false, runs = 1, carriers = 1, timeoutSeconds = 60)
    @Otp("C-17")
    void whoHasManyLinksAndMonitorsKeepsNobodyWaitingAsItEnds() {
        Duration least = ofSeconds(60);
        for (int i = 0; i < 5; i++) {
            Duration longest = longestWaitBesideAnEnd();
            least = least.compareTo(longest) < 0 ? least : longest;
        }
        assertThat(least).isLessThan(ofMillis(8));
    }

    /// The longest wait of one who wants to run each millisecond, while another ends who has many of both.
    private static Duration longestWaitBesideAnEnd() {
        Pid boss = self();
        Pid centre = waiting();
        for (int i = 0; i < MANY; i++) {
            monitor(centre, MassEndingTest::ignored);
        }
        List<Pid> linked = new ArrayList<>();
        for (int i = 0; i < MANY / 4; i++) {
            linked.add(
                    spawn(() -> {
                        trapExits(true);
                        link(centre);
                        sleepForever();
                    }));
        }
        eventually(() -> info(centre).orElseThrow().links().size() == MANY / 4);
        Pid ticker = spawn(() -> tick(boss));
        assertReceive(Go.class);
        send(centre, new Go());
        for (int i = 0; i < MANY; i++) {
            assertReceive("ignored");
        }
        send(ticker, new Go());
        Duration longest = assertReceive(Duration.class);
        linked.forEach(pid -> exit(pid, KILL));
        eventuallyMany(0);
        return longest;
    }

    private static String ignored(Down down) {
        return "ignored";
    }

    /// Tells how late it was at most until it is told to go.
    private static void tick(Pid boss) {
        send(boss, new Go());
        long latest = 0;
        long before = System.nanoTime();
        while (poll(Go.class, ofMillis(1)).isEmpty()) {
            long now = System.nanoTime();
            latest = Math.max(latest, now - before - 1_000_000);
            before = now;
        }
        send(boss, Duration.ofNanos(latest));
    }

    /// Beside the few of the scenario itself.
    private static void eventuallyMany(int number) {
        for (int waits = 0; waits < 3_000 && !isAbout(number); waits++) {
            sleep(ofMillis(10));
        }
        assertThat(processes().size()).isBetween(number, number + 5);
    }

    private static boolean isAbout(int number) {
        int now = processes().size();
        return now >= number && now <= number + 5;
    }
}
