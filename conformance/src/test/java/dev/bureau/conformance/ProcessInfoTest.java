package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.ready;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.ProcessInfo.Status;
import dev.bureau.kernel.ProcessLocal;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/// What can be known of a process: OTP's items PI-01 to PI-08.
class ProcessInfoTest {
    private static final ProcessLocal<Object> NOTE = ProcessLocal.named("note");

    private static volatile boolean burning;

    private static ProcessInfo of(Pid pid) {
        return info(pid).orElseThrow();
    }

    @Nested
    class OfTheDead {
        @Scenario
        @Otp("PI-01")
        void isNothing() {
            Pid dead = ready(() -> exit("over"));
            send(dead, new Go());
            awaitDown(dead);
            assertThat(info(dead)).isEmpty();
            assertThat(messages(dead, 10)).isEmpty();
            assertThat(stack(dead)).isEmpty();
            assertThat(isAlive(dead)).isFalse();
            assertThat(node().info(dead)).isEmpty();
        }

        @Scenario
        @Otp("PI-01")
        @Otp("PI-06")
        void isNothingAsSoonAsOneHasKilledIt() {
            Pid victim = idle();
            exit(victim, KILL);
            assertThat(info(victim)).isEmpty();
            assertThat(messages(victim, 10)).isEmpty();
        }

