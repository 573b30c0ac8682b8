package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOCONNECTION;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.kernel.ExitReason.TIMEOUT;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.ExitReason.Crash;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Start;
import dev.bureau.otp.Task;
import dev.bureau.otp.Task.Exited;
import dev.bureau.otp.Task.Nothing;
import dev.bureau.otp.Task.Ok;
import dev.bureau.otp.Task.OnTimeout;
import dev.bureau.otp.Task.Yield;
import dev.bureau.otp.gen.Ancestry;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/// Tasks: items T-01 to T-10 and T-13, and the like of T-12 without a supervisor.
class TaskTest {
    /// A task that waits for a [Go], then does its work.
    private static <R> Task<R> ready(Callable<R> work) {
        return Task.async(() -> {
            receive(Go.class);
            return work.call();
        });
    }

    private static <R> Task<R> trapping(Callable<R> work) {
        Pid boss = self();
        Task<R> task =
                Task.async(() -> {
                    trapExits(true);
                    send(boss, new Go());
                    return work.call();
                });
        receive(Go.class);
        return task;
    }

    private static String word() {
        return "word";
    }

    private static Task<?> endless() {
        return Task.async(Bureau::sleepForever);
    }

    private static <R> R go(Task<R> task) {
        send(task.pid(), new Go());
        return task.await();
    }

    /// Tells a task to go on and waits until what it brings is in the mailbox.
    private static void finish(Task<?> task) {
        Pid pid = task.pid();
        send(pid, new Go());
        awaitDown(pid);
        // Its end was told to other monitors, perhaps not yet to that of the task.
        eventually(() -> !info(self()).orElseThrow().monitors().contains(pid));
    }

