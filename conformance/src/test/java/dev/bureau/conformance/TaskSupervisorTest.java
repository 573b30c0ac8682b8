package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.AsyncStream;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.Start;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Task;
import dev.bureau.otp.Task.Exited;
import dev.bureau.otp.Task.Nothing;
import dev.bureau.otp.Task.Ok;
import dev.bureau.otp.TaskSupervisor;
import dev.bureau.otp.gen.Ancestry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/// Tasks of a supervisor: items T-11 and T-12, and what the others say of supervised ones.
class TaskSupervisorTest {
    private static final boolean[] BOTH = {true, false};

    record Go() {}

    private static TaskSupervisor supervisor() {
        return TaskSupervisor.startLink();
    }

    private static TaskSupervisor supervisor(int maxChildren) {
        return TaskSupervisor.startLink(DynamicSupervisor.flags().maxChildren(maxChildren));
    }

    private static Pid pidOf(TaskSupervisor supervisor) {
        return (Pid) supervisor.supervisor();
    }

    /// Started with a link or without one.
    private static <R> Task<R> async(TaskSupervisor supervisor, boolean linked, Callable<R> work) {
        return linked ? supervisor.async(work) : supervisor.asyncNolink(work);
    }

    private static <T, R> AsyncStream<T, R> stream(
            TaskSupervisor supervisor, boolean linked, List<T> items, AsyncStream.Work<T, R> work) {
        return linked
                ? supervisor.asyncStream(items, work)
                : supervisor.asyncStreamNolink(items, work);
    }

    private static <R> Task<R> ready(TaskSupervisor supervisor, boolean linked, Callable<R> work) {
        return async(
                supervisor,
                linked,
                () -> {
                    receive(Go.class);
                    return work.call();
                });
    }

    private static Task<Object> endless(TaskSupervisor supervisor, boolean linked) {
        return ready(supervisor, linked, () -> null);
    }

    private static void assertNothingIsLeft(TaskSupervisor supervisor) {
        refuteReceive(Object.class);
        eventually(() -> info(self()).orElseThrow().links().equals(List.of(pidOf(supervisor))));
        assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        eventually(() -> supervisor.children().isEmpty());
        // The supervisor, this one and the one that watches the scenario.
        eventually(() -> processes().size() == 3);
    }

