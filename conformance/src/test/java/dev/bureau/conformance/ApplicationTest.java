package dev.bureau.conformance;

import static dev.bureau.conformance.App.info;
import static dev.bureau.conformance.App.running;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.App.Did;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessLocal;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Application;
import dev.bureau.otp.Application.Mode;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationException;
import dev.bureau.otp.ApplicationInfo;
import dev.bureau.otp.ApplicationInfo.Status;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.FailedToStartChild;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Task;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;

/// Applications on one node: OTP's items AP-01, AP-02 and AP-04 to AP-09. What they do to their node is in
/// [ApplicationNodeTest].
class ApplicationTest {
    private static ApplicationError errorOf(ThrowingCallable body) {
        try {
            body.call();
        } catch (ApplicationException failed) {
            assertThat(failed).hasMessage(failed.error().toString());
            return failed.error();
        } catch (Throwable other) {
            throw new AssertionError("expected an ApplicationException", other);
        }
        throw new AssertionError("expected an ApplicationException, got none");
    }

    private static ExitReason failed(App app) {
        return errorOf(() -> Application.start(app))
                                instanceof ApplicationError.StartFailed(var name, var reason)
                        && name.equals(app.name())
                ? reason
                : new ExitReason.Custom("another error");
    }

    private static Pid exitWith(Object reason) {
        throw exit(reason);
    }

    /// A process that is no child of any supervisor, and ends of nothing but a kill.
    private static void stray(Pid boss) {
        spawn(() -> {
            trapExits(true);
            send(boss, self());
            while (true) receive();
        });
    }

    /// Waits in `start` until it is told to go.
    private static final App.How WHEN_TOLD =
            app -> {
                send(app.boss(), self());
                receive(Go.class);
                return Supervisor.startLink(ONE_FOR_ONE);
            };

    private static void awaitEnded(String name) {
        eventually(() -> info(name).status() == Status.ENDED);
    }

    record Hen(String name) implements Application {
        @Override
        public Pid start() {
            throw new AssertionError("started");
        }

        @Override
        public List<Application> applications() {
            return List.of(new Egg("egg"));
        }
    }

    record Egg(String name) implements Application {
        @Override
        public Pid start() {
            throw new AssertionError("started");
        }

        @Override
        public List<Application> applications() {
            return List.of(new Hen("hen"));
        }
    }

    record Unphased(List<String> startPhases) implements Application {
        @Override
        public Pid start() {
            return Supervisor.startLink(ONE_FOR_ONE);
        }
    }

    record Other(String name) implements Application {
        @Override
        public Pid start() {
            throw new AssertionError("started");
        }
    }

    @Nested
    class Dependencies {
        @Scenario
        @Otp("AP-01")
        void haveToRunFirst() {
            App database = App.of("database");
            App shop = App.of("shop").needs(database);
            assertThat(errorOf(() -> Application.start(shop)))
                    .isEqualTo(new ApplicationError.NotStarted("database", "shop"))
                    .hasToString(
                            """
                            application shop needs database, which is not started
                              to mend it, start both: Application.ensureAllStarted(...)\
                            """);
            refuteReceive(Did.class);
            Application.start(database);
            Application.start(shop);
            database.did("start");
            shop.did("start");
            assertThat(running()).containsExactly("shop", "database");
        }

        @Scenario
        @Otp("AP-01")
        void areStartedBefore() {
            App log = App.of("log");
            App database = App.of("database").needs(log);
            App mail = App.of("mail").needs(log);
            App shop = App.of("shop").needs(database, mail);
            Application.start(log);
            assertThat(Application.ensureAllStarted(shop, mail))
                    .containsExactly("database", "mail", "shop");
            assertThat(running()).containsExactly("shop", "mail", "database", "log");
            assertThat(Application.ensureAllStarted(shop)).isEmpty();
            assertThat(Application.ensureAllStarted()).isEmpty();
        }

        @Scenario
        @Otp("AP-01")
        void areStoppedAgainIfOneDoesNotStart() {
            App log = App.of("log");
            App database = App.of("database").needs(log);
            App bad = App.of("bad").how(_ -> exitWith("no"));
            App shop = App.of("shop").needs(database, bad);
            Application.start(log);
            for (Mode mode : Mode.values()) {
                assertThat(
                                errorOf(() ->
                                        Application.ensureAllStarted(
                                                Restart.TEMPORARY, mode, shop)))
                        .isEqualTo(new ApplicationError.StartFailed("bad", custom("no")));
                assertThat(running()).containsExactly("log");
                assertThat(poll(Did.class, did -> did.application().equals("shop"))).isEmpty();
            }
        }