        @Scenario
        @Otp("PI-01")
        void cannotBeAskedOfWhatIsNoProcess() {
            assertThatThrownBy(() -> info(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Nested
    class TheItems {
        @Scenario
        @Otp("PI-02")
        void showNoNameAndNoLabelOfWhoHasNone() {
            ProcessInfo info = of(idle());
            assertThat(info.name()).isEmpty();
            assertThat(info.label()).isEmpty();
        }

        @Scenario
        @Otp("PI-05")
        void coverNameLinksMonitorsFlagsParentAndLabel() {
            Pid boss = self();
            Pid peer = idle();
            Pid watched = idle();
            register("desk", watched);
            Pid worker =
                    spawn(
                            SpawnOptions.options().link().label("worker 7").priority(Priority.LOW),
                            () -> {
                                register("worker", self());
                                trapExits(true);
                                link(peer);
                                monitor(watched);
                                monitor(Name.local("desk"));
                                NOTE.put("remember");
                                send(boss, new Go());
                                receive(Go.class);
                            });
            Ref monitor = monitor(worker);
            receive(Go.class);
            send(worker, "unread");

            ProcessInfo info = of(worker);
            assertThat(info.pid()).isEqualTo(worker);
            assertThat(info.name()).contains("worker");
            assertThat(info.label()).contains("worker 7");
            assertThat(info.messageQueueLength()).isEqualTo(1);
            assertThat(info.links()).containsExactlyInAnyOrder(boss, peer);
            assertThat(info.monitors()).hasSize(2).contains(watched, Name.on(node().id(), "desk"));
            assertThat(info.monitoredBy()).containsExactly(boss);
            assertThat(info.trapExits()).isTrue();
            assertThat(info.priority()).isEqualTo(Priority.LOW);
            assertThat(info.groupLeader()).isEqualTo(groupLeader());
            assertThat(info.parent()).contains(boss);
            assertThat(info.initialCall()).contains("ProcessInfoTest");
            assertThat(info.dictionary()).containsEntry("note", "remember");
            assertThat(info.suspending()).isEmpty();
            assertThat(info.slices()).isPositive();
            assertThat(of(watched).monitoredBy()).contains(worker);
            demonitor(monitor);
        }

        @Scenario
        @Otp("PI-05")
        void followTheLabelTheSuspendedAndTheDictionary() {
            Pid boss = self();
            Pid peer = idle();
            Pid worker =
                    spawn(() -> {
                        label("first");
                        label(List.of("second", 2));
                        suspend(peer);
                        suspend(peer);
                        NOTE.put(1);
                        NOTE.erase();
                        send(boss, new Go());
                        receive(Go.class);
                    });
            receive(Go.class);
            ProcessInfo info = of(worker);
            assertThat(info.label()).contains(List.of("second", 2));
            assertThat(info.suspending()).containsExactly(peer);
            assertThat(info.dictionary()).isEmpty();
            assertThat(of(peer).status()).isEqualTo(Status.SUSPENDED);
        }

        static final class Baker implements Body {
            @Override
            public void run() {
                bake();
            }

            private static void bake() {
                receive(Go.class);
            }
        }

        @Scenario
        @Otp("PI-05")
        void coverWhereItBeganAndWhereItStands() {
            Pid baker = spawn(new Baker());
            awaitWaiting(baker);
            assertThat(of(baker).initialCall()).endsWith("Baker");
            assertThat(stack(baker))
                    .extracting(StackTraceElement::getMethodName)
                    .containsSubsequence("receive", "bake", "run");
            assertThat(stack(self()))
                    .extracting(StackTraceElement::getMethodName)
                    .contains("coverWhereItBeganAndWhereItStands");
            // To look does not wake: see also the traps of the scheduler.
            assertThat(of(baker).status()).isEqualTo(Status.WAITING);
        }

        @Scenario(simulated = false, runs = 5)
        @Otp("PI-05")
        void coverTheWorkItHasDone() {
            burning = true;
            Pid busy =
                    spawn(() -> {
                        while (burning) {
                            Thread.onSpinWait();
                        }
                    });
            Pid lazy = waiting();
            long start = System.nanoTime();
            eventually(() -> of(busy).cpuTime().compareTo(ofMillis(40)) >= 0);
            Duration burnt = of(busy).cpuTime();
            burning = false;
            assertThat(burnt.toNanos()).isLessThan(2 * (System.nanoTime() - start));
            assertThat(of(lazy).cpuTime()).isLessThan(ofMillis(40));
            long before = of(lazy).slices();
            send(lazy, "not what it waits for");
            eventually(() -> of(lazy).slices() > before);
        }
    }

    @Nested
    class OneInstant {
        /// The target is linked whenever it monitors. An info in which it monitors without a link mixes two instants.
        @Scenario
        @Otp("PI-03")
        void isThatOfAllItems() {
            Pid peer = idle();
            Pid target =
                    spawn(() -> {
                        for (int i = 0; i < 10; i++) {
                            link(peer);
                            Ref monitor = monitor(peer);
                            demonitor(monitor);
                            unlink(peer);
                        }
                    });
            for (var info = info(target); info.isPresent(); info = info(target)) {
                if (!info.get().monitors().isEmpty()) {
                    assertThat(info.get().links()).containsExactly(peer);
                }
                sleep(ofMillis(0));
                Thread.yield();
            }
        }

        @Scenario
        @Otp("PI-03")
        void isThatOfTheMessagesOfOneWhoWaits() {
            Pid target = waiting();
            List<Object> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(send(target, i));
                assertThat(of(target).messageQueueLength()).isEqualTo(sent.size());
                assertThat(messages(target, 100)).isEqualTo(sent);
            }
            assertThat(messages(target, 3)).isEqualTo(sent.subList(0, 3));
            assertThat(messages(target, 0)).isEmpty();
        }
    }

    @Nested
    class TheStatus {
        @Scenario
        @Otp("PI-04")
        void isRunningForOneself() {
            assertThat(of(self()).status()).isEqualTo(Status.RUNNING);
        }

        @Scenario
        @Otp("PI-04")
        void isWaitingForWhoWaits() {
            Pid forMessage = waiting();
            Pid forTime = spawn(() -> sleep(ofSeconds(100)));
            Pid forAnything = spawn(() -> hibernate());
            for (Pid pid : List.of(forMessage, forTime, forAnything)) {
                eventually(() -> of(pid).status() == Status.WAITING);
            }
        }

        @Scenario
        @Otp("PI-04")
        void isSuspendedForWhoIsSuspended() {
            Pid worker = waiting();
            suspend(worker);
            assertThat(of(worker).status()).isEqualTo(Status.SUSPENDED);
            send(worker, new Go());
            assertThat(of(worker).status()).isEqualTo(Status.SUSPENDED);
            resume(worker);
            awaitDown(worker);
        }

        @Scenario
        @Otp("PI-04")
        void isRunnableOrWaitingForWhoHasJustBeenSpawned() {
            Pid fresh = idle();
            assertThat(of(fresh).status()).isIn(Status.RUNNABLE, Status.RUNNING, Status.WAITING);
        }

        /// On one carrier nobody else runs while this process does.
        @Scenario(simulated = false, carriers = 1)
        @Otp("PI-04")
        void isRunnableForWhoWaitsForACarrier() {
            priority(Priority.MAX);
            Pid fresh = idle();
            assertThat(of(fresh).status()).isEqualTo(Status.RUNNABLE);
        }

        @Scenario(simulated = false, runs = 5)
        @Otp("PI-04")
        void tellsWhoComputesFromWhoBlocksInJava() {
            burning = true;
            Pid busy =
                    spawn(() -> {
                        while (burning) {
                            Thread.onSpinWait();
                        }
                    });
            Pid blocked = spawn(() -> Thread.sleep(100_000));
            eventually(() -> of(busy).status() == Status.RUNNING);
            eventually(() -> of(blocked).status() == Status.WAITING);
            burning = false;
            exit(blocked, KILL);
            awaitDown(blocked);
        }
    }

    @Nested
    class TheAsker {
        @Scenario
        @Otp("PI-06")
        void findsWhatItHasSentBefore() {
            Pid target = waiting();
            for (int i = 1; i <= 5; i++) {
                send(target, "message");
                assertThat(of(target).messageQueueLength()).isEqualTo(i);
            }
            link(target);
            assertThat(of(target).links()).containsExactly(self());
            Ref one = monitor(target);
            Ref two = monitor(target);
            assertThat(of(target).monitoredBy()).containsExactly(self(), self());
            demonitor(one);
            assertThat(of(target).monitoredBy()).containsExactly(self());
            unlink(target);
            assertThat(of(target).links()).isEmpty();
            demonitor(two);
            exit(target, "enough");
            assertThat(info(target)).isEmpty();
            assertThat(isAlive(target)).isFalse();
        }

        @Scenario(simulated = false, runs = 3)
        @Otp("PI-07")
        void needsNoHelpOfTheAsked() {
            burning = true;
            Pid boss = self();
            List<Pid> busy = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                busy.add(
                        spawn(() -> {
                            send(boss, new Go());
                            while (burning) {
                                Thread.onSpinWait();
                            }
                        }));
            }
            for (int i = 0; i < 3; i++) {
                receive(Go.class, ofSeconds(5));
            }
            for (Pid pid : busy) {
                send(pid, "unread");
                assertThat(of(pid).messageQueueLength()).isEqualTo(1);
                assertThat(messages(pid, 5)).containsExactly("unread");
                assertThat(stack(pid)).isNotEmpty();
            }
            burning = false;
        }

        /// Shown by the ratio of two medians with a wide margin: a scan would be slower by three orders of magnitude.
        @Scenario(simulated = false, runs = 1)
        @Otp("PI-07")
        void paysNothingForAMillionUnreadMessages() {
            Pid poor = waiting();
            Pid rich = waiting();
            for (int i = 0; i < 1_000_000; i++) {
                send(rich, "unread");
            }
            assertThat(of(rich).messageQueueLength()).isEqualTo(1_000_000);
            assertThat(messages(rich, 2)).hasSize(2);
            long shortest = Math.max(median(poor), 500);
            assertThat(median(rich)).isLessThan(100 * shortest);
        }

        private static long median(Pid pid) {
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < 401; i++) {
                long begin = System.nanoTime();
                of(pid);
                messages(pid, 3);
                nanos.add(System.nanoTime() - begin);
            }
            nanos.sort(null);
            return nanos.get(200);
        }
    }

