package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.otp.StartOptions.named;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallCycle;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.ExitReason.MailboxFull;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Tagged;
import dev.bureau.otp.Agent;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.HandlerExit;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.Replies;
import dev.bureau.otp.Response;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.otp.Task;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// Behaviours whose mailbox has a limit, and those who call them.
class MailboxLimitsOfServersTest {
    private static final Duration LONG = ofSeconds(60);

    private static StartOptions with(MailboxLimit limit) {
        return StartOptions.options().mailbox(limit);
    }

    /// A server that is busy until [Fillers#letGo] is called, with nothing in its mailbox yet.
    private static Pid busy(MailboxLimit limit) {
        Pid gate = gate();
        Pid server = GenServer.start(with(limit), Clerk.plain());
        cast(
                server,
                new Order((clerk, state) -> {
                    stand(gate);
                    return clerk.noReply(state);
                }));
        eventually(() -> use(server).messages() == 0);
        return server;
    }

    private static Order noting(Object what) {
        Pid boss = self();
        return new Order((clerk, state) -> {
            send(boss, new Sent(what));
            return clerk.noReply(state);
        });
    }

    private static ExitReason failure(Runnable call) {
        Duration begin = now();
        try {
            call.run();
        } catch (ExitException failed) {
            assertThat(now().minus(begin)).isLessThan(LONG);
            return ((CallFailed) failed.reason()).reason();
        }
        throw new AssertionError("expected the call to fail");
    }

    @Nested
    class ACall {
        @Scenario
        void failsAtOnceWhenItsRequestIsDropped() {
            Pid server = busy(dropNewest(1));
            cast(server, noting(1));
            assertThat(failure(() -> call(server, Clerk.state(), LONG)))
                    .isEqualTo(new MailboxFull(server, dropNewest(1)));
            letGo();
            assertReceive(Sent.class);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
        }

        @Scenario
        void failsAtOnceWhenItIsRefused() {
            Pid server = busy(refuse(1));
            cast(server, noting(1));
            ExitException failed = null;
            try {
                call(server, Clerk.state(), LONG);
            } catch (ExitException full) {
                failed = full;
            }
            assertThat(failed).isNotNull();
            assertThat(failed)
                    .hasMessageContaining("exited in: call(" + server)
                    .hasMessageContaining(
                            "the mailbox of "
                                    + server
                                    + " is full: its limit is 1 message, REFUSE");
            letGo();
        }

        /// It was in, and had to leave for another that is younger.
        @Scenario
        void failsAtOnceWhenItsRequestIsPushedOut() {
            Pid server = busy(dropOldest(1));
            Pid boss = self();
            spawn(() -> send(boss, failure(() -> call(server, Clerk.state(), LONG))));
            eventually(() -> use(server).messages() == 1);
            cast(server, noting(1));
            assertThat(assertReceive(ExitReason.class))
                    .isEqualTo(new MailboxFull(server, dropOldest(1)));
            letGo();
            assertReceive(Sent.class);
        }

        @Scenario
        void failsAtOnceAlsoIfItIsOfAnotherProtocol() {
            Pid boss = self();
            Pid pid = holding(dropOldest(1), () -> {});
            record Get(From<Integer> from) {}
            spawn(() -> send(boss, failure(() -> call(pid, Get::new, LONG))));
            eventually(() -> use(pid).messages() == 1);
            send(pid, "younger");
            assertThat(assertReceive(ExitReason.class)).isInstanceOf(MailboxFull.class);
        }

        @Scenario
        void waitsForRoomAsAPartOfItsTime() {
            Pid server = busy(park(1));
            cast(server, noting(1));
            Duration begin = now();
            assertThat(failure(() -> call(server, Clerk.state(), ofMillis(20))))
                    .isEqualTo(new MailboxFull(server, park(1)));
            assertThat(now().minus(begin)).isGreaterThanOrEqualTo(ofMillis(20));
            assertThat(use(server).waiting()).isZero();
            letGo();
            assertReceive(Sent.class);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
        }

        @Scenario
        void isAnsweredWhenItHasGotIn() {
            Pid server = busy(park(1));
            cast(server, noting(1));
            Pid boss = self();
            spawn(() -> send(boss, call(server, Clerk.state(), LONG)));
            eventually(() -> use(server).waiting() == 1);
            letGo();
            assertThat(assertReceive(String.class)).isEqualTo("state");
        }

