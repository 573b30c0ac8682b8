package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.TIMEOUT;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.ExitReason.Crash;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.AsyncIterator;
import dev.bureau.otp.AsyncResults;
import dev.bureau.otp.AsyncStream;
import dev.bureau.otp.AsyncStream.Zipped;
import dev.bureau.otp.Task;
import dev.bureau.otp.Task.Exited;
import dev.bureau.otp.Task.Ok;
import dev.bureau.otp.Task.Outcome;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/// Streams of tasks: items T-14 to T-18, as far as they need no supervisor, and what Java's streams add to them.
class AsyncStreamTest {
    private static final int[] CONCURRENCIES = {2, 4, 8};

    private static int sleepy(int millis) {
        sleep(ofMillis(millis));
        return millis;
    }

    /// 0 at once, anything else never.
    private static int onlyZero(int item) {
        if (item != 0) {
            sleepForever();
        }
        return item;
    }

    private static List<Outcome<Integer>> oks(Integer... values) {
        return Stream.of(values).<Outcome<Integer>>map(Ok::new).toList();
    }

    private static List<Outcome<Integer>> exits(Object... reasons) {
        return Stream.of(reasons)
                .<Outcome<Integer>>map(reason -> new Exited<>(ExitReason.of(reason)))
                .toList();
    }