    @Nested
    class TheList {
        @Scenario
        @Otp("PI-08")
        void canBeWalkedThroughWithoutBeingMade() {
            List<Pid> steady = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                steady.add(idle());
            }
            Iterator<Pid> all = processesIterator();
            List<Pid> met = new ArrayList<>();
            while (all.hasNext()) {
                // Others come and go.
                awaitDown(spawn(() -> {}));
                met.add(all.next());
            }
            assertThat(met).contains(self()).containsAll(steady).doesNotHaveDuplicates();
            assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
        }

        @Scenario
        @Otp("PI-08")
        void hasEverybodyWhoIsAlive() {
            List<Pid> mine = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                mine.add(i % 2 == 0 ? idle() : waiting());
            }
            assertThat(processes()).contains(self()).containsAll(mine).doesNotHaveDuplicates();
            for (Pid pid : mine) {
                exit(pid, KILL);
                awaitDown(pid);
                assertThat(processes()).doesNotContain(pid);
            }
        }

        @Scenario
        @Otp("PI-08")
        void hasThoseWhoLiveWhileOthersComeAndGo() {
            List<Pid> steady = List.of(idle(), idle(), idle());
            Pid churn =
                    spawn(() -> {
                        for (int i = 0; i < 20; i++) {
                            spawn(() -> {});
                        }
                    });
            while (isAlive(churn)) {
                assertThat(processes()).containsAll(steady);
                sleep(ofMillis(0));
                Thread.yield();
            }
            eventually(() -> processes().size() == 5 || processes().size() == 4);
        }