        @Scenario
        @Otp("AP-01")
        void thatHaveEndedDoNotRun() {
            App database = App.of("database");
            App shop = App.of("shop").needs(database);
            Application.start(database);
            database.die(KILL);
            awaitEnded("database");
            assertThat(errorOf(() -> Application.start(shop)))
                    .isEqualTo(new ApplicationError.NotRunning("database", "shop"));
            assertThat(Application.ensureAllStarted(shop)).containsExactly("database", "shop");
        }

        @Scenario(runs = 1)
        @Otp("AP-01")
        void inACircleAreRefused() {
            assertThat(
                            errorOf(() ->
                                    Application.ensureAllStarted(
                                            App.of("farm").needs(new Hen("hen")))))
                    .isEqualTo(new ApplicationError.Cycle(List.of("hen", "egg", "hen")))
                    .hasToString(
                            "expected an application that can start first, got some that need each other: hen -> egg -> hen");
            assertThat(errorOf(() -> Application.start(new Hen("hen"))))
                    .isEqualTo(new ApplicationError.NotStarted("egg", "hen"));
            App itself = App.of("itself");
            assertThat(
                            errorOf(() ->
                                    Application.ensureAllStarted(
                                            itself.needs(itself.needs(itself)))))
                    .isEqualTo(new ApplicationError.Cycle(List.of("itself", "itself")));
        }

        @Scenario(runs = 1)
        @Otp("AP-01")
        void ofOneNameAreOfOneClass() {
            App shop = App.of("shop");
            ApplicationError two =
                    new ApplicationError.AlreadyLoaded("shop", App.class, Other.class);
            assertThat(errorOf(() -> Application.ensureAllStarted(shop, new Other("shop"))))
                    .isEqualTo(two);
            Application.load(shop);
            assertThat(errorOf(() -> Application.start(new Other("shop")))).isEqualTo(two);
            assertThat(errorOf(() -> Application.load(new Other("shop"))))
                    .isEqualTo(two)
                    .asString()
                    .contains(App.class.getName(), Other.class.getName(), "String name()");
        }
    }

    @Nested
    class Starting {
        @Scenario
        @Otp("AP-02")
        void twiceIsRefused() {
            App shop = App.of("shop");
            Application.start(shop);
            assertThat(errorOf(() -> Application.start(shop)))
                    .isEqualTo(new ApplicationError.AlreadyStarted("shop"))
                    .hasToString("application shop is started already");
            Application.ensureStarted(shop);
            shop.did("start");
            refuteReceive(Did.class);
        }

        @Scenario
        @Otp("AP-02")
        void atTheSameTimeIsOneStart() {
            App shop = App.of("shop").how(WHEN_TOLD);
            Task<Boolean> one = start(shop);
            Pid starting = assertReceive(Pid.class);
            Task<Boolean> other = start(shop);
            awaitWaiting(other.pid());
            send(starting, new Go());
            assertThat(one.await() && other.await()).isTrue();
            shop.did("start");
            refuteReceive(Did.class);
        }

        /// Starts one in a process of its own.
        private static Task<Boolean> start(App app) {
            return Task.async(() -> {
                Application.start(app);
                return true;
            });
        }

        @Scenario
        @Otp("AP-02")
        void hasTheReasonOfWhatStartHasThrown() {
            App shop = App.of("shop");
            assertThat(failed(shop.how(_ -> exitWith("gone")))).isEqualTo(custom("gone"));
            assertThat(failed(shop.how(_ -> exitWith(NORMAL)))).isEqualTo(NORMAL);
            assertThat(failed(shop.how(_ -> failing("boom"))))
                    .isInstanceOfSatisfying(
                            ExitReason.Crash.class,
                            crash -> assertThat(crash.error()).hasMessage("boom"));
            ChildSpec bad = ChildSpec.worker("clerk", () -> Start.failed("ill"));
            assertThat(failed(shop.how(_ -> Supervisor.startLink(ONE_FOR_ONE, bad))))
                    .isEqualTo(
                            new ExitReason.ShutdownWith(
                                    new FailedToStartChild("clerk", custom("ill"))));
            assertThat(running()).isEmpty();
            assertThat(info("shop").status()).isEqualTo(Status.LOADED);
            Application.start(shop);
        }