    private static CallFailed failure(Body consuming) {
        ExitException thrown = catchThrowableOfType(ExitException.class, consuming::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isInstanceOf(CallFailed.class);
        return (CallFailed) thrown.reason();
    }

    private static Iterator<Integer> naturals() {
        return IntStream.iterate(0, i -> i + 1).iterator();
    }

    /// No process, no link, no monitor, no message: the tasks have ended before the stream has.
    private static void assertNothingIsLeft() {
        refuteReceive(Object.class);
        assertThat(info(self()).orElseThrow().links()).isEmpty();
        assertThat(info(self()).orElseThrow().monitors()).isEmpty();
        // This one and the one that watches the scenario.
        eventually(() -> processes().size() == 2);
    }

    @Nested
    class AStream {
        @Scenario(seeds = 200)
        @Otp("T-15")
        void givesResultsInTheOrderOfTheItems() {
            for (int tasks : CONCURRENCIES) {
                assertThat(
                                Task.asyncStream(List.of(1, 2, 3, 4), item -> sleepy(item))
                                        .maxConcurrency(tasks)
                                        .toList())
                        .isEqualTo(oks(1, 2, 3, 4));
                assertThat(
                                Task.asyncStream(List.of(4, 3, 2, 1), item -> sleepy(item))
                                        .maxConcurrency(tasks)
                                        .toList())
                        .isEqualTo(oks(4, 3, 2, 1));
            }
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 200)
        @Otp("T-15")
        void givesThemAsTheyComeIfToldSo() {
            List<Integer> items = List.of(40, 30, 20, 10);
            assertThat(
                            Task.asyncStream(items, item -> sleepy(item))
                                    .unordered()
                                    .maxConcurrency(4)
                                    .toList())
                    .isEqualTo(oks(10, 20, 30, 40));
            assertThat(
                            Task.asyncStream(items, item -> sleepy(item))
                                    .unordered()
                                    .maxConcurrency(1)
                                    .toList())
                    .isEqualTo(oks(40, 30, 20, 10));
            assertNothingIsLeft();
        }

        /// The first takes longer than all the others together, two at a time.
        @Scenario(
                carriers = {},
                seeds = 50)
        @Otp("T-15")
        void startsWorkBehindASlowItem() {
            Pid boss = self();
            try (AsyncIterator<Outcome<Integer>> outcomes =
                    Task.asyncStream(
                                    List.of(0, 1, 2, 3, 4, 5),
                                    item -> {
                                        if (item == 0) {
                                            receive(Go.class);
                                        } else {
                                            send(boss, item);
                                        }
                                        if (item == 5) {
                                            sleepForever();
                                        }
                                        return item;
                                    })
                            .maxConcurrency(2)
                            .open()) {
                // Nobody tells the first to go: it is killed after its five seconds.
                assertThat(failure(outcomes::next).reason()).isEqualTo(TIMEOUT);
                for (int i = 1; i <= 5; i++) {
                    assertReceive((Object) i);
                }
            }
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void runsNothingUntilItIsAsked() {
            Pid boss = self();
            AsyncStream<Integer, Integer> stream =
                    Task.asyncStream(List.of(1, 2), item -> send(boss, item));
            Stream<Outcome<Integer>> results = stream.stream();
            assertNothingIsLeft();
            assertThat(results.toList()).isEqualTo(oks(1, 2));
            assertThat(stream.toList()).isEqualTo(oks(1, 2));
            for (int i = 0; i < 4; i++) {
                assertReceive(Integer.class);
            }
            assertNothingIsLeft();
        }

        /// Items are taken from their source, in this process, when there is room for one more.
        @Scenario(seeds = 200)
        @Otp("T-14")
        void takesItemsAsThereIsRoom() {
            List<Integer> taken = new ArrayList<>();
            Stream<Integer> items = Stream.iterate(1, i -> i + 1).peek(taken::add);
            try (AsyncIterator<Outcome<Integer>> outcomes =
                    Task.asyncStream(items, item -> item).maxConcurrency(1).open()) {
                assertThat(taken).isEmpty();
                assertThat(outcomes.next()).isEqualTo(new Ok<>(1));
                assertThat(taken).containsExactly(1);
                assertThat(outcomes.hasNext()).isTrue();
                assertThat(outcomes.hasNext()).isTrue();
                assertThat(taken).containsExactly(1, 2);
                assertThat(outcomes.next()).isEqualTo(new Ok<>(2));
            }
            assertThat(taken).containsExactly(1, 2);
            assertNothingIsLeft();
        }

        /// Each task counts itself in, stays for a while, and counts itself out.
        @Scenario(seeds = 100)
        @Otp("T-14")
        void runsNoMoreAtTheSameTimeThanItMay() {
            for (int tasks : new int[] {1, 3}) {
                Pid counter = spawn(AsyncStreamTest::count);
                Task.asyncStream(
                                List.of(1, 2, 3, 4, 5, 6, 7),
                                item -> {
                                    send(counter, 1);
                                    sleep(ofMillis(1));
                                    send(counter, -1);
                                    return item;
                                })
                        .maxConcurrency(tasks)
                        .toList();
                send(counter, self());
                assertThat(assertReceive(Integer.class)).isBetween(1, tasks);
            }
            assertNothingIsLeft();
        }

        /// The gate opens when so many stand before it, and there are never more.
        @Scenario(seeds = 100)
        @Otp("T-14")
        void runsAsManyAsThereAreSchedulersUnlessToldOtherwise() {
            int schedulers = node().schedulers();
            Pid gate =
                    spawn(() -> {
                        while (true) {
                            List<Pid> waiting = new ArrayList<>();
                            while (waiting.size() < schedulers) {
                                waiting.add(receive(Pid.class));
                            }
                            assertThat(poll(Pid.class)).isEmpty();
                            waiting.forEach(pid -> send(pid, new Go()));
                        }
                    });
            Stream<Integer> items = IntStream.range(0, 3 * schedulers).boxed();
            assertThat(
                            Task.asyncStream(
                                            items,
                                            item -> {
                                                send(gate, self());
                                                receive(Go.class);
                                                return item;
                                            })
                                    .toList())
                    .hasSize(3 * schedulers)
                    .allMatch(Ok.class::isInstance);
            assertThat(isAlive(gate)).isTrue();
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void ofNothingGivesNothing() {
            assertThat(Task.asyncStream(List.<Integer>of(), item -> item).toList()).isEmpty();
            try (AsyncIterator<Outcome<Integer>> outcomes =
                    Task.asyncStream(Stream.<Integer>empty(), item -> item).open()) {
                assertThatThrownBy(outcomes::next).isInstanceOf(NoSuchElementException.class);
                assertThat(outcomes.hasNext()).isFalse();
            }
            assertNothingIsLeft();
        }

        @Scenario(runs = 1, seeds = 1)
        @Otp("T-14")
        void refusesWhatMakesNoSense() {
            AsyncStream<Integer, Integer> stream = Task.asyncStream(List.of(1), item -> item);
            assertThatThrownBy(() -> stream.maxConcurrency(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a max concurrency of at least 1, got: 0");
            assertThatThrownBy(() -> stream.timeout(ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a time limit of zero or more, got: PT-0.001S");
            assertThatThrownBy(() -> Task.asyncStream((Iterator<Integer>) null, item -> item))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> Task.asyncStream(List.of(1), null))
                    .isInstanceOf(NullPointerException.class);
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void copiesItemsAndResults() {
            List<String> words = new ArrayList<>(List.of("one"));
            List<List<String>> all = new ArrayList<>();
            Task.asyncStream(
                            List.of(words),
                            list -> {
                                list.add("two");
                                return list;
                            })
                    .forEach(outcome -> outcome.ifPresentOrElse(all::add, () -> {}));
            assertThat(words).containsExactly("one");
            assertThat(all).containsExactly(List.of("one", "two"));
            all.getFirst().add("three");
            assertNothingIsLeft();
        }

        record Paper(String text) implements AutoCloseable {
            @Override
            public void close() {}
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void handsOverWhatIsOwned() {
            List<Owned<Paper>> papers =
                    List.of(Owned.of(new Paper("one")), Owned.of(new Paper("two")));
            List<Outcome<Owned<Paper>>> back =
                    Task.asyncStream(
                                    papers,
                                    paper -> {
                                        paper.get();
                                        return paper;
                                    })
                            .toList();
            assertThat(back)
                    .extracting(outcome -> outcome.toOptional().orElseThrow().get().text())
                    .containsExactly("one", "two");
            assertThatThrownBy(() -> papers.getFirst().get())
                    .isInstanceOf(IllegalStateException.class);
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void endsWhenAnItemOrTheFunctionCannotBeShared() {
            assertThatThrownBy(() ->
                            Task.asyncStream(List.of(new AtomicInteger()), item -> 1).toList())
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("AtomicInteger");
            AtomicInteger shared = new AtomicInteger();
            assertThatThrownBy(() ->
                            Task.asyncStream(List.of(1), item -> shared.addAndGet(item)).toList())
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("AtomicInteger");
            assertNothingIsLeft();
        }

        /// The outcome of the first was asked for before the second is refused; whether it has come by then is a matter of chance.
        @Scenario(seeds = 300)
        @Otp("T-14")
        void leavesNoOutcomeBehindWhenAnItemCannotBeShared() {
            List<Object> items = List.of(1, new AtomicInteger());
            assertThatThrownBy(() -> Task.asyncStream(items, item -> 1).maxConcurrency(2).toList())
                    .isInstanceOf(NotShareableException.class);
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-13")
        void isWorkedAtOnBehalfOfWhoConsumesIt() {
            Pid boss = self();
            Task.asyncStream(
                            List.of(1),
                            _ -> {
                                Pid middle = self();
                                assertThat(Task.callers()).containsExactly(boss);
                                Task.asyncStream(
                                                List.of(1),
                                                _ -> {
                                                    assertThat(Task.callers())
                                                            .containsExactly(middle, boss);
                                                    return send(boss, "done");
                                                })
                                        .toList();
                                return 1;
                            })
                    .toList();
            assertReceive("done");
            assertNothingIsLeft();
        }
    }

    /// Tells how many there were at most to whoever asks.
    private static void count() {
        int now = 0;
        int most = 0;
        while (true) {
            switch (receive()) {
                case Integer change -> {
                    now += change;
                    most = Math.max(most, now);
                }
                case Pid asking -> {
                    send(asking, most);
                    return;
                }
                default -> {}
            }
        }
    }

    @Nested
    class CutShort {
        private static AsyncStream<Integer, Integer> onlyFirst(int tasks) {
            return Task.asyncStream(List.of(0, 1, 2, 3), item -> onlyZero(item))
                    .maxConcurrency(tasks);
        }

        @Scenario(seeds = 300)
        @Otp("T-14")
        void byALimitEndsTheRest() {
            for (int tasks : CONCURRENCIES) {
                assertThat(onlyFirst(tasks).stream().limit(1).toList()).isEqualTo(oks(0));
                assertNothingIsLeft();
            }
        }

        @Scenario(seeds = 100)
        @Otp("T-14")
        void byWhateverEndsAStreamEarlyEndsTheRest() {
            assertThat(onlyFirst(4).stream().findFirst()).contains(new Ok<>(0));
            assertNothingIsLeft();
            assertThat(onlyFirst(4).stream().anyMatch(Ok.class::isInstance)).isTrue();
            assertNothingIsLeft();
            assertThat(
                            Task.asyncStream(naturals(), item -> item).maxConcurrency(3).stream()
                                    .takeWhile(outcome -> !outcome.equals(new Ok<>(3)))
                                    .map(outcome -> outcome.toOptional().orElseThrow())
                                    .toList())
                    .containsExactly(0, 1, 2);
            assertNothingIsLeft();
            assertThat(
                            Task.asyncStream(naturals(), item -> item).maxConcurrency(3).stream()
                                    .gather(java.util.stream.Gatherers.windowFixed(2))
                                    .limit(2)
                                    .toList())
                    .containsExactly(oks(0, 1), oks(2, 3));
            assertNothingIsLeft();
            Stream<Outcome<Integer>> both =
                    Stream.of(
                                    Task.asyncStream(List.of(7), item -> item),
                                    Task.asyncStream(naturals(), item -> item))
                            .flatMap(AsyncResults::stream);
            assertThat(both.limit(3).toList()).isEqualTo(oks(7, 0, 1));
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-18")
        void byTheSourceOrTheConsumerEndsAllTasks() {
            for (int tasks : CONCURRENCIES) {
                Stream<Integer> inner = Stream.of(8, 7, 6, 5, 4, 3, 2, 1).limit(4);
                assertThat(
                                Task.asyncStream(inner, item -> sleepy(item))
                                        .maxConcurrency(tasks)
                                        .toList())
                        .isEqualTo(oks(8, 7, 6, 5));
                assertThat(
                                Task.asyncStream(
                                                List.of(8, 7, 6, 5, 4, 3, 2, 1),
                                                item -> sleepy(item))
                                        .maxConcurrency(tasks)
                                        .stream()
                                        .limit(4)
                                        .toList())
                        .isEqualTo(oks(8, 7, 6, 5));
                assertNothingIsLeft();
            }
        }

        @Scenario(seeds = 200)
        @Otp("T-18")
        void byAnExceptionOfTheConsumerEndsAllTasks() {
            for (int tasks : CONCURRENCIES) {
                assertThatThrownBy(() ->
                                onlyFirst(tasks)
                                        .forEach(outcome -> {
                                            throw new IllegalStateException("enough");
                                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("enough");
                assertNothingIsLeft();
                assertThatThrownBy(() ->
                                onlyFirst(tasks).stream()
                                        .map(outcome -> {
                                            throw new IllegalStateException("enough");
                                        })
                                        .toList())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("enough");
                assertNothingIsLeft();
            }
        }

        @Scenario(seeds = 200)
        @Otp("T-18")
        void byAnExceptionOfTheSourceEndsAllTasks() {
            Stream<Integer> items =
                    Stream.of(0, 1, 2)
                            .peek(item -> {
                                if (item == 2) {
                                    throw new IllegalStateException("no more");
                                }
                            });
            assertThatThrownBy(() ->
                            Task.asyncStream(items, item -> onlyZero(item))
                                    .maxConcurrency(4)
                                    .toList())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no more");
            assertNothingIsLeft();
        }

        @Scenario(seeds = 200)
        @Otp("T-18")
        void byClosingItEndsAllTasks() {
            AsyncIterator<Outcome<Integer>> outcomes = onlyFirst(4).open();
            assertThat(outcomes.next()).isEqualTo(new Ok<>(0));
            outcomes.close();
            assertNothingIsLeft();
            outcomes.close();
            assertThat(outcomes.hasNext()).isFalse();
            assertThatThrownBy(outcomes::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("the stream of tasks has no more outcomes");
            // Also if nothing has been asked for.
            onlyFirst(4).open().close();
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-18")
        void closesItsSource() {
            List<String> closed = new ArrayList<>();
            Task.asyncStream(Stream.of(1, 2).onClose(() -> closed.add("whole")), item -> item)
                    .toList();
            Task.asyncStream(
                            Stream.of(0, 1).onClose(() -> closed.add("part")),
                            item -> onlyZero(item))
                    .stream()
                    .limit(1)
                    .forEach(_ -> {});
            assertThat(closed).containsExactly("whole", "part");
            assertNothingIsLeft();
        }

        /// Left open it waits, and ends with its consumer.
        @Scenario(seeds = 200)
        @Otp("T-18")
        void byTheEndOfItsConsumerEndsAllTasks() {
            for (Object reason : List.of(NORMAL, SHUTDOWN, "gone", KILL)) {
                for (boolean traps : new boolean[] {false, true}) {
                    Spawned consumer =
                            spawnMonitor(() -> {
                                trapExits(traps);
                                onlyFirst(4).open().next();
                                if (reason == KILL) {
                                    exit(self(), KILL);
                                }
                                exit(reason);
                            });
                    awaitDown(consumer.monitor());
                    assertNothingIsLeft();
                }
            }
        }

        /// Killed at any step.
        @Scenario(seeds = 2000)
        @Otp("T-18")
        void byKillingItsConsumerEndsAllTasks() {
            Pid boss = self();
            Spawned consumer =
                    spawnMonitor(() -> {
                        send(boss, new Go());
                        onlyFirst(2).stream().limit(1).forEach(_ -> {});
                    });
            receive(Go.class);
            exit(consumer.pid(), KILL);
            awaitDown(consumer.monitor());
            assertNothingIsLeft();
        }
    }

    @Nested
    class Consuming {
        @Scenario(seeds = 200)
        @Otp("T-18")
        void mayBeDoneByAnotherProcess() {
            Pid boss = self();
            AsyncStream<Integer, Integer> stream =
                    Task.asyncStream(List.of(1, 2, 3), item -> send(boss, item));
            awaitDown(Task.start(() -> stream.forEach(outcome -> {})));
            for (int i = 0; i < 3; i++) {
                assertReceive(Integer.class);
            }
            assertNothingIsLeft();
        }

        @Scenario(seeds = 200)
        @Otp("T-18")
        void mayBeDoneWithTwoAtOnce() {
            AsyncStream<Integer, Integer> stream =
                    Task.asyncStream(List.of(4, 3, 2, 1), item -> sleepy(item)).maxConcurrency(2);
            try (var left = stream.open();
                    var right = stream.open()) {
                while (left.hasNext()) {
                    assertThat(left.next()).isEqualTo(right.next());
                }
                assertThat(right.hasNext()).isFalse();
            }
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-18")
        void anIteratorOrAStreamIsDoneOnce() {
            AsyncStream<Integer, Integer> once = Task.asyncStream(Stream.of(1, 2), item -> item);
            assertThat(once.toList()).isEqualTo(oks(1, 2));
            assertThatThrownBy(once::toList).isInstanceOf(IllegalStateException.class);
            assertThat(Task.asyncStream(List.of(3, 4).iterator(), item -> item).toList())
                    .isEqualTo(oks(3, 4));
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-17")
        void leavesOtherMessagesWhereTheyAre() {
            send(self(), "before");
            assertThat(
                            Task.asyncStream(
                                            List.of(1, 2),
                                            item -> {
                                                // Strangers in the mailbox of who started it.
                                                send(
                                                        info(self())
                                                                .orElseThrow()
                                                                .links()
                                                                .getFirst(),
                                                        "a stranger");
                                                return item;
                                            })
                                    .toList())
                    .isEqualTo(oks(1, 2));
            assertReceive("before");
            assertNothingIsLeft();
        }
    }

    @Nested
    class TheTime {
        @Scenario(seeds = 200)
        @Otp("T-16")
        void whenItIsOverIsTheEndOfTheConsumer() {
            CallFailed failure =
                    failure(() ->
                            Task.asyncStream(List.of(0, 1, 2, 3), item -> onlyZero(item))
                                    .maxConcurrency(4)
                                    .timeout(ofMillis(3))
                                    .toList());
            assertThat(failure.reason()).isEqualTo(TIMEOUT);
            assertThat(failure.request()).isEqualTo("Task.asyncStream");
            assertThat(failure.timeout()).isEqualTo(ofMillis(3));
            assertNothingIsLeft();
            assertThat(
                            failure(() ->
                                            Task.asyncStream(List.of(1), item -> onlyZero(item))
                                                    .timeout(ofMillis(0))
                                                    .toList())
                                    .reason())
                    .isEqualTo(TIMEOUT);
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 20)
        @Otp("T-16")
        void isFiveSecondsForEachItem() {
            var begin = now();
            // Three seconds each, one after the other: none takes longer than five.
            assertThat(
                            Task.asyncStream(List.of(3000, 3000, 3000), item -> sleepy(item))
                                    .maxConcurrency(1)
                                    .toList())
                    .hasSize(3);
            assertThat(now().minus(begin)).isBetween(ofSeconds(9), ofMillis(9100));
            assertThat(
                            failure(() ->
                                            Task.asyncStream(List.of(5001), item -> sleepy(item))
                                                    .toList())
                                    .timeout())
                    .isEqualTo(ofSeconds(5));
            assertThat(Task.asyncStream(List.of(60_000), item -> sleepy(item)).noTimeout().toList())
                    .isEqualTo(oks(60_000));
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 100)
        @Otp("T-16")
        void whenItIsOverMayBeAnOutcome() {
            List<Integer> items = List.of(100, 1, 100, 1);
            for (int tasks : CONCURRENCIES) {
                assertThat(
                                Task.asyncStream(items, item -> sleepy(item))
                                        .maxConcurrency(tasks)
                                        .timeout(ofMillis(50))
                                        .killTaskOnTimeout()
                                        .toList())
                        .containsExactly(
                                new Exited<>(TIMEOUT),
                                new Ok<>(1),
                                new Exited<>(TIMEOUT),
                                new Ok<>(1));
            }
            assertThat(
                            Task.asyncStream(items, item -> sleepy(item))
                                    .maxConcurrency(4)
                                    .timeout(ofMillis(50))
                                    .killTaskOnTimeout()
                                    .unordered()
                                    .toList())
                    .containsExactly(
                            new Ok<>(1), new Ok<>(1), new Exited<>(TIMEOUT), new Exited<>(TIMEOUT));
            assertNothingIsLeft();
        }

        @Scenario(seeds = 100)
        @Otp("T-16")
        void isOverForATaskThatTrapsToo() {
            assertThat(
                            Task.asyncStream(
                                            List.of(1),
                                            item -> {
                                                trapExits(true);
                                                return onlyZero(item);
                                            })
                                    .timeout(ofMillis(2))
                                    .killTaskOnTimeout()
                                    .toList())
                    .isEqualTo(exits(TIMEOUT));
            assertNothingIsLeft();
        }

        @Scenario(outcomes = {"in time", "late"})
        @Otp("T-16")
        void isOverOrNotAtTheLastMoment() {
            Outcome<Integer> outcome =
                    Task.asyncStream(List.of(2), item -> sleepy(item))
                            .timeout(ofMillis(2))
                            .killTaskOnTimeout()
                            .toList()
                            .getFirst();
            assertThat(outcome).isIn(new Ok<>(2), new Exited<>(TIMEOUT));
            observe(outcome instanceof Ok ? "in time" : "late");
            assertNothingIsLeft();
        }

        @Scenario(
                carriers = {},
                seeds = 100)
        @Otp("T-16")
        void andEveryOtherOutcomeMayBeToldWithItsItem() {
            trapExits(true);
            assertThat(
                            Task.asyncStream(List.of(0, 7), item -> onlyZero(item))
                                    .maxConcurrency(2)
                                    .timeout(ofMillis(5))
                                    .killTaskOnTimeout()
                                    .zipInput()
                                    .toList())
                    .containsExactly(
                            new Zipped<>(0, new Ok<>(0)), new Zipped<>(7, new Exited<>(TIMEOUT)));
            List<Zipped<String, Integer>> failed =
                    Task.<String, Integer>asyncStream(
                                    List.of("a", "b", "c"),
                                    item -> {
                                        throw exit(item);
                                    })
                            .unordered()
                            .zipInput()
                            .stream()
                            .limit(2)
                            .toList();
            assertThat(failed)
                    .hasSize(2)
                    .allSatisfy(one ->
                            assertThat(one.outcome()).isEqualTo(new Exited<>(custom(one.input()))));
            assertNothingIsLeft();
        }
    }

    @Nested
    class ATaskThatFails {
        @Scenario(seeds = 300)
        @Otp("T-17")
        void endsAConsumerThatDoesNotTrap() {
            Spawned consumer =
                    spawnMonitor(() ->
                            Task.asyncStream(
                                            List.of(0, 1, 2),
                                            item -> item == 1 ? fail("gone") : onlyZero(item))
                                    .maxConcurrency(3)
                                    .toList());
            assertThat(awaitDown(consumer.monitor())).isEqualTo(custom("gone"));
            assertNothingIsLeft();
        }

        private static int fail(Object reason) {
            throw exit(reason);
        }

        @Scenario(seeds = 200)
        @Otp("T-17")
        void isAnOutcomeForAConsumerThatTraps() {
            trapExits(true);
            for (int tasks : CONCURRENCIES) {
                assertThat(
                                Task.<Integer, Integer>asyncStream(
                                                List.of(1, 2, 3, 4), item -> fail(item))
                                        .maxConcurrency(tasks)
                                        .toList())
                        .isEqualTo(exits(1, 2, 3, 4));
                assertNothingIsLeft();
                assertThat(
                                Task.<Integer, Integer>asyncStream(
                                                List.of(1, 2, 3, 4, 5, 6, 7, 8), item -> fail(item))
                                        .maxConcurrency(tasks)
                                        .stream()
                                        .limit(4)
                                        .toList())
                        .isEqualTo(exits(1, 2, 3, 4));
                assertNothingIsLeft();
            }
        }

        @Scenario(seeds = 100)
        @Otp("T-17")
        void tellsItsReason() {
            trapExits(true);
            assertThat(
                            Task.<Object, Integer>asyncStream(
                                            List.of(NORMAL, SHUTDOWN, "gone"),
                                            reason -> fail(reason))
                                    .toList())
                    .isEqualTo(exits(NORMAL, SHUTDOWN, "gone"));
            assertThat(
                            Task.<Integer, Integer>asyncStream(
                                            List.of(1),
                                            item -> {
                                                throw new java.io.IOException("broken");
                                            })
                                    .toList())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Exited.class,
                            exited ->
                                    assertThat(exited.reason())
                                            .isInstanceOfSatisfying(
                                                    Crash.class,
                                                    crash ->
                                                            assertThat(crash.error())
                                                                    .hasMessageContaining(
                                                                            "broken")));
            assertThat(Task.asyncStream(List.of(1), item -> new AtomicInteger()).toList())
                    .singleElement()
                    .asString()
                    .contains("NotShareableException");
            assertNothingIsLeft();
        }

        /// A failure of a task that has nothing to do with the result of another.
        @Scenario(seeds = 200)
        @Otp("T-17")
        void leavesTheOthersAlone() {
            trapExits(true);
            assertThat(
                            Task.asyncStream(
                                            List.of(1, 2, 3),
                                            item -> item == 2 ? fail("gone") : sleepy(item))
                                    .maxConcurrency(3)
                                    .toList())
                    .containsExactly(new Ok<>(1), new Exited<>(custom("gone")), new Ok<>(3));
            assertNothingIsLeft();
        }
    }
}
