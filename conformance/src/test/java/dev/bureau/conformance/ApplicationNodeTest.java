package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.Application;
import dev.bureau.otp.Application.Mode;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationException;
import dev.bureau.otp.ApplicationInfo.Status;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Otp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What applications do to their node, and a node that stops to its applications: OTP's items AP-03 and AP-05.
class ApplicationNodeTest {
    /// What applications tell the test; statics, since a body shares nothing else with a test that is not immutable.
    private static final ConcurrentLinkedQueue<String> TOLD = new ConcurrentLinkedQueue<>();

    private static volatile CountDownLatch reached = new CountDownLatch(1);

    @BeforeEach
    void forget() {
        TOLD.clear();
        reached = new CountDownLatch(1);
    }

    private static Node small() {
        return Node.start(Node.options().schedulers(1));
    }

    /// Tells that it stops, and does then what it does.
    record Telling(String name, List<Application> applications, Ending ending)
            implements Application {
        interface Ending {
            void run() throws Exception;
        }

        Telling(String name, Application... needed) {
            this(name, List.of(needed), () -> {});
        }

        Telling ending(Ending other) {
            return new Telling(name, applications, other);
        }

        @Override
        public Pid start() {
            return Supervisor.startLink(ONE_FOR_ONE);
        }

        @Override
        public void stop() throws Exception {
            TOLD.add(name);
            ending.run();
        }
    }

    record End(Object reason) {}

    /// One whose top process ends for the reason it is told.
    record Mortal() implements Application {
        @Override
        public Pid start() {
            return spawnLink(() -> exit(receive(End.class).reason()));
        }

        @Override
        public void stop() {
            TOLD.add("mortal");
        }
    }

    private static void awaitFailure(Node node) throws InterruptedException {
        await(() -> node.failure().isPresent());
        node.stop(); // waits until it has
    }