    private static CallFailed failure(Body awaiting) {
        ExitException thrown = catchThrowableOfType(ExitException.class, awaiting::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isInstanceOf(CallFailed.class);
        return (CallFailed) thrown.reason();
    }

    /// What the calling process holds of tasks once it is done with them.
    private static void assertNothingIsLeft() {
        refuteReceive(Object.class);
        eventually(() -> info(self()).orElseThrow().links().isEmpty());
        assertThat(info(self()).orElseThrow().monitors()).isEmpty();
    }

    @Nested
    class AResult {
        @Scenario
        @Otp("T-01")
        void comesToTheOwnerWithItsType() {
            Task<Long> sum = Task.async(() -> 1L + 2);
            Task<String> word = Task.async(TaskTest::word);
            long three = sum.await();
            assertThat(three).isEqualTo(3);
            assertThat(word.await(ofSeconds(1))).isEqualTo("word");
            assertThat(Task.async(() -> "in the end").awaitForever()).isEqualTo("in the end");
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-01")
        void isComputedByAProcessThatIsLinkedAndMonitored() {
            Task<?> task = endless();
            assertThat(info(self()).orElseThrow().links()).containsExactly(task.pid());
            assertThat(info(self()).orElseThrow().monitors()).containsExactly(task.pid());
            assertThat(task.owner()).isEqualTo(self());
            assertThat(task).hasToString("Task[" + task.pid() + ", owner " + self() + "]");
        }

        @Scenario
        @Otp("T-01")
        void isAMessageThatAServerCanHandle() {
            Task<Integer> task = Task.async(() -> 42);
            assertReceive((Object) new Reply(task.ref(), 42));
            assertReceive((Object) new Down(task.ref(), task.pid(), NORMAL));
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-01")
        void isAwaitedWithoutATraceAlsoWhenTheTaskHasEnded() {
            Task<Integer> task = ready(() -> 42);
            finish(task);
            assertThat(task.await()).isEqualTo(42);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-01")
        void isFoundBehindOtherMessages() {
            for (int i = 0; i < 10; i++) {
                send(self(), i);
            }
            assertThat(Task.async(() -> "found").await()).isEqualTo("found");
            for (int i = 0; i < 10; i++) {
                assertReceive((Object) i);
            }
        }

        @Scenario
        @Otp("T-01")
        void sharesNoMemory() {
            List<String> words = new ArrayList<>(List.of("one"));
            Task<List<String>> task =
                    ready(() -> {
                        words.add("two");
                        return words;
                    });
            words.add("mine");
            assertThat(go(task)).containsExactly("one", "two");
            assertThat(words).containsExactly("one", "mine");
        }

        @Scenario
        @Otp("T-01")
        void mayBeNull() {
            Task<String> nothing = Task.async(() -> null);
            assertThat(nothing.await()).isNull();
            Task<Void> deed = Task.async(() -> sleep(ofMillis(1)));
            assertThat(deed.await()).isNull();
            Task<Void> other = Task.async(() -> sleep(ofMillis(1)));
            assertThat(other.yield()).isEqualTo(new Ok<>(null));
        }

        @Scenario
        @Otp("T-01")
        void thatCannotBeSharedFailsTheTask() {
            trapExits(true);
            Task<AtomicInteger> task = Task.async(() -> new AtomicInteger());
            assertThat(task.yield())
                    .isInstanceOfSatisfying(
                            Exited.class,
                            exited ->
                                    assertThat(exited.reason())
                                            .isInstanceOfSatisfying(
                                                    Crash.class,
                                                    crash ->
                                                            assertThat(crash.error())
                                                                    .isInstanceOf(
                                                                            NotShareableException
                                                                                    .class)));
            assertReceive(Exit.class);
        }

        @Scenario
        @Otp("T-01")
        void thereMayBeFromTheBeginning() {
            Task<String> task = Task.completed("known");
            assertThat(task.await()).isEqualTo("known");
            assertThat(Task.completed("known").yield()).isEqualTo(new Ok<>("known"));
            assertThat(Task.completed("known").shutdown()).isEqualTo(new Ok<>("known"));
            assertThat(Task.completed("known").ignore()).isEqualTo(new Ok<>("known"));
            assertThat(Task.completed("known"))
                    .hasToString("Task[completed, owner " + self() + "]");
            assertThatThrownBy(task::pid)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected a task with a process, got one made by completed(value)");
            assertThat(Task.awaitMany(List.of(Task.completed(1), Task.async(() -> 2))))
                    .containsExactly(1, 2);
            poll(Reply.class);
            assertNothingIsLeft();
        }
    }

    @Nested
    class ATask {
        @Scenario
        @Otp("T-01")
        void isNotStartedForWorkThatCannotBeShared() {
            AtomicInteger shared = new AtomicInteger();
            assertThatThrownBy(() -> Task.async(() -> shared.incrementAndGet()))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("AtomicInteger")
                    .hasMessageStartingWith("lambda in TaskTest");
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-02")
        void answersItsOwnerOnly() {
            Task<Integer> task = ready(() -> 42);
            Task<Integer> done = Task.completed(1);
            Pid boss = self();
            Pid other =
                    spawn(() -> {
                        List<Body> attempts =
                                List.of(
                                        () -> task.await(),
                                        () -> task.awaitForever(),
                                        () -> task.yield(),
                                        () -> task.shutdown(),
                                        () -> task.kill(),
                                        () -> task.ignore(),
                                        () -> done.shutdown(),
                                        () -> Task.awaitMany(List.of(task)),
                                        () -> Task.yieldMany(List.of(task)));
                        for (Body attempt : attempts) {
                            try {
                                attempt.run();
                            } catch (IllegalArgumentException refused) {
                                send(boss, refused.getMessage());
                            }
                        }
                    });
            for (int i = 0; i < 9; i++) {
                assertThat(assertReceive(String.class))
                        .isEqualTo(
                                "expected the owner of the task, "
                                        + boss
                                        + ", to ask for its result, got: "
                                        + other
                                        + "; let the owner await it and send the result on");
            }
            assertThat(done.await()).isEqualTo(1);
            assertThat(go(task)).isEqualTo(42);
        }

        @Scenario
        @Otp("T-05")
        void endsWithAnOwnerThatFails() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        send(boss, endless().pid());
                        receive(Go.class);
                        exit("gone");
                    });
            var end = monitor(assertReceive(Pid.class));
            send(owner, new Go());
            assertThat(awaitDown(end)).isEqualTo(custom("gone"));
        }

        @Scenario
        @Otp("T-05")
        void outlivesAnOwnerThatEndsInOrder() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Task<?> task = ready(() -> send(boss, "done"));
                        send(boss, task.pid());
                    });
            Pid task = assertReceive(Pid.class);
            awaitDown(owner);
            assertThat(isAlive(task)).isTrue();
            send(task, new Go());
            assertReceive("done");
        }

        @Scenario
        @Otp("T-13")
        void knowsOnWhoseBehalfItWorks() {
            Pid boss = self();
            assertThat(Task.callers()).isEmpty();
            List<Pid> callers =
                    Task.async(
                                    () -> {
                                        Pid middle = self();
                                        assertThat(Task.callers()).containsExactly(boss);
                                        assertThat(Task.async(() -> Task.callers()).await())
                                                .containsExactly(middle, boss);
                                        return Task.callers();
                                    })
                            .await();
            assertThat(callers).containsExactly(boss);
        }