        @Scenario
        void monitorsTheServerWhileItWaits() {
            Pid server = busy(park(1));
            cast(server, noting(1));
            Pid boss = self();
            Pid caller = spawn(() -> send(boss, call(server, Clerk.state(), LONG)));
            eventually(() -> use(server).waiting() == 1);
            eventually(() -> info(caller).orElseThrow().monitors().equals(List.of(server)));
            assertThat(info(server).orElseThrow().monitoredBy()).contains(caller);
            letGo();
            assertThat(assertReceive(String.class)).isEqualTo("state");
            assertThat(info(server).orElseThrow().monitoredBy()).doesNotContain(caller);
        }

        @Scenario
        void learnsOfTheEndOfTheServerWhileItWaits() {
            Pid server = busy(park(1));
            cast(server, noting(1));
            Pid boss = self();
            spawn(() -> send(boss, failure(() -> call(server, Clerk.state(), LONG))));
            eventually(() -> use(server).waiting() == 1);
            exit(server, "enough");
            assertThat(assertReceive(ExitReason.class)).isEqualTo(Staff.custom("enough"));
        }

        @Scenario
        void leavesNothingBehind() {
            Pid server = busy(dropNewest(1));
            cast(server, noting(1));
            for (int i = 0; i < 3; i++) {
                failure(() -> call(server, Clerk.state(), LONG));
            }
            refuteReceive(Tagged.class);
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(info(server).orElseThrow().monitoredBy()).doesNotContain(self());
            letGo();
        }