        private static Pid failing(String message) {
            throw new IllegalStateException(message);
        }

        @Scenario
        @Otp("AP-02")
        void needsATopSupervisor() {
            App shop = App.of("shop");
            assertThat(errorOf(() -> Application.start(shop.how(_ -> null))))
                    .isEqualTo(new ApplicationError.BadReturn("shop", null))
                    .hasToString(
                            "application shop did not start: expected start to return the pid of its top supervisor, got: null");
            assertThat(errorOf(() -> Application.start(shop.how(_ -> self()))))
                    .isInstanceOf(ApplicationError.BadReturn.class);
            Supervisor none = () -> new Supervisor.Plan.Ignore();
            assertThat(errorOf(() -> Application.start(shop.how(_ -> Supervisor.startLink(none)))))
                    .isEqualTo(new ApplicationError.BadReturn("shop", new Start.Ignored()));
        }

        @Scenario
        @Otp("AP-02")
        void ofATreeThatHasEndedIsFollowedByItsEnd() {
            App shop = App.of("shop").how(_ -> ended());
            Application.start(shop);
            shop.did("start", "prepStop", "stop");
            awaitEnded("shop");
        }

        private static Pid ended() {
            Spawned child = spawnMonitor(() -> {});
            awaitDown(child.monitor());
            return child.pid();
        }

        @Scenario
        @Otp("AP-02")
        void thatFailsLeavesNothingBehind() {
            ChildSpec clerk = Workers.worker("clerk");
            App shop =
                    App.of("shop")
                            .how(app -> {
                                stray(app.boss());
                                Supervisor.startLink("front", ONE_FOR_ONE, clerk);
                                throw exit("no");
                            });
            assertThat(failed(shop)).isEqualTo(custom("no"));
            assertThat(isAlive(assertReceive(Pid.class))).isFalse();
            assertThat(whereis("front")).isEmpty();
            // in order, since it was linked to the application
            assertReceive(Workers.Up.class);
            assertThat(assertReceive(Workers.Ended.class).reason()).isEqualTo(SHUTDOWN);
            assertThat(failed(shop)).isEqualTo(custom("no"));
        }

        @Scenario
        @Otp("AP-02")
        void goesOnWhenItsCallerEnds() {
            App shop = App.of("shop").how(WHEN_TOLD);
            Pid caller = spawn(() -> Application.start(shop));
            Pid starting = assertReceive(Pid.class);
            exit(caller, KILL);
            assertThat(info("shop").status()).isEqualTo(Status.STARTING);
            send(starting, new Go());
            eventually(() -> running().equals(List.of("shop")));
        }

        @Scenario
        @Otp("AP-02")
        void failsIfTheApplicationIsKilledMeanwhile() {
            App shop = App.of("shop").how(WHEN_TOLD);
            Task<ApplicationError> start = Task.async(() -> errorOf(() -> Application.start(shop)));
            exit(assertReceive(Pid.class), KILL);
            assertThat(start.await())
                    .isEqualTo(new ApplicationError.StartFailed("shop", ExitReason.KILLED));
            assertThat(info("shop").master()).isEmpty();
        }