        @Scenario
        @Otp("T-13")
        void thatNobodyWaitsForKnowsItToo() {
            Pid boss = self();
            for (Body starting :
                    List.<Body>of(
                            () -> Task.start(() -> send(boss, Task.callers())),
                            () -> Task.startLink(() -> send(boss, Task.callers())))) {
                assertThat(assertDoesNotFail(starting)).isEqualTo(List.of(boss));
            }
        }

        private Object assertDoesNotFail(Body starting) {
            try {
                starting.run();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
            return assertReceive(List.class);
        }

        @Scenario
        @Otp("T-13")
        void knowsItsAncestors() {
            Pid boss = self();
            List<List<Pid>> chain =
                    Task.async(
                                    () -> {
                                        List<Pid> inner = Task.async(() -> Ancestry.own()).await();
                                        return List.of(List.of(self()), Ancestry.own(), inner);
                                    })
                            .await();
            Pid outer = chain.getFirst().getFirst();
            assertThat(chain.get(1)).containsExactly(boss);
            assertThat(chain.get(2)).containsExactly(outer, boss);
        }

        @Scenario
        @Otp("T-12")
        void withoutASupervisorIsStartedWithALinkOrWithoutOne() {
            Pid alone = Task.start(() -> receive(Go.class));
            Pid linked = Task.startLink(() -> receive(Go.class));
            assertThat(info(self()).orElseThrow().links()).containsExactly(linked);
            exit(alone, "gone");
            awaitDown(alone);
            send(linked, new Go());
            awaitDown(linked);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-12")
        void isATemporaryChild() throws Exception {
            Pid boss = self();
            ChildSpec spec = Task.childSpec("greeter", () -> send(boss, "hello"));
            assertThat(spec.id()).isEqualTo("greeter");
            assertThat(spec.restart()).isEqualTo(ChildSpec.Restart.TEMPORARY);
            assertThat(spec.type()).isEqualTo(ChildSpec.Type.WORKER);
            Start start = spec.start().start();
            assertReceive("hello");
            awaitDown(start.orThrow());
        }

        @Scenario
        @Otp("T-04")
        void thatFailsIsReportedWithWhoStartedIt() throws Exception {
            trapExits(true);
            Pid boss = self();
            List<String> log =
                    captureLog(() -> {
                        Task<?> task =
                                Task.async(
                                        (Callable<Object>)
                                                () -> {
                                                    throw new IllegalStateException("broken");
                                                });
                        awaitDown(task.pid());
                        assertThat(task.yield()).isInstanceOf(Exited.class);
                    });
            assertThat(log)
                    .singleElement()
                    .asString()
                    .containsPattern("^task #PID<[^>]+> started from " + boss + " terminating")
                    .contains("broken", "callers: " + boss)
                    .contains("function: " + TaskTest.class.getName());
        }
    }

    @Nested
    class Awaiting {
        @Scenario
        @Otp("T-03")
        void endsWhenTheTimeIsOver() {
            Task<Integer> task = ready(() -> 42);
            CallFailed failure = failure(() -> task.await(ofMillis(3)));
            assertThat(failure)
                    .isEqualTo(
                            new CallFailed(TIMEOUT, task.pid(), "Task.await", ofMillis(3), self()));
            assertThat(isAlive(task.pid())).isTrue();
            finish(task);
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 20)
        @Otp("T-03")
        void takesFiveSecondsAtMost() {
            Duration begin = now();
            Task<?> task = endless();
            assertThat(failure(task::await).timeout()).isEqualTo(ofSeconds(5));
            assertThat(now().minus(begin)).isBetween(ofSeconds(5), ofMillis(5100));
            begin = now();
            assertThat(task.yield()).isEqualTo(new Nothing<>());
            assertThat(now().minus(begin)).isBetween(ofSeconds(5), ofMillis(5100));
        }

        @Scenario
        @Otp("T-03")
        void inVainEndsTheOwnerAndThroughTheLinkTheTask() {
            Pid boss = self();
            Spawned owner =
                    spawnMonitor(() -> {
                        Task<?> task = endless();
                        send(boss, task.pid());
                        receive(Go.class);
                        task.await(Duration.ZERO);
                    });
            Pid task = assertReceive(Pid.class);
            var end = monitor(task);
            send(owner.pid(), new Go());
            ExitReason reason = awaitDown(owner.monitor());
            assertThat(reason)
                    .isEqualTo(
                            new CallFailed(
                                    TIMEOUT, task, "Task.await", Duration.ZERO, owner.pid()));
            assertThat(awaitDown(end)).isEqualTo(reason);
        }

        /// Either it is in time or it is not; nothing of it comes later.
        @Scenario(outcomes = {"in time", "late"})
        @Otp("T-03")
        void aResultThatComesAtTheLastMomentGivesItOrNothing() {
            Task<Integer> task =
                    Task.async(() -> {
                        sleep(ofMillis(2));
                        return 42;
                    });
            Pid pid = task.pid();
            try {
                assertThat(task.await(ofMillis(2))).isEqualTo(42);
                observe("in time");
            } catch (ExitException late) {
                assertThat(((CallFailed) late.reason()).reason()).isEqualTo(TIMEOUT);
                observe("late");
            }
            awaitDown(pid);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-04")
        void aTaskThatFailsEndsAnOwnerThatDoesNotTrap() {
            Spawned owner =
                    spawnMonitor(() ->
                            Task.async(
                                            (Callable<Object>)
                                                    () -> {
                                                        throw new IllegalStateException("broken");
                                                    })
                                    .await());
            assertThat(awaitDown(owner.monitor()))
                    .isInstanceOfSatisfying(
                            Crash.class,
                            crash -> assertThat(crash.error()).hasMessageContaining("broken"));
            Spawned busy =
                    spawnMonitor(() -> {
                        Task.async(() -> exit("gone"));
                        sleepForever();
                    });
            assertThat(awaitDown(busy.monitor())).isEqualTo(custom("gone"));
        }

        @Scenario
        @Otp("T-04")
        void aTaskThatFailsIsAnExitForAnOwnerThatTraps() {
            trapExits(true);
            Task<?> task =
                    Task.async(
                            (Callable<Object>)
                                    () -> {
                                        throw new IllegalStateException("broken");
                                    });
            CallFailed failure = failure(task::await);
            assertThat(failure.server()).isEqualTo(task.pid());
            assertThat(failure.request()).isEqualTo("Task.await");
            assertThat(failure.timeout()).isEqualTo(ofSeconds(5));
            assertThat(failure.reason())
                    .isInstanceOfSatisfying(
                            Crash.class,
                            crash ->
                                    assertThat(crash.error())
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasMessage("broken"));
            Exit exit = assertReceive(Exit.class);
            assertThat(exit.from()).isEqualTo(task.pid());
            assertThat(exit.reason()).isInstanceOf(Crash.class);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-04")
        void tellsTheReasonOfTheTask() {
            trapExits(true);
            for (Object reason : List.of(NORMAL, SHUTDOWN, "gone", TIMEOUT)) {
                Task<?> task = Task.async(() -> exit(reason));
                assertThat(failure(() -> task.await(ofSeconds(1))))
                        .isEqualTo(
                                new CallFailed(
                                        ExitReason.of(reason),
                                        task.pid(),
                                        "Task.await",
                                        ofSeconds(1),
                                        self()));
                assertReceive((Object) new Exit(task.pid(), ExitReason.of(reason)));
            }
            Task<?> killed = endless();
            exit(killed.pid(), KILL);
            assertThat(failure(killed::awaitForever))
                    .isEqualTo(new CallFailed(KILLED, killed.pid(), "Task.await", null, self()));
            assertReceive((Object) new Exit(killed.pid(), KILLED));
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-04")
        void aTaskThatEndsInOrderWithoutAResultIsAnExit() {
            Task<?> task = Task.async(() -> exit(NORMAL));
            assertThat(failure(task::await).reason()).isEqualTo(NORMAL);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-06")
        void twiceIsInVain() {
            Task<Integer> task = Task.async(() -> 42);
            assertThat(task.await()).isEqualTo(42);
            assertThat(failure(() -> task.await(ofMillis(1))).reason()).isEqualTo(TIMEOUT);
            assertThat(task.yield(Duration.ZERO)).isEqualTo(new Nothing<>());
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-10")
        void aTaskOutOfReachIsAnExitInWhateverIsAsked() {
            trapExits(true);
            for (String function : List.of("await", "yield", "ignore", "awaitMany", "yieldMany")) {
                Task<Object> task = ready(() -> exit(NOCONNECTION));
                finish(task);
                CallFailed failure =
                        failure(() -> {
                            switch (function) {
                                case "await" -> task.await();
                                case "yield" -> task.yield();
                                case "ignore" -> task.ignore();
                                case "awaitMany" -> Task.awaitMany(List.of(task));
                                default -> Task.yieldMany(List.of(task));
                            }
                        });
                assertThat(failure.reason()).isEqualTo(NOCONNECTION);
                assertThat(failure.server()).isEqualTo(task.pid());
                assertThat(failure.request()).isEqualTo("Task." + function);
                assertReceive(Exit.class);
            }
            Task<Object> leaving =
                    trapping(() -> {
                        receive(Exit.class);
                        throw exit(NOCONNECTION);
                    });
            CallFailed failure = failure(leaving::shutdown);
            assertThat(failure.reason()).isEqualTo(NOCONNECTION);
            assertThat(failure.request()).isEqualTo("Task.shutdown");
            assertNothingIsLeft();
        }
    }

    @Nested
    class Yielding {
        @Scenario
        @Otp("T-07")
        void tellsValueOrReasonOrNothing() {
            trapExits(true);
            Task<Integer> task = ready(() -> 42);
            assertThat(task.yield(Duration.ZERO)).isEqualTo(new Nothing<>());
            assertThat(task.yield(ofMillis(1))).isEqualTo(new Nothing<>());
            send(task.pid(), new Go());
            assertThat(task.yield()).isEqualTo(new Ok<>(42));
            assertReceive((Object) new Exit(task.pid(), NORMAL));
            Task<?> failing = Task.async(() -> exit("gone"));
            assertThat(failing.yield()).isEqualTo(new Exited<>(custom("gone")));
            assertReceive(Exit.class);
            Task<?> ending = Task.async(() -> exit(NORMAL));
            assertThat(ending.yield()).isEqualTo(new Exited<>(NORMAL));
            assertReceive(Exit.class);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void isFollowedByWhatIsDoneOtherwise() {
            Task<Integer> quick = Task.async(() -> 42);
            assertThat(quick.yield().or(quick::shutdown)).isEqualTo(new Ok<>(42));
            Task<?> slow = endless();
            assertThat(slow.yield(ofMillis(1)).or(() -> new Exited<>(TIMEOUT)))
                    .isEqualTo(new Exited<>(TIMEOUT));
            Task<Integer> given =
                    Task.async(() -> {
                        sleepForever();
                        return 1;
                    });
            List<Object> seen = new ArrayList<>();
            given.yield(ofMillis(1))
                    .or(given::shutdown)
                    .ifPresentOrElse(seen::add, () -> seen.add("gave up"));
            Task.completed(7).yield().ifPresentOrElse(seen::add, () -> seen.add("gave up"));
            new Exited<>(KILLED).ifPresentOrElse(seen::add, () -> seen.add("failed"));
            assertThat(seen).containsExactly("gave up", 7, "failed");
            assertThat(new Ok<>(7).toOptional()).hasValue(7);
            assertThat(new Ok<>(null).toOptional()).isEmpty();
            assertThat(new Nothing<>().toOptional()).isEmpty();
            assertThat(new Exited<>(KILLED).or(() -> new Ok<>(1))).isEqualTo(new Exited<>(KILLED));
        }

        /// The compiler knows all cases.
        @Scenario(runs = 1, seeds = 1)
        @Otp("T-07")
        void isASwitchWithoutADefault() {
            Yield<Integer> yield = Task.completed(7).yield();
            String said =
                    switch (yield) {
                        case Ok<Integer>(var value) -> "ok " + value;
                        case Exited<Integer>(var reason) -> "exit " + reason;
                        case Nothing<Integer>() -> "nothing";
                    };
            assertThat(said).isEqualTo("ok 7");
        }
    }

    @Nested
    class Many {
        @Scenario
        @Otp("T-07")
        void areAwaitedInTheirOrder() {
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                tasks.add(ready(() -> number));
            }
            for (Task<Integer> task : tasks.reversed()) {
                finish(task);
            }
            assertThat(Task.awaitMany(tasks)).containsExactly(0, 1, 2, 3);
            assertThat(Task.awaitMany(List.of())).isEmpty();
            Task<Integer> twice = Task.async(() -> 1);
            assertThat(Task.awaitMany(List.of(twice, twice))).containsExactly(1, 1);
            Task<String> none = Task.async(() -> null);
            assertThat(Task.awaitMany(List.of(none))).containsExactly((String) null);
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void endAsSoonAsOneFails() {
            trapExits(true);
            Task<Object> slow = ready(() -> 1);
            Task<Object> failing = Task.async(() -> exit("gone"));
            CallFailed failure = failure(() -> Task.awaitMany(List.of(slow, failing)));
            assertThat(failure)
                    .isEqualTo(
                            new CallFailed(
                                    custom("gone"),
                                    failing.pid(),
                                    "Task.awaitMany",
                                    ofSeconds(5),
                                    self()));
            assertReceive((Object) new Exit(failing.pid(), custom("gone")));
            // Nobody waits for the other any more.
            finish(slow);
            assertReceive((Object) new Exit(slow.pid(), NORMAL));
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void endWhenTheTimeIsOver() {
            Task<Integer> quick = Task.async(() -> 1);
            Task<Integer> slow = ready(() -> 2);
            assertThat(failure(() -> Task.awaitMany(List.of(quick, slow), ofMillis(3))))
                    .matches(failure -> failure.reason().equals(TIMEOUT))
                    .matches(failure -> failure.timeout().equals(ofMillis(3)));
            finish(slow);
            awaitDown(quick.pid());
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void leaveOtherMessagesWhereTheyAre() {
            send(self(), "before");
            Task<Integer> task = ready(() -> 1);
            send(self(), new Reply(ref(), "not a task's"));
            send(task.pid(), new Go());
            assertThat(Task.awaitMany(List.of(task))).containsExactly(1);
            assertReceive("before");
            assertReceive(Reply.class);
            assertNothingIsLeft();
        }

        @Scenario(carriers = {})
        @Otp("T-07")
        void areYieldedInTheirOrder() {
            trapExits(true);
            Task<Object> slow = ready(() -> "late");
            Task<Object> quick = Task.async(() -> "quick");
            Task<Object> failing = Task.async(() -> exit("gone"));
            var results = Task.yieldMany(List.of(slow, quick, failing), ofMillis(10));
            assertThat(results.sequencedKeySet()).containsExactly(slow, quick, failing);
            assertThat(results.sequencedValues())
                    .containsExactly(
                            new Nothing<>(), new Ok<>("quick"), new Exited<>(custom("gone")));
            assertThat(go(slow)).isEqualTo("late");
            for (int i = 0; i < 3; i++) {
                assertReceive(Exit.class);
            }
            assertThat(Task.yieldMany(List.of())).isEmpty();
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void areIgnoredOrKilledWhenTheTimeIsOver() {
            Task<Object> ignored = ready(() -> exit("unheard"));
            assertThat(Task.yieldMany(List.of(ignored), ofMillis(1), OnTimeout.IGNORE))
                    .containsExactly(Map.entry(ignored, new Nothing<>()));
            assertThat(isAlive(ignored.pid())).isTrue();
            finish(ignored);
            Task<Object> killed = ready(() -> 1);
            assertThat(Task.yieldMany(List.of(killed), ofMillis(1), OnTimeout.KILL_TASK))
                    .containsExactly(Map.entry(killed, new Nothing<>()));
            assertThat(isAlive(killed.pid())).isFalse();
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-07")
        void areYieldedUntilThereAreEnough() {
            Task<Integer> slow = ready(() -> 1);
            Task<Integer> quick = Task.async(() -> 2);
            var first = Task.yieldMany(List.of(slow, quick), ofSeconds(5), OnTimeout.KILL_TASK, 1);
            assertThat(first.sequencedValues()).containsExactly(new Nothing<>(), new Ok<>(2));
            assertThat(isAlive(slow.pid())).isTrue();
            assertThat(go(slow)).isEqualTo(1);
            var more =
                    Task.yieldMany(
                            List.of(Task.async(() -> 1)), ofSeconds(5), OnTimeout.NOTHING, 9);
            assertThat(more.sequencedValues()).containsExactly(new Ok<>(1));
            assertThatThrownBy(
                            () -> Task.yieldMany(List.of(slow), ofSeconds(5), OnTimeout.NOTHING, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected to wait for at least 1 task, got: 0");
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 100)
        @Otp("T-07")
        void areWaitedForAsLongAsItTakes() {
            trapExits(true);
            Task<Object> slow = lastingAnHour(() -> 1);
            assertThat(slow.yieldForever()).isEqualTo(new Ok<>(1));
            Task<Object> quick = Task.async(() -> 2);
            List<Task<Object>> tasks = List.of(lastingAnHour(() -> 1), quick);
            assertThat(Task.yieldManyForever(tasks, 1).sequencedValues())
                    .containsExactly(new Nothing<>(), new Ok<>(2));
            assertThat(Task.awaitManyForever(List.of(tasks.getFirst(), Task.async(() -> 2))))
                    .containsExactly(1, 2);
            Task<Object> failing = lastingAnHour(() -> exit("gone"));
            assertThat(failing.yieldForever()).isEqualTo(new Exited<>(custom("gone")));
            List<Task<Object>> both =
                    List.of(lastingAnHour(() -> exit("gone")), Task.async(() -> 2));
            assertThat(Task.yieldManyForever(both).sequencedValues())
                    .containsExactly(new Exited<>(custom("gone")), new Ok<>(2));
            Task<Object> last = lastingAnHour(() -> exit("gone"));
            assertThat(failure(() -> Task.awaitManyForever(List.of(last))))
                    .isEqualTo(
                            new CallFailed(
                                    custom("gone"), last.pid(), "Task.awaitMany", null, self()));
            for (int i = 0; i < 8; i++) assertReceive(Exit.class);
            assertNothingIsLeft();
        }

        private static <R> Task<R> lastingAnHour(Callable<R> work) {
            return Task.async(() -> {
                sleep(Duration.ofHours(1));
                return work.call();
            });
        }

        /// However the end of the time and the results fall together, no message is left.
        @Scenario(outcomes = {"0", "1", "2"})
        @Otp("T-07")
        void leaveNothingBehindAtTheLastMoment() {
            List<Task<Integer>> tasks = List.of(lasting(ofMillis(2)), lasting(ofMillis(2)));
            long done =
                    Task.yieldMany(tasks, ofMillis(2), OnTimeout.IGNORE).values().stream()
                            .filter(Ok.class::isInstance)
                            .count();
            observe(done);
            tasks.forEach(task -> awaitDown(task.pid()));
            assertNothingIsLeft();
        }

        private static Task<Integer> lasting(Duration time) {
            return Task.async(() -> {
                sleep(time);
                return 1;
            });
        }
    }

    @Nested
    class ShuttingDown {
        @Scenario
        @Otp("T-08")
        void givesTheValueIfThereIsOne() {
            Task<Integer> done = ready(() -> 42);
            finish(done);
            assertThat(done.shutdown()).isEqualTo(new Ok<>(42));
            Task<Integer> alsoDone = ready(() -> 42);
            finish(alsoDone);
            assertThat(alsoDone.kill()).isEqualTo(new Ok<>(42));
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-08")
        void givesNothingIfItStoppedTheTask() {
            for (boolean traps : new boolean[] {false, true}) {
                trapExits(traps);
                Task<?> task = endless();
                assertThat(task.shutdown()).isEqualTo(new Nothing<>());
                assertThat(isAlive(task.pid())).isFalse();
                Task<?> killed = endless();
                assertThat(killed.kill()).isEqualTo(new Nothing<>());
                assertThat(isAlive(killed.pid())).isFalse();
                Task<?> waited = endless();
                assertThat(waited.shutdown(new ChildSpec.Shutdown.Unlimited()))
                        .isEqualTo(new Nothing<>());
                assertNothingIsLeft();
            }
        }

        @Scenario
        @Otp("T-08")
        void givesWhatATaskSaysThatTraps() {
            trapExits(true);
            Task<String> task =
                    trapping(() -> {
                        Exit told = receive(Exit.class);
                        return ExitReason.format(told.reason());
                    });
            assertThat(task.shutdown()).isEqualTo(new Ok<>("shutdown"));
            Task<String> failing =
                    trapping(() -> {
                        receive(Exit.class);
                        throw exit("not so");
                    });
            assertThat(failing.shutdown()).isEqualTo(new Exited<>(custom("not so")));
            Task<String> obedient =
                    trapping(() -> {
                        throw exit(receive(Exit.class).reason());
                    });
            assertThat(obedient.shutdown()).isEqualTo(new Nothing<>());
            assertNothingIsLeft();
        }

        @Scenario
        @Otp("T-08")
        void killsATaskThatDoesNotListen() {
            trapExits(true);
            Task<String> deaf =
                    trapping(() -> {
                        sleepForever();
                        return "never";
                    });
            assertThat(deaf.shutdown(ofMillis(1))).isEqualTo(new Exited<>(KILLED));
            Task<String> alsoDeaf =
                    trapping(() -> {
                        sleepForever();
                        return "never";
                    });
            assertThat(alsoDeaf.kill()).isEqualTo(new Nothing<>());
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 20)
        @Otp("T-08")
        void waitsFiveSeconds() {
            Task<String> deaf =
                    trapping(() -> {
                        sleepForever();
                        return "never";
                    });
            Duration begin = now();
            assertThat(deaf.shutdown()).isEqualTo(new Exited<>(KILLED));
            assertThat(now().minus(begin)).isBetween(ofSeconds(5), ofMillis(5100));
        }

        @Scenario
        @Otp("T-08")
        void tellsHowATaskHadEnded() {
            trapExits(true);
            record Case(Object reason, Yield<?> told, Yield<?> killed) {}
            for (Case one :
                    List.of(
                            new Case("gone", exited("gone"), exited("gone")),
                            new Case(NORMAL, exited(NORMAL), exited(NORMAL)),
                            new Case(SHUTDOWN, new Nothing<>(), exited(SHUTDOWN)),
                            new Case(KILLED, exited(KILLED), new Nothing<>()))) {
                Task<?> task = ready(() -> exit(one.reason()));
                finish(task);
                assertThat(task.shutdown()).isEqualTo(one.told());
                assertReceive(Exit.class);
                Task<?> other = ready(() -> exit(one.reason()));
                finish(other);
                assertThat(other.kill()).isEqualTo(one.killed());
                assertReceive(Exit.class);
            }
            Task<Integer> handled = Task.async(() -> 1);
            handled.await();
            awaitDown(handled.pid());
            assertThat(handled.shutdown()).isEqualTo(new Exited<>(NOPROC));
            assertThat(handled.kill()).isEqualTo(new Exited<>(NOPROC));
            poll(Exit.class);
            assertNothingIsLeft();
        }

        private static Yield<?> exited(Object reason) {
            return new Exited<>(ExitReason.of(reason));
        }

        /// The task ends by itself at the same time.
        @Scenario(outcomes = {"value", "stopped", "failed"})
        @Otp("T-08")
        void givesOneOrTheOther() {
            trapExits(true);
            Task<Integer> task = Task.async(() -> 42);
            switch (task.shutdown()) {
                case Ok<Integer>(var value) -> {
                    assertThat(value).isEqualTo(42);
                    observe("value");
                }
                case Nothing<Integer>() -> observe("stopped");
                case Exited<Integer>(var reason) -> observe("failed with " + reason);
            }
            Task<?> failing = Task.async(() -> exit("gone"));
            Yield<?> end = failing.shutdown();
            assertThat(end).isIn(new Exited<>(custom("gone")), new Nothing<>());
            observe(end instanceof Exited<?> ? "failed" : "stopped");
            poll(Exit.class);
            poll(Exit.class);
            assertNothingIsLeft();
        }

        /// Unlinking and telling are two steps; being killed between them must not save the task.
        @Scenario(seeds = 2000)
        @Otp("T-08")
        void stopsTheTaskEvenIfTheOwnerIsKilledMeanwhile() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Task<?> task = endless();
                        send(boss, task.pid());
                        task.shutdown();
                    });
            Pid task = assertReceive(Pid.class);
            exit(owner, KILL);
            assertThat(awaitDown(task)).isIn(KILLED, SHUTDOWN, NOPROC);
        }
    }

    @Nested
    class Ignoring {
        @Scenario
        @Otp("T-09")
        void letsTheTaskGoOnUnheard() {
            for (Object end : List.of("value", NORMAL, SHUTDOWN, custom("gone"))) {
                Task<Object> task =
                        ready(() -> {
                            if (end instanceof ExitReason reason) {
                                throw exit(reason);
                            }
                            return end;
                        });
                assertThat(task.ignore()).isEqualTo(new Nothing<>());
                assertThat(isAlive(task.pid())).isTrue();
                assertThat(info(self()).orElseThrow().links()).isEmpty();
                finish(task);
                assertNothingIsLeft();
                assertThat(task.yield(Duration.ZERO)).isEqualTo(new Nothing<>());
            }
        }

        @Scenario
        @Otp("T-09")
        void tellsWhatHadCome() {
            trapExits(true);
            Task<Integer> done = ready(() -> 42);
            finish(done);
            assertThat(done.ignore()).isEqualTo(new Ok<>(42));
            assertReceive(Exit.class);
            Task<?> failed = ready(() -> exit("gone"));
            finish(failed);
            assertThat(failed.ignore()).isEqualTo(new Exited<>(custom("gone")));
            assertReceive(Exit.class);
            assertNothingIsLeft();
        }

        @Scenario(outcomes = {"Nothing", "Ok"})
        @Otp("T-09")
        void leavesNothingBehindWheneverTheResultComes() {
            Task<Integer> task = Task.async(() -> 42);
            observe(task.ignore().getClass().getSimpleName());
            awaitDown(task.pid());
            assertNothingIsLeft();
        }
    }
}