        /// The server waits for room in the mailbox of its caller, who takes nothing but the answer.
        @Scenario
        void namesTheCircleWhenItsTimeIsOver() {
            Pid boss = self();
            Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok("state")));
            Pid caller =
                    spawn(
                            dev.bureau.kernel.SpawnOptions.options().mailbox(park(1)),
                            () -> {
                                Pid me = self();
                                call(boss, Ready::new, ofMinutes(10));
                                Ask<Object> back =
                                        new Ask<>((clerk, ask, _, state) -> {
                                            send(me, "more");
                                            return clerk.reply(ask, state, state);
                                        });
                                send(boss, failure(() -> call(server, back, ofMillis(20))));
                                send(boss, new Found(takeAll()));
                            });
            send(caller, "full");
            letGo();
            ExitReason reason = assertReceive(ExitReason.class);
            assertThat(reason)
                    .isEqualTo(
                            new CallCycle(
                                    List.of(
                                            new CallCycle.Waiting(caller, server, server),
                                            new CallCycle.Waiting(server, caller, caller, true))));
            assertThat(ExitReason.format(reason)).contains(server + " waits to send to " + caller);
            assertThat(assertReceive(Found.class).messages()).containsExactly("full", "more");
        }
    }

    /// Neither has a time limit: the sender gives up, and the caller is answered.
    @Scenario(seeds = 300, runs = 1, carriers = 2)
    void aCircleWithACallInItIsFoundAfterAWhile() {
        Pid boss = self();
        Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok("state")));
        Pid caller =
                spawn(
                        dev.bureau.kernel.SpawnOptions.options().mailbox(park(1)),
                        () -> {
                            Pid me = self();
                            stand(boss);
                            Ask<String> back =
                                    new Ask<>((clerk, ask, _, state) -> {
                                        try {
                                            send(me, "more");
                                            return clerk.reply(ask, "sent", state);
                                        } catch (MailboxFullException full) {
                                            int size = full.cycle().orElseThrow().waiting().size();
                                            return clerk.reply(ask, "a circle of " + size, state);
                                        }
                                    });
                            send(boss, call(server, back, ofMinutes(60)));
                            send(boss, new Found(takeAll()));
                        });
        send(caller, "full");
        letGo();
        assertThat(receive(String.class, ofMinutes(1))).isEqualTo("a circle of 2");
        assertThat(assertReceive(Found.class).messages()).containsExactly("full");
    }

    @Nested
    class ARequest {
        @Scenario
        void failsByItsResponse() {
            for (MailboxLimit limit : List.of(dropNewest(1), refuse(1), park(1, ofMillis(1)))) {
                Pid server = busy(limit);
                cast(server, noting(1));
                assertThat(GenServer.sendRequest(server, Clerk.state()).receiveResponse(LONG))
                        .isEqualTo(new Response.Failed<>(new MailboxFull(server, limit), server));
                letGo();
                assertReceive(Sent.class);
                refuteReceive(Object.class);
            }
        }

        /// Who has handed it on is refused; who has asked is told if it is dropped there.
        @Scenario
        void mayBeHandedOn() {
            Pid full = busy(dropNewest(1));
            cast(full, noting(1));
            Pid boss = self();
            Pid first = GenServer.start(Clerk.opening(clerk -> clerk.ok("state")));
            Ask<String> onward =
                    new Ask<>((clerk, _, from, state) -> {
                        send(full, new Request(from, Clerk.state()));
                        return clerk.noReply(state);
                    });
            assertThat(failure(() -> call(first, onward, LONG)))
                    .isEqualTo(new MailboxFull(full, dropNewest(1)));
            letGo();
            assertThat(boss).isEqualTo(self());
        }

        @Scenario
        void toManyKeepsToItsTime() {
            Pid server = GenServer.start(named("limited").mailbox(park(1)), Clerk.plain());
            Sys.suspend(server);
            cast(server, noting(1));
            Replies<Object> replies =
                    GenServer.multiCall(
                            List.of(node().id()), "limited", Clerk.state(), ofMillis(20));
            assertThat(replies.replies()).isEmpty();
            assertThat(use(server).waiting()).isZero();
            Sys.resume(server);
            assertReceive(Sent.class);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
        }
    }

    @Nested
    class AServer {
        @Scenario
        void refusesCastsToo() {
            Pid server = busy(refuse(2));
            cast(server, noting(1));
            cast(server, noting(2));
            assertThatThrownBy(() -> cast(server, noting(3)))
                    .isInstanceOf(MailboxFullException.class);
            letGo();
            assertThat(assertReceive(Sent.class).message()).isEqualTo(1);
            assertThat(assertReceive(Sent.class).message()).isEqualTo(2);
            cast(server, noting(4));
            assertReceive(Sent.class);
        }

        /// What Sys asks gets in, and so does the request to stop.
        @Scenario
        void canBeLookedIntoAndStoppedWhenItIsFull() {
            for (MailboxLimit limit : List.of(dropNewest(1), dropOldest(1), refuse(1), park(1))) {
                Pid server = GenServer.start(with(limit), Clerk.plain());
                Sys.suspend(server);
                cast(server, noting(1));
                assertThat(Sys.getState(server)).isEqualTo("state");
                assertThat(Sys.getStatus(server).mode()).isEqualTo(Sys.Mode.SUSPENDED);
                Pid boss = self();
                Pid waiting =
                        spawn(() -> {
                            try {
                                cast(server, noting(2));
                            } catch (MailboxFullException full) {
                                send(boss, "full");
                            }
                        });
                eventually(() -> use(server).waiting() == 1 || !isAlive(waiting));
                GenServer.stop(server);
                awaitDown(waiting);
                takeAll();
            }
        }

        @Scenario
        void handlesAllThatHasWaited() {
            Pid server = GenServer.start(with(park(2)), Clerk.plain());
            List<Pid> senders = new ArrayList<>();
            Pid boss = self();
            for (int i = 0; i < 6; i++) {
                int number = i;
                senders.add(
                        spawn(() -> {
                            cast(
                                    server,
                                    new Order((clerk, state) -> {
                                        send(boss, new Sent(number));
                                        return clerk.noReply(state);
                                    }));
                            sleepForever();
                        }));
            }
            for (int i = 0; i < 6; i++) {
                assertReceive(Sent.class);
            }
            assertThat(use(server).messages()).isZero();
            assertThat(senders).allMatch(pid -> isAlive(pid));
        }

        /// Calls, starts children, awaits tasks: what comes of it gets in.
        @Scenario(seeds = 300)
        void mayItselfAskOthersWhenItIsFull() {
            for (MailboxLimit limit : List.of(dropNewest(1), dropOldest(1), refuse(1), park(1))) {
                Pid server = GenServer.start(with(limit), Clerk.plain());
                Ask<Object> busy =
                        new Ask<>((clerk, ask, _, state) -> {
                            send(clerk.boss(), new Staff.Go());
                            eventually(() -> use(self()).messages() == 1);
                            Agent<Integer> agent = Agent.startLink(() -> 1);
                            int one = agent.get(n -> n);
                            int two = Task.async(() -> 2).await();
                            agent.stop();
                            return clerk.reply(ask, one + two, state);
                        });
                Pid boss = self();
                spawn(() -> send(boss, call(server, busy, LONG)));
                receive(Staff.Go.class);
                cast(server, noting("later"));
                assertThat(receive(Object.class, m -> m instanceof Integer || m instanceof Sent))
                        .isIn(3, new Sent("later"));
                receive(Object.class, m -> m instanceof Integer || m instanceof Sent);
            }
        }
    }

    @Nested
    class OtherBehaviours {
        record Note(Object what) {}

        record Recorder(Pid boss) implements StateMachine<String, Note> {
            @Override
            public Step.First<String> init() {
                return to("state");
            }

            @Override
            public Step<String> handle(String state, Note note) {
                call(boss, Ready::new, ofMinutes(10));
                send(boss, new Sent(note.what()));
                return stay();
            }
        }

        @Scenario
        void areMachines() {
            Pid machine = StateMachine.start(with(dropNewest(1)), new Recorder(self()));
            send(machine, new Note(1));
            eventually(() -> use(machine).messages() == 0);
            send(machine, new Note(2));
            send(machine, new Note(3));
            letGo();
            letGo();
            assertThat(assertReceive(Sent.class).message()).isEqualTo(1);
            assertThat(assertReceive(Sent.class).message()).isEqualTo(2);
            refuteReceive(Object.class);
        }

        record Listener(Pid boss) implements EventHandler<String, Object> {
            @Override
            public String init() {
                return "state";
            }

            @Override
            public Reaction<String> handle(Object event, String state) {
                call(boss, Ready::new, ofMinutes(10));
                send(boss, new Sent(event));
                return keep(state);
            }
        }

        @Scenario
        void areEventManagers() {
            Pid manager = EventManager.start(with(refuse(1)));
            EventManager.add(manager, new Listener(self()));
            EventManager.notify(manager, 1);
            eventually(() -> use(manager).messages() == 0);
            EventManager.notify(manager, 2);
            assertThatThrownBy(() -> EventManager.notify(manager, 3))
                    .isInstanceOf(MailboxFullException.class);
            letGo();
            letGo();
            assertReceive(Sent.class);
            assertReceive(Sent.class);
        }

        /// The news of a handler's end is no ordinary message.
        @Scenario
        void areOwnersOfHandlers() {
            Pid manager = EventManager.start();
            Pid boss = self();
            Pid owner = holding(refuse(1), () -> send(boss, assertReceive(HandlerExit.Gone.class)));
            Pid adder =
                    spawn(
                            dev.bureau.kernel.SpawnOptions.options().mailbox(refuse(1)),
                            () -> {
                                EventManager.addSupervised(manager, new Listener(boss));
                                call(boss, Ready::new, ofMinutes(10));
                                send(boss, assertReceive(HandlerExit.Gone.class));
                            });
            Ready ready = receive(Ready.class, r -> r.from().caller().equals(adder));
            send(adder, "full");
            EventManager.delete(manager, Listener.class, "no more");
            reply(ready.from(), true);
            assertReceive(HandlerExit.Gone.class);
            exit(owner, KILL);
        }

        @Scenario
        void areAgents() {
            Agent<Integer> agent = Agent.startLink(with(dropNewest(1)), () -> 0);
            Pid pid = agent.pid().orElseThrow();
            Pid boss = self();
            agent.cast(n -> {
                call(boss, Ready::new, ofMinutes(10));
                return n + 1;
            });
            eventually(() -> use(pid).messages() == 0);
            agent.cast(n -> n + 10);
            agent.cast(n -> n + 100);
            assertThat(failure(() -> agent.get(n -> n))).isInstanceOf(MailboxFull.class);
            letGo();
            eventually(() -> use(pid).messages() == 0);
            int sum = agent.get(n -> n);
            assertThat(sum).isEqualTo(11);
        }

        /// Its children start and end, and it restarts them, whatever the limit.
        @Scenario(seeds = 300)
        void areSupervisors() {
            Pid supervisor =
                    Supervisor.startLink(
                            named("top").mailbox(dropNewest(1)),
                            Supervisor.ONE_FOR_ONE,
                            ChildSpec.worker(
                                    "child", GenServer.starter(named("child"), Clerk.plain())));
            Pid child = whereis("child").orElseThrow();
            exit(child, KILL);
            eventually(() -> whereis("child").filter(pid -> !pid.equals(child)).isPresent());
            assertThat(call(Name.local("child"), Clerk.state())).isEqualTo("state");
            Supervisor.stop(supervisor);
        }
    }
}