        @Scenario(runs = 1)
        @Otp("AP-02")
        void needsAName() {
            Application lambda = Staff::idle;
            assertThatThrownBy(() -> Application.start(lambda))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected an application to have a name")
                    .hasMessageContaining("public String name()");
            assertThatThrownBy(() -> Application.start(App.of(" ")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a name from name() of " + App.class.getName() + ", got: ' '");
            assertThatThrownBy(() -> Application.start(new Unphased(null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "expected no null in applications(), env() and startPhases()");
            assertThatThrownBy(() -> Application.start(null))
                    .hasMessage("expected an application, got: null");
            assertThatThrownBy(() -> Application.start(App.of("shop"), null))
                    .hasMessage("expected a restart type, got: null");
            assertThatThrownBy(() -> Application.stop(null))
                    .hasMessage("expected the name of an application, got: null");
            record Chat() implements Application {
                @Override
                public Pid start() {
                    return Supervisor.startLink(ONE_FOR_ONE);
                }
            }
            Application.start(new Chat());
            assertThat(running()).containsExactly("chat");
        }
    }

    @Nested
    class Stopping {
        @Scenario
        @Otp("AP-04")
        void preparesShutsDownFinishesAndKillsTheRest() {
            ChildSpec a = Workers.worker("a");
            ChildSpec b = Workers.worker("b");
            App shop =
                    App.of("shop")
                            .how(app -> {
                                stray(app.boss());
                                return Supervisor.startLink(ONE_FOR_ONE, a, b);
                            });
            Application.start(shop);
            Pid stray = assertReceive(Pid.class);
            Workers.Up first = assertReceive(Workers.Up.class);
            assertReceive(Workers.Up.class);
            assertThat(isAlive(stray)).isTrue();
            Application.stop("shop");
            // all that the boss was told, in the order in which it came
            assertReceive(new Did("shop", "start"));
            assertReceive(new Did("shop", "prepStop"));
            assertReceive(new Workers.Ended("b", SHUTDOWN));
            assertReceive(new Workers.Ended("a", SHUTDOWN));
            assertReceive(new Did("shop", "stop"));
            assertThat(isAlive(stray)).isFalse();
            assertThat(isAlive(first.pid())).isFalse();
            assertThat(info("shop"))
                    .isEqualTo(
                            new ApplicationInfo(
                                    "shop",
                                    App.class,
                                    Status.LOADED,
                                    Optional.of(Restart.TEMPORARY),
                                    Optional.empty(),
                                    Optional.empty()));
            Application.start(shop);
        }

        @Scenario
        @Otp("AP-04")
        void happensTooWhenTheTreeHasEndedByItself() {
            App shop =
                    App.of("shop")
                            .how(app -> {
                                stray(app.boss());
                                return Supervisor.startLink(ONE_FOR_ONE);
                            });
            Application.start(shop);
            Pid stray = assertReceive(Pid.class);
            shop.die(KILL);
            shop.did("start", "prepStop", "stop");
            awaitEnded("shop");
            assertThat(isAlive(stray)).isFalse();
            assertThat(running()).isEmpty();
            Application.start(shop);
            assertThat(running()).containsExactly("shop");
        }

        @Scenario
        @Otp("AP-04")
        void goesOnIfACallbackFails() throws Exception {
            App shop = App.of("bad end");
            Application.start(shop);
            assertThat(captureLog(() -> Application.stop("bad end")))
                    .anyMatch(line ->
                            line.contains("prepStop has failed") && line.contains("in prepStop"))
                    .anyMatch(
                            line -> line.contains(": stop has failed") && line.contains("in stop"));
            shop.did("start", "prepStop", "stop");
        }

        record Till(Pid boss) implements Application {
            private static final ProcessLocal<Integer> SOLD = ProcessLocal.named("sold");

            @Override
            public Pid start() {
                SOLD.put(7);
                return Supervisor.startLink(ONE_FOR_ONE);
            }

            @Override
            public void prepStop() {
                SOLD.put(SOLD.get().orElseThrow() + 1);
            }

            @Override
            public void stop() {
                send(boss, SOLD.get().orElseThrow());
            }
        }

        @Scenario
        @Otp("AP-04")
        void hasWhatStartHasLeftForIt() {
            Application.start(new Till(self()));
            Application.stop("till");
            assertReceive(8);
        }

        @Scenario
        @Otp("AP-04")
        void killsAlsoWhatIsStartedMeanwhile() {
            Pid boss = self();
            App shop =
                    App.of("shop")
                            .how(_ -> {
                                spawn(() -> relay(boss, 5));
                                return Supervisor.startLink(ONE_FOR_ONE);
                            });
            Application.start(shop);
            Application.stop("shop");
            assertThat(processes()).filteredOn(pid -> Application.of(pid).isPresent()).isEmpty();
        }

        /// Each starts the next and goes.
        private static void relay(Pid boss, int left) {
            Pid here = self();
            if (left > 0) spawn(() -> relay(here, left - 1));
            else sleepForever();
        }

        @Scenario
        @Otp("AP-04")
        void asksATreeThatDoesNotTrapTheSame() {
            App shop = App.of("shop").how(_ -> spawn(Bureau::sleepForever));
            Application.start(shop);
            Pid top = info("shop").top().orElseThrow();
            Application.stop("shop");
            shop.did("start", "prepStop", "stop");
            assertThat(isAlive(top)).isFalse();
        }

        @Scenario
        @Otp("AP-04")
        void ofWhatIsNotStartedIsRefused() {
            ApplicationError notStarted = new ApplicationError.NotStarted("shop", null);
            assertThat(errorOf(() -> Application.stop("shop")))
                    .isEqualTo(notStarted)
                    .hasToString("application shop is not started");
            App shop = App.of("shop").how(WHEN_TOLD);
            Application.load(shop);
            assertThat(errorOf(() -> Application.stop("shop"))).isEqualTo(notStarted);
            spawn(() -> Application.start(shop));
            Pid starting = assertReceive(Pid.class);
            assertThat(errorOf(() -> Application.stop("shop"))).isEqualTo(notStarted);
            send(starting, new Go());
            eventually(() -> running().contains("shop"));
            shop.die(KILL);
            awaitEnded("shop");
            Application.stop("shop");
            assertThat(info("shop").status()).isEqualTo(Status.LOADED);
            assertThat(errorOf(() -> Application.stop("shop"))).isEqualTo(notStarted);
        }

        /// Waits in its last callback until it is told to go.
        record Slow(Pid boss) implements Application {
            @Override
            public Pid start() {
                send(boss, "started");
                return Supervisor.startLink(ONE_FOR_ONE);
            }

            @Override
            public void stop() {
                send(boss, self());
                receive(Go.class);
            }
        }

        @Scenario
        @Otp("AP-04")
        @Otp("AP-09")
        void holdsUpNobodyElse() {
            Slow slow = new Slow(self());
            Application.start(slow);
            assertReceive(String.class, "started"::equals);
            Task<Boolean> stop =
                    Task.async(() -> {
                        Application.stop("slow");
                        return true;
                    });
            Pid stopping = assertReceive(Pid.class);
            assertThat(info("slow").status()).isEqualTo(Status.STOPPING);
            assertThat(errorOf(() -> Application.unload("slow")))
                    .isEqualTo(new ApplicationError.Running("slow"));
            App shop = App.of("shop");
            Application.start(shop);
            assertThat(errorOf(() -> Application.start(App.of("front").needs(slow))))
                    .isEqualTo(new ApplicationError.NotStarted("slow", "front"));
            Application.stop("shop");
            // who wants it started waits for its end
            Task<Boolean> again =
                    Task.async(() -> {
                        Application.start(slow);
                        return true;
                    });
            awaitWaiting(again.pid());
            send(stopping, new Go());
            assertThat(stop.await() && again.await()).isTrue();
            assertReceive(String.class, "started"::equals);
            assertThat(running()).containsExactly("slow");
        }

        /// Asks for its own end while it ends, and for its own start while it starts.
        record Dizzy(Pid boss) implements Application {
            @Override
            public Pid start() {
                send(boss, errorOf(() -> Application.start(this)));
                return Supervisor.startLink(ONE_FOR_ONE);
            }

            @Override
            public void stop() {
                send(boss, errorOf(() -> Application.stop("dizzy")));
            }
        }

        @Scenario
        @Otp("AP-04")
        void askedForByTheApplicationItselfDoesNotWaitForItself() {
            Application.start(new Dizzy(self()));
            assertReceive(new ApplicationError.AlreadyStarted("dizzy"));
            Application.stop("dizzy");
            assertReceive(new ApplicationError.NotStarted("dizzy", null));
        }

        @Scenario
        @Otp("AP-04")
        void canBeAskedForByAWorker() {
            App shop =
                    App.of("shop")
                            .how(_ -> {
                                Pid top = Supervisor.startLink(ONE_FOR_ONE);
                                spawn(() -> {
                                    receive(Go.class);
                                    Application.stop("shop");
                                });
                                return top;
                            });
            Application.start(shop);
            processes().stream()
                    .filter(pid -> Application.of(pid).isPresent())
                    .forEach(pid -> send(pid, new Go()));
            shop.did("start", "prepStop", "stop");
            eventually(() -> info("shop").status() == Status.LOADED);
        }

        @Scenario
        @Otp("AP-05")
        void leavesAloneWhoNeedsIt() {
            App database = App.of("database");
            App shop = App.of("shop").needs(database);
            Application.ensureAllStarted(shop);
            Application.stop("database");
            assertThat(running()).containsExactly("shop");
        }
    }

    @Nested
    class Masters {
        /// Says to which application it belongs.
        private static ChildSpec.Starter asking(Pid boss) {
            return () ->
                    Start.started(
                            spawnLink(() -> {
                                send(boss, Application.of(self()).orElse("none"));
                                sleepForever();
                            }));
        }

        @Scenario
        @Otp("AP-06")
        void leadAllThatDescendFromThem() {
            Pid boss = self();
            App shop =
                    App.of("shop")
                            .how(_ -> {
                                send(boss, Application.of(self()).orElse("none"));
                                return Supervisor.startLink(
                                        ONE_FOR_ONE,
                                        ChildSpec.worker("clerk", asking(boss)),
                                        ChildSpec.supervisor(
                                                "floor",
                                                DynamicSupervisor.starter(
                                                        StartOptions.named("floor"),
                                                        DynamicSupervisor.flags())));
                            });
            Application.start(shop);
            DynamicSupervisor.startChild("floor", ChildSpec.worker("guide", asking(boss)));
            for (int i = 0; i < 3; i++) assertReceive(String.class, "shop"::equals);
            ApplicationInfo known = info("shop");
            Pid master = known.master().orElseThrow();
            for (Pid pid :
                    List.of(master, known.top().orElseThrow(), whereis("floor").orElseThrow())) {
                assertThat(Application.of(pid)).contains("shop");
                assertThat(Bureau.info(pid).orElseThrow().groupLeader()).isEqualTo(master);
            }
            assertThat(Application.of(self())).isEmpty();
            assertThat(Application.of(whereis("application_controller").orElseThrow())).isEmpty();
            Application.stop("shop");
            assertThat(Application.of(master)).isEmpty();
        }

        @Scenario
        @Otp("AP-06")
        void thatAreKilledTakeTheirApplicationAlong() {
            App shop =
                    App.of("shop")
                            .how(app -> {
                                stray(app.boss());
                                return Supervisor.startLink(ONE_FOR_ONE);
                            });
            Application.start(shop);
            Pid stray = assertReceive(Pid.class);
            exit(info("shop").master().orElseThrow(), KILL);
            shop.did("start", "prepStop", "stop");
            assertThat(awaitDown(stray)).isIn(ExitReason.KILLED, ExitReason.NOPROC);
            awaitEnded("shop");
        }

        @Scenario
        @Otp("AP-06")
        void shutDownWhenTheControllerIsKilled() {
            App shop = App.of("shop");
            Application.start(shop);
            Pid master = info("shop").master().orElseThrow();
            exit(whereis("application_controller").orElseThrow(), KILL);
            shop.did("start", "prepStop", "stop");
            awaitDown(master);
            assertThat(running()).isEmpty();
            Application.start(shop);
        }
    }

    @Nested
    class TheEnvironment {
        private static final Map<String, Object> DEFAULTS = Map.of("port", 1, "host", "here");

        @Scenario(runs = 2, seeds = 50)
        @Otp("AP-07")
        void beginsWithDefaultsThenConfigurationThenWhatIsPut() {
            Application.putEnv("shop", "port", 5);
            Application.putEnv("shop", "extra", 6);
            Application.putAllEnv(Map.of("shop", Map.of("host", "there")));
            assertThat(Application.getEnv("shop", "port", Integer.class)).isEqualTo(5);
            assertThat(Application.getEnv("shop", "host", String.class)).isEqualTo("there");
            Application.load(App.of("shop").env(DEFAULTS));
            assertThat(Application.getAllEnv("shop"))
                    .isEqualTo(Map.of("port", 1, "host", "there", "extra", 6));
            Application.putEnv("shop", "port", 9);
            Application.deleteEnv("shop", "extra");
            assertThat(Application.getAllEnv("shop")).isEqualTo(Map.of("port", 9, "host", "there"));
            // to start it leaves it as it is
            Application.start(App.of("shop").env(Map.of("port", 2, "more", 3)));
            assertThat(Application.getAllEnv("shop"))
                    .isEqualTo(Map.of("port", 9, "host", "there", "more", 3));
        }

        @Scenario(runs = 2, seeds = 50)
        @Otp("AP-07")
        void isGoneWhenItIsUnloaded() {
            App shop = App.of("shop").env(DEFAULTS);
            Application.putAllEnv(Map.of("shop", Map.of("host", "there")));
            Application.start(shop);
            Application.putEnv("shop", "port", 9);
            assertThat(errorOf(() -> Application.unload("shop")))
                    .isEqualTo(new ApplicationError.Running("shop"));
            Application.stop("shop");
            assertThat(Application.getEnv("shop", "port", Integer.class)).isEqualTo(9);
            Application.unload("shop");
            assertThat(Application.getAllEnv("shop")).isEmpty();
            assertThat(Application.findEnv("shop", "port", Integer.class)).isEmpty();
            assertThat(Application.loadedApplications()).isEmpty();
            assertThat(errorOf(() -> Application.unload("shop")))
                    .isEqualTo(new ApplicationError.NotLoaded("shop"));
            Application.load(shop);
            assertThat(Application.getAllEnv("shop")).isEqualTo(Map.of("port", 1, "host", "there"));
            assertThat(errorOf(() -> Application.load(shop)))
                    .isEqualTo(new ApplicationError.AlreadyLoaded("shop", App.class, App.class))
                    .hasToString("application shop is loaded already");
        }

        @Scenario(runs = 2, seeds = 50)
        @Otp("AP-07")
        void isFoundByThoseWhoBelongToIt() {
            App shop =
                    App.of("shop")
                            .env(DEFAULTS)
                            .how(app -> {
                                send(app.boss(), Application.getEnv("port", Integer.class));
                                send(app.boss(), Application.findEnv("none", Integer.class));
                                return Supervisor.startLink(ONE_FOR_ONE);
                            });
            Application.start(shop);
            assertReceive(new Did("shop", "start"));
            assertReceive(1);
            assertReceive(Optional.empty());
            assertThatThrownBy(() -> Application.getEnv("port", Integer.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a process of an application, got: "
                                    + self()
                                    + "; from elsewhere, name the application first");
        }

        @Scenario(runs = 1, seeds = 5)
        @Otp("AP-07")
        void saysWhatIsWrong() {
            Application.load(App.of("shop").env(DEFAULTS));
            assertThatThrownBy(() -> Application.getEnv("shop", "prot", Integer.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected a key of the environment of application shop, which are [host, port], got: prot");
            assertThatThrownBy(() -> Application.getEnv("shop", "host", Integer.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "expected host in the environment of application shop to be of type java.lang.Integer, got: here (java.lang.String)");
            for (Object limit : List.of(50, ofMillis(-1))) {
                assertThatThrownBy(() -> Application.putEnv("kernel", "shutdownTimeout", limit))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                "expected shutdownTimeout of kernel to be a Duration of zero or more, got: "
                                        + limit);
            }
            assertThatThrownBy(() -> Application.putEnv("shop", "port", null))
                    .hasMessage("expected a value for port, got: null");
        }

        @Scenario(runs = 1, seeds = 5)
        @Otp("AP-07")
        void sharesNothing() {
            int[] given = {1};
            Application.putEnv("shop", "list", given);
            given[0] = 2;
            int[] first = Application.getEnv("shop", "list", int[].class);
            assertThat(first).containsExactly(1);
            first[0] = 3;
            assertThat(Application.getEnv("shop", "list", int[].class)).containsExactly(1);
            assertThat((int[]) Application.getAllEnv("shop").get("list")).containsExactly(1);
        }
    }

    @Nested
    class Phases {
        @Scenario
        @Otp("AP-08")
        void followTheStartInOrder() {
            App shop = App.of("shop").phases("open", "advertise", "open");
            Application.start(shop);
            shop.did("start", "open", "advertise", "open");
            Application.stop("shop");
            shop.did("prepStop", "stop");
        }

        @Scenario
        @Otp("AP-08")
        void thatFailFailTheStart() {
            ChildSpec clerk = Workers.worker("clerk");
            App shop =
                    App.of("shop")
                            .phases("open", "bad phase", "advertise")
                            .how(_ -> Supervisor.startLink(ONE_FOR_ONE, clerk));
            assertThat(errorOf(() -> Application.start(shop)))
                    .isEqualTo(new ApplicationError.PhaseFailed("shop", "bad phase", custom("bad")))
                    .hasToString("application shop did not start: phase bad phase failed: bad");
            shop.did("start", "open", "bad phase");
            refuteReceive(Did.class);
            assertThat(assertReceive(Workers.Ended.class).reason()).isEqualTo(SHUTDOWN);
            assertThat(running()).isEmpty();
        }

        @Scenario(runs = 2)
        @Otp("AP-08")
        void needACallback() {
            assertThat(errorOf(() -> Application.start(new Unphased(List.of("open")))))
                    .asString()
                    .contains("has no startPhase and was to do phase open");
        }

        @Scenario
        @Otp("AP-08")
        void mayOutliveTheTree() {
            App shop =
                    App.of("shop")
                            .phases("open")
                            .how(_ -> {
                                Pid top = spawn(() -> {});
                                awaitDown(top);
                                return top;
                            });
            Application.start(shop);
            shop.did("start", "open", "prepStop", "stop");
            awaitEnded("shop");
        }
    }

    @Nested
    class Concurrency {
        @Scenario
        @Otp("AP-09")
        void aStartHoldsUpItsCallerAlone() {
            App slow = App.of("slow").how(WHEN_TOLD);
            Task<Boolean> start =
                    Task.async(() -> {
                        Application.start(slow);
                        return true;
                    });
            Pid starting = assertReceive(Pid.class);
            assertThat(info("slow").status()).isEqualTo(Status.STARTING);
            assertThat(running()).isEmpty();
            Application.start(App.of("quick"));
            assertThat(errorOf(() -> Application.start(App.of("needy").needs(slow))))
                    .isEqualTo(new ApplicationError.NotStarted("slow", "needy"));
            Application.stop("quick");
            send(starting, new Go());
            assertThat(start.await()).isTrue();
        }

        /// Starts when the one before it in the circle of boss, a, b has told it that it is starting.
        private static final App.How WHEN_BOTH =
                app -> {
                    send(app.boss(), self());
                    Pid other = receive(Pid.class);
                    send(other, new Go());
                    receive(Go.class);
                    return Supervisor.startLink(ONE_FOR_ONE);
                };

        @Scenario
        @Otp("AP-09")
        void independentApplicationsCanStartTogether() {
            App a = App.of("a").how(WHEN_BOTH);
            App b = App.of("b").how(WHEN_BOTH);
            App last = App.of("last").needs(a, b);
            Callable<List<String>> all =
                    () -> Application.ensureAllStarted(Restart.TEMPORARY, Mode.CONCURRENT, last);
            Task<List<String>> start = Task.async(all);
            Pid one = assertReceive(Pid.class);
            Pid other = assertReceive(Pid.class);
            send(one, other);
            send(other, one);
            List<String> started = start.await();
            assertThat(started).containsExactlyInAnyOrder("a", "b", "last").endsWith("last");
            assertThat(running()).startsWith("last");
        }

        @Scenario
        @Otp("AP-09")
        void ofTwoThatWantTheSameBothGetIt() {
            App log = App.of("log");
            App shop = App.of("shop").needs(log);
            App mail = App.of("mail").needs(log);
            Task<List<String>> one = Task.async(() -> Application.ensureAllStarted(shop));
            Task<List<String>> other = Task.async(() -> Application.ensureAllStarted(mail));
            assertThat(one.await()).endsWith("shop");
            assertThat(other.await()).endsWith("mail");
            log.did("start");
            assertThat(poll(Did.class, did -> did.application().equals("log"))).isEmpty();
        }

        @Scenario
        @Otp("AP-09")
        void startAndStopMayMeet() {
            App shop = App.of("shop");
            Application.start(shop);
            Task<Boolean> stop =
                    Task.async(() -> {
                        Application.stop("shop");
                        return true;
                    });
            Task<Object> start =
                    Task.async(() -> {
                        try {
                            Application.start(shop);
                            return "started";
                        } catch (ApplicationException early) {
                            return early.error();
                        }
                    });
            assertThat(stop.await()).isTrue();
            assertThat(start.await()).isIn("started", new ApplicationError.AlreadyStarted("shop"));
            shop.did("start", "prepStop", "stop");
        }
    }
}