    /// For the test's thread, which a node that stops no longer lets take part.
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(1);
        }
    }

    private static final List<Object> REASONS = List.of(NORMAL, SHUTDOWN, "gone");

    private static boolean stopsNode(Restart restart, Object reason) {
        return switch (restart) {
            case PERMANENT -> true;
            case TRANSIENT -> reason != NORMAL;
            case TEMPORARY -> false;
        };
    }

    @Nested
    class AnApplicationThatEnds {
        @Test
        @Otp("AP-03")
        void stopsTheNodeAsItsRestartTypeSays() throws Exception {
            for (Restart restart : Restart.values()) {
                for (Object reason : REASONS) {
                    assertThat(failure(restart, reason))
                            .as(restart + " " + reason)
                            .isEqualTo(
                                    stopsNode(restart, reason)
                                            ? Optional.of(
                                                    Staff.custom(
                                                            new ApplicationError.Ended(
                                                                    "mortal",
                                                                    restart,
                                                                    ExitReason.of(reason))))
                                            : Optional.empty());
                }
            }
        }

        /// Why the node has stopped after an application has ended; empty if it has not.
        private static Optional<ExitReason> failure(Restart restart, Object reason)
                throws Exception {
            TOLD.clear();
            try (Node node = small();
                    Guest _ = node.guest()) {
                Application.start(new Telling("beside"));
                Application.start(new Mortal(), restart);
                send(App.info("mortal").top().orElseThrow(), new End(reason));
                if (stopsNode(restart, reason)) {
                    awaitFailure(node);
                    assertThat(TOLD).containsExactly("mortal", "beside");
                } else {
                    eventually(() -> App.info("mortal").status() == Status.ENDED);
                    assertThat(TOLD).containsExactly("mortal");
                    assertThat(App.running()).containsExactly("beside");
                }
                return node.failure();
            }
        }

        @Test
        @Otp("AP-03")
        void orDoesNotStartDoesTheSame() throws Exception {
            for (Restart restart : Restart.values()) {
                for (Object reason : REASONS) {
                    TOLD.clear();
                    try (Node node = small();
                            Guest _ = node.guest()) {
                        Application.start(new Telling("beside"));
                        App bad = App.of("bad").how(_ -> exitFor(reason));
                        ApplicationError why =
                                new ApplicationError.StartFailed("bad", ExitReason.of(reason));
                        assertThatThrownBy(() -> Application.start(bad, restart))
                                .isInstanceOf(ApplicationException.class)
                                .hasMessage(why.toString());
                        if (stopsNode(restart, reason)) {
                            awaitFailure(node);
                            assertThat(TOLD).containsExactly("beside");
                            assertThat(node.failure()).contains(Staff.custom(why));
                        } else {
                            assertThat(App.running()).containsExactly("beside");
                        }
                    }
                }
            }
        }

        private static Pid exitFor(Object reason) {
            throw exit(reason);
        }
    }

    @Nested
    class ANodeThatStops {
        @RepeatedTest(10)
        @Otp("AP-05")
        void stopsItsApplicationsInTheOppositeOrder() {
            try (Node node = small();
                    Guest _ = node.guest()) {
                Telling database = new Telling("database");
                Telling log = new Telling("log");
                Application.start(log);
                Application.ensureAllStarted(Restart.PERMANENT, new Telling("shop", database, log));
                long begin = System.nanoTime();
                assertThat(node.stop()).isTrue();
                assertThat(System.nanoTime() - begin)
                        .as("nobody was waited for until killed")
                        .isLessThan(TimeUnit.SECONDS.toNanos(4));
                assertThat(TOLD).containsExactly("shop", "database", "log");
                assertThat(node.failure()).isEmpty();
            }
        }

        @Test
        @Otp("AP-05")
        void keepsTheRestGoingMeanwhile() {
            try (Node node = small()) {
                node.run(() -> {
                    Pid outside =
                            spawn(() -> {
                                register("outside", self());
                                while (true) send(receive(Pid.class), "here");
                            });
                    eventually(() -> whereis("outside").equals(Optional.of(outside)));
                    Application.start(
                            new Telling("shop")
                                    .ending(() -> {
                                        send("outside", self());
                                        TOLD.add(receive(String.class, ofSeconds(5)));
                                    }));
                });
            }
            assertThat(TOLD).containsExactly("shop", "here");
        }

        @Test
        @Otp("AP-05")
        void killsThoseThatDoNotStopInTime() {
            try (Node node = small();
                    Guest _ = node.guest()) {
                Application.putEnv("kernel", "shutdownTimeout", ofMillis(50));
                Application.start(new Telling("first"));
                Application.start(new Telling("stuck").ending(Bureau::sleepForever));
                Application.start(new Telling("last"));
                assertThat(node.stop()).isTrue();
                assertThat(TOLD).containsExactly("last", "stuck", "first");
            }
        }

        @Test
        @Otp("AP-05")
        void doesNotWaitForThoseThatAreStarting() throws Exception {
            try (Node node = small();
                    Guest _ = node.guest()) {
                Application.start(new Telling("first"));
                App hanging =
                        App.of("hanging")
                                .how(_ -> {
                                    spawnLink(() -> {
                                        trapExits(true);
                                        reached.countDown();
                                        while (true) receive();
                                    });
                                    sleepForever();
                                    return self();
                                });
                spawn(() -> {
                    // Else the stop may end it before it hears.
                    trapExits(true);
                    try {
                        Application.start(hanging);
                    } catch (ApplicationException stopping) {
                        TOLD.add(stopping.error().toString());
                    }
                });
                reached.await();
                assertThat(node.stop()).isTrue();
                assertThat(TOLD)
                        .contains(
                                "first", "application hanging cannot start: the node is stopping");
            }
        }

        @Test
        @Otp("AP-05")
        void startsNoMore() {
            Telling late = new Telling("late");
            try (Node node = small();
                    Guest _ = node.guest()) {
                Application.start(
                        new Telling("shop")
                                .ending(() -> {
                                    try {
                                        Application.start(late);
                                    } catch (ApplicationException stopping) {
                                        TOLD.add(stopping.error().toString());
                                    }
                                }));
                node.stop();
            }
            assertThat(TOLD)
                    .containsExactly("shop", "application late cannot start: the node is stopping");
        }

        @RepeatedTest(10)
        @Otp("AP-05")
        void canBeToldToByAWorkerOfAnApplication() throws Exception {
            try (Node node = small();
                    Guest _ = node.guest()) {
                ChildSpec worker =
                        ChildSpec.worker(
                                "worker",
                                () ->
                                        dev.bureau.otp.Start.started(
                                                spawnLink(() -> {
                                                    receive(Go.class);
                                                    node().stop();
                                                    sleepForever();
                                                })));
                Application.start(new Telling("first"));
                Application.start(
                        App.of("shop").how(_ -> Supervisor.startLink("top", ONE_FOR_ONE, worker)));
                Pid there = Supervisor.whichChildren("top").getFirst().pid().orElseThrow();
                send(there, new Go());
                await(() -> node.processCount() == 0); // this guest too
                assertThat(node.stop()).isTrue();
                assertThat(TOLD).containsExactly("first");
            }
        }

        @RepeatedTest(10)
        @Otp("AP-05")
        void isWaitedForByAllWhoTellItTo() throws Exception {
            try (Node node = small()) {
                node.run(() ->
                        Application.start(new Telling("slow").ending(() -> sleep(ofMillis(20)))));
                Thread other = Thread.ofPlatform().start(node::stop);
                node.stop();
                assertThat(node.processCount()).isZero();
                other.join();
                assertThat(TOLD).containsExactly("slow");
            }
        }

        @RepeatedTest(10)
        @Otp("AP-03")
        void letsGoOfWhoWaitsForAProcess() throws Exception {
            try (Node node = small()) {
                Thread waiting =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        node.run(() -> {
                                            Application.start(new Mortal(), Restart.PERMANENT);
                                            reached.countDown();
                                            sleepForever();
                                        });
                                    } catch (ExitException told) {
                                        TOLD.add("told");
                                    }
                                    TOLD.add("went on");
                                });
                reached.await();
                try (Guest _ = node.guest()) {
                    send(App.info("mortal").top().orElseThrow(), new End("gone"));
                }
                waiting.join(5000);
                assertThat(TOLD).startsWith("mortal").endsWith("went on");
            }
        }

        @Test
        @Otp("AP-05")
        void findsNothingToDoIfItsControllerIsGone() {
            try (Node node = small();
                    Guest _ = node.guest()) {
                Application.start(new Telling("shop"));
                exit(whereis("application_controller").orElseThrow(), KILL);
                node.stop();
                assertThat(TOLD).containsExactly("shop");
            }
        }
    }

    /// Needs two of lower numbers.
    record Numbered(int number) implements Application {
        @Override
        public String name() {
            return "n" + number;
        }

        @Override
        public List<Application> applications() {
            return number < 2
                    ? List.of()
                    : List.of(new Numbered(number / 2), new Numbered(number / 3 + 1));
        }

        @Override
        public Pid start() {
            TOLD.add("start " + number);
            return Supervisor.startLink(ONE_FOR_ONE);
        }

        @Override
        public void stop() {
            TOLD.add(name());
        }
    }

    @Nested
    class ManyApplications {
        private static final int MANY = 1000;

        @ParameterizedTest
        @EnumSource(Mode.class)
        @Otp("AP-01")
        @Otp("AP-05")
        void startInAnOrderThatFitsAndStopInTheOppositeOne(Mode mode) {
            Application[] all =
                    IntStream.rangeClosed(1, MANY)
                            .mapToObj(n -> new Numbered(MANY + 1 - n))
                            .toArray(Application[]::new);
            try (Node node = Node.start(Node.options().schedulers(2));
                    Guest _ = node.guest()) {
                List<String> started = Application.ensureAllStarted(Restart.PERMANENT, mode, all);
                assertThat(started).hasSize(MANY).doesNotHaveDuplicates();
                List<String> told = List.copyOf(TOLD);
                assertThat(told).hasSize(MANY);
                for (int n = 2; n <= MANY; n++) {
                    assertThat(told.indexOf("start " + n))
                            .isGreaterThan(told.indexOf("start " + n / 2))
                            .isGreaterThan(told.indexOf("start " + (n / 3 + 1)));
                }
                List<String> running = App.running();
                TOLD.clear();
                assertThat(node.stop()).isTrue();
                assertThat(TOLD).containsExactlyElementsOf(running);
            }
        }
    }

    @Nested
    class TwoNodes {
        @Test
        @Otp("AP-06")
        void haveTheirOwnApplications() {
            try (Node one = small();
                    Node other = small()) {
                one.run(() -> {
                    Application.putEnv("shop", "port", 1);
                    Application.start(new Telling("shop"));
                });
                other.run(() -> {
                    TOLD.add(Application.findEnv("shop", "port", Integer.class).toString());
                    Application.start(new Telling("shop"));
                    Application.stop("shop");
                });
                one.run(() -> TOLD.add(App.running().toString()));
                assertThat(TOLD).containsExactly("Optional.empty", "shop", "[shop]");
            }
        }
    }
}