        @Scenario(simulated = false, runs = 1)
        @Otp("PI-08")
        void isMadeWithoutStoppingAnybodyAlsoWhenItIsLong() {
            for (int i = 0; i < 3_000; i++) {
                spawn(() -> sleepForever());
            }
            assertThat(processes()).hasSizeGreaterThan(3_000);
        }
    }

    /// What is shown of a process is a copy: to look at somebody's mail is not to share memory with him.
    @Nested
    class Isolation {
        @Scenario
        @Otp("PI-03")
        void holdsForMessages() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        receive(Go.class);
                        send(boss, receive(ArrayList.class));
                    });
            send(owner, new ArrayList<>(List.of("a")));
            @SuppressWarnings("unchecked")
            List<Object> seen = (List<Object>) messages(owner, 1).getFirst();
            seen.add("written by the asker");
            send(owner, new Go());
            assertThat((Object) receive(ArrayList.class)).isEqualTo(List.of("a"));
        }

        @Scenario
        @Otp("PI-05")
        void holdsForLabels() {
            Pid target =
                    spawn(
                            SpawnOptions.options().label(new ArrayList<>(List.of("a"))),
                            () -> receive(Go.class));
            @SuppressWarnings("unchecked")
            List<Object> seen = (List<Object>) of(target).label().orElseThrow();
            try {
                seen.add("written by the asker");
            } catch (UnsupportedOperationException refused) {
                assertThat(seen).containsExactly("a");
            }
            assertThat(of(target).label()).isEqualTo(Optional.of(List.of("a")));
        }

        record Unprintable(String text) {
            @Override
            public String toString() {
                throw new IllegalStateException("not for show");
            }
        }

        record Slow(Pid boss) {
            @Override
            public String toString() {
                send(boss, "being shown");
                sleep(ofMillis(200));
                return "slow";
            }
        }

        /// A dictionary value that cannot be shown fails neither the asker nor the rest.
        @Scenario
        @Otp("PI-05")
        void ofADictionaryThatCannotBeShown() {
            Pid boss = self();
            Pid target =
                    spawn(() -> {
                        NOTE.put(new Unprintable("x"));
                        send(boss, new Go());
                        receive(Go.class);
                    });
            receive(Go.class);
            assertThat(of(target).dictionary()).containsKey("note");
            send(target, new Go());
            awaitDown(target);
        }

        /// Nor does one that takes its time keep the process from anything meanwhile.
        @Scenario(runs = 3)
        @Otp("PI-07")
        void ofADictionaryThatIsSlowToShow() {
            Pid boss = self();
            Pid target =
                    spawn(() -> {
                        NOTE.put(new Slow(boss));
                        send(boss, new Go());
                        receive(Go.class);
                    });
            receive(Go.class);
            Pid asker = spawn(() -> of(target));
            assertReceive("being shown");
            Duration begin = now();
            assertThat(isAlive(target)).isTrue();
            exit(target, KILL);
            awaitDown(target);
            assertThat(now().minus(begin)).isLessThan(ofMillis(150));
            exit(asker, KILL);
        }
    }
}