    @Nested
    class ATask {
        @Scenario(seeds = 300)
        @Otp("T-01")
        void isAChildOfTheSupervisorAndLinkedToItsOwner() {
            TaskSupervisor supervisor = supervisor();
            Task<Integer> task = ready(supervisor, true, () -> 42);
            assertThat(supervisor.children()).containsExactly(task.pid());
            assertThat(info(self()).orElseThrow().links())
                    .containsExactlyInAnyOrder(pidOf(supervisor), task.pid());
            assertThat(info(task.pid()).orElseThrow().links())
                    .containsExactlyInAnyOrder(pidOf(supervisor), self());
            send(task.pid(), new Go());
            assertThat(task.await()).isEqualTo(42);
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 300)
        @Otp("T-11")
        void withoutALinkFailsAlone() {
            TaskSupervisor supervisor = supervisor();
            Task<Object> task = ready(supervisor, false, () -> exit("gone"));
            assertThat(info(self()).orElseThrow().links()).containsExactly(pidOf(supervisor));
            Pid pid = task.pid();
            send(pid, new Go());
            assertThat(task.yield()).isEqualTo(new Exited<>(ExitReason.of("gone")));
            Task<Object> heard = ready(supervisor, false, () -> exit("gone"));
            send(heard.pid(), new Go());
            assertReceive((Object) new Down(heard.ref(), heard.pid(), ExitReason.of("gone")));
            assertThat(heard.shutdown()).isIn(new Exited<>(NOPROC));
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 300)
        @Otp("T-11")
        void withoutALinkOutlivesItsOwner() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Spawned owner =
                    spawnMonitor(() -> {
                        Task<?> task = ready(supervisor, false, () -> send(boss, "done"));
                        send(boss, task.pid());
                        exit("gone");
                    });
            Pid task = assertReceive(Pid.class);
            awaitDown(owner.monitor());
            send(task, new Go());
            assertReceive("done");
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 300)
        @Otp("T-11")
        void withoutALinkIsShutDownIgnoredAndKilledAsAnyOther() {
            trapExits(true);
            TaskSupervisor supervisor = supervisor();
            assertThat(endless(supervisor, false).shutdown()).isEqualTo(new Nothing<>());
            assertThat(endless(supervisor, false).kill()).isEqualTo(new Nothing<>());
            Task<Object> ignored = ready(supervisor, false, () -> "unheard");
            assertThat(ignored.ignore()).isEqualTo(new Nothing<>());
            send(ignored.pid(), new Go());
            awaitDown(ignored.pid());
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 300)
        @Otp("T-05")
        void endsWithItsOwnerIfItIsLinked() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Pid owner =
                    spawn(() -> {
                        send(boss, endless(supervisor, true).pid());
                        receive(Go.class);
                        exit("gone");
                    });
            Ref end = monitor(assertReceive(Pid.class));
            send(owner, new Go());
            assertThat(awaitDown(end)).isEqualTo(ExitReason.of("gone"));
            assertNothingIsLeft(supervisor);
        }

        /// Whenever its owner is killed, it does not wait for work that never comes.
        @Scenario(seeds = 2000)
        @Otp("T-05")
        void doesNotWaitForAnOwnerThatIsGone() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Spawned owner =
                    spawnMonitor(() -> {
                        send(boss, new Go());
                        supervisor.asyncNolink(() -> 1);
                    });
            receive(Go.class);
            exit(owner.pid(), KILL);
            awaitDown(owner.monitor());
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void isRefusedWhenThereAreTooMany() {
            TaskSupervisor supervisor = supervisor(1);
            Task<Object> only = endless(supervisor, false);
            for (boolean linked : BOTH) {
                assertThatThrownBy(() -> endless(supervisor, linked))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "expected room for one more task, but the supervisor has as many children as it may: 1;"
                                        + " raise its maxChildren, or start fewer at the same time (maxConcurrency of a"
                                        + " stream)");
            }
            assertThat(only.shutdown()).isEqualTo(new Nothing<>());
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void whoseWorkCannotBeSharedIsNotLeftWaiting() {
            TaskSupervisor supervisor = supervisor();
            AtomicInteger shared = new AtomicInteger();
            Body work = () -> shared.incrementAndGet();
            assertThatThrownBy(() -> supervisor.async(work))
                    .isInstanceOf(NotShareableException.class);
            for (Restart restart : Restart.values()) {
                assertThatThrownBy(() -> supervisor.startChild(work, restart))
                        .isInstanceOf(NotShareableException.class);
            }
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-13")
        void knowsItsCallersAndItsAncestors() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Task<List<List<Pid>>> task =
                    supervisor.async(() -> List.of(Task.callers(), Ancestry.own()));
            assertThat(task.await())
                    .containsExactly(List.of(boss), List.of(pidOf(supervisor), boss));
        }
    }

    @Nested
    class AChild {
        @Scenario(seeds = 300)
        @Otp("T-12")
        void runsOnceUnlessToldOtherwise() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Start start =
                    supervisor.startChild(() -> {
                        send(boss, Task.callers());
                        exit("gone");
                    });
            assertThat(info(self()).orElseThrow().links()).containsExactly(pidOf(supervisor));
            assertReceive(List.of(boss));
            awaitDown(start.orThrow());
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void isStartedAgainIfItIsToBe() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            supervisor.startChild(
                    () -> {
                        send(boss, self());
                        receive(Go.class);
                        exit("gone");
                    },
                    Restart.TRANSIENT);
            Pid first = assertReceive(Pid.class);
            send(first, new Go());
            Pid second = assertReceive(Pid.class);
            assertThat(second).isNotEqualTo(first);
            exit(second, SHUTDOWN);
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void isRefusedWhenThereAreTooMany() {
            TaskSupervisor supervisor = supervisor(1);
            Task<Object> only = endless(supervisor, false);
            for (Restart restart : Restart.values()) {
                assertThat(supervisor.startChild(() -> {}, restart))
                        .isEqualTo(Start.failed(new DynamicSupervisor.MaxChildren(1)));
            }
            only.kill();
            assertNothingIsLeft(supervisor);
        }
    }

    @Nested
    class ASupervisor {
        @Scenario(seeds = 100)
        @Otp("T-12")
        void isAChildWithAName() {
            Pid top =
                    Supervisor.startLink(
                            Supervisor.ONE_FOR_ONE, TaskSupervisor.childSpec("mailing"));
            TaskSupervisor mailing = TaskSupervisor.of("mailing");
            Task<Integer> task = mailing.asyncNolink(() -> 42);
            assertThat(task.await()).isEqualTo(42);
            Task<Void> deed = mailing.async(() -> sleep(ofMillis(1)));
            assertThat(deed.await()).isNull();
            Task<Void> other = mailing.asyncNolink(() -> sleep(ofMillis(1)));
            assertThat(other.await()).isNull();
            Supervisor.stop(top);
            assertThat(TaskSupervisor.childSpec("mailing").type())
                    .isEqualTo(ChildSpec.Type.SUPERVISOR);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void tellsAndStopsItsChildren() {
            TaskSupervisor supervisor = TaskSupervisor.startLink("mailing");
            Task<Object> task = endless(supervisor, false);
            Pid child = supervisor.startChild(Bureau::sleepForever).orThrow();
            assertThat(supervisor.children()).containsExactlyInAnyOrder(task.pid(), child);
            assertThat(supervisor.terminateChild(child)).isTrue();
            assertThat(supervisor.terminateChild(child)).isFalse();
            assertThat(supervisor.terminateChild(task.pid())).isTrue();
            assertThat(task.yield()).isEqualTo(new Exited<>(SHUTDOWN));
            assertNothingIsLeft(TaskSupervisor.of(whereis("mailing").orElseThrow()));
        }

        /// Only who traps exits notices.
        @Scenario(seeds = 100)
        @Otp("T-12")
        void stopsItsTasksInTheWayThatWasSaid() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Body deaf =
                    () -> {
                        trapExits(true);
                        send(boss, new Go());
                        sleepForever();
                    };
            for (TaskSupervisor how :
                    List.of(
                            supervisor.shutdown(ofMillis(1)),
                            supervisor.shutdown(new ChildSpec.Shutdown.BrutalKill()))) {
                for (Restart restart : List.of(Restart.TEMPORARY, Restart.TRANSIENT)) {
                    Pid child = how.startChild(deaf, restart).orThrow();
                    receive(Go.class);
                    Ref end = monitor(child);
                    assertThat(supervisor.terminateChild(child)).isTrue();
                    assertThat(awaitDown(end)).isEqualTo(KILLED);
                }
                Task<Void> task = how.asyncNolink(deaf);
                receive(Go.class);
                assertThat(supervisor.terminateChild(task.pid())).isTrue();
                assertThat(task.yield()).isEqualTo(new Exited<>(KILLED));
            }
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-12")
        void thatIsNotThereIsAnExit() {
            TaskSupervisor nobody = TaskSupervisor.of("nobody");
            for (Body asking :
                    List.<Body>of(
                            () -> nobody.async(() -> 1),
                            () -> nobody.asyncNolink(() -> 1),
                            () -> nobody.startChild(() -> {}),
                            () -> nobody.asyncStream(List.of(1), item -> item).toList(),
                            nobody::children)) {
                trapExits(true);
                assertThatThrownBy(asking::run).isInstanceOf(ExitException.class);
            }
            refuteReceive(Object.class);
        }
    }

    @Nested
    class AStream {
        private static int fail(Object reason) {
            throw exit(reason);
        }

        private static int onlyZero(int item) {
            if (item != 0) {
                sleepForever();
            }
            return item;
        }

        @Scenario(seeds = 100)
        @Otp("T-17")
        void withoutLinksTellsFailuresAlways() {
            TaskSupervisor supervisor = supervisor();
            for (boolean traps : new boolean[] {false, true}) {
                trapExits(traps);
                assertThat(
                                TaskSupervisorTest.<Integer, Integer>stream(
                                                supervisor,
                                                false,
                                                List.of(1, 2, 3),
                                                item -> item == 2 ? fail("gone") : item)
                                        .maxConcurrency(2)
                                        .toList())
                        .containsExactly(
                                new Ok<>(1), new Exited<>(ExitReason.of("gone")), new Ok<>(3));
                assertNothingIsLeft(supervisor);
            }
        }

        @Scenario(seeds = 100)
        @Otp("T-17")
        void withLinksEndsAConsumerThatDoesNotTrap() {
            TaskSupervisor supervisor = supervisor();
            Spawned consumer =
                    spawnMonitor(() ->
                            TaskSupervisorTest.<Integer, Integer>stream(
                                            supervisor,
                                            true,
                                            List.of(0, 1, 2),
                                            item -> item == 1 ? fail("gone") : onlyZero(item))
                                    .maxConcurrency(3)
                                    .toList());
            assertThat(awaitDown(consumer.monitor())).isEqualTo(ExitReason.of("gone"));
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void thatIsCutShortEndsTheRest() {
            TaskSupervisor supervisor = supervisor();
            for (boolean linked : BOTH) {
                assertThat(
                                TaskSupervisorTest.<Integer, Integer>stream(
                                                supervisor,
                                                linked,
                                                List.of(0, 1, 2, 3),
                                                item -> onlyZero(item))
                                        .maxConcurrency(3)
                                        .stream()
                                        .limit(1)
                                        .toList())
                        .containsExactly(new Ok<>(0));
                assertNothingIsLeft(supervisor);
            }
        }

        /// As many at the same time as the supervisor may have: a place is free before the next is asked for.
        @Scenario(seeds = 500)
        @Otp("T-18")
        void usesAllPlacesOfTheSupervisor() {
            TaskSupervisor supervisor = supervisor(2);
            assertThat(
                            TaskSupervisorTest.<Integer, Integer>stream(
                                            supervisor, false, List.of(1, 2, 3, 4, 5), item -> item)
                                    .maxConcurrency(2)
                                    .toList())
                    .hasSize(5);
            assertNothingIsLeft(supervisor);
        }

        @Scenario(seeds = 200)
        @Otp("T-18")
        void endsInOrderWhenThereAreTooMany() {
            TaskSupervisor supervisor = supervisor(1);
            for (boolean linked : BOTH) {
                assertThatThrownBy(() ->
                                TaskSupervisorTest.<Integer, Integer>stream(
                                                supervisor,
                                                linked,
                                                List.of(1, 2, 3),
                                                item -> onlyZero(item))
                                        .maxConcurrency(2)
                                        .toList())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("maxConcurrency");
                assertNothingIsLeft(supervisor);
            }
        }

        /// Those without a link are the supervisor's business.
        @Scenario(seeds = 200)
        @Otp("T-11")
        void whoseConsumerIsGoneLeavesTasksWithoutALinkAlone() {
            Pid boss = self();
            TaskSupervisor supervisor = supervisor();
            Spawned consumer =
                    spawnMonitor(() ->
                            TaskSupervisorTest.<Integer, Object>stream(
                                            supervisor,
                                            false,
                                            List.of(1),
                                            item -> {
                                                send(boss, self());
                                                return receive(Go.class);
                                            })
                                    .toList());
            Pid task = assertReceive(Pid.class);
            exit(consumer.pid(), KILL);
            assertThat(awaitDown(consumer.monitor())).isEqualTo(KILLED);
            assertThat(isAlive(task)).isTrue();
            send(task, new Go());
            assertNothingIsLeft(supervisor);
        }
    }
}
