package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Replies;
import dev.bureau.otp.RequestId;
import dev.bureau.otp.RequestIds;
import dev.bureau.otp.RequestIds.Fetched;
import dev.bureau.otp.RequestIds.NoRequest;
import dev.bureau.otp.RequestIds.NoneFetched;
import dev.bureau.otp.Response;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/// Requests whose answers are fetched later, and requests to several nodes: OTP's items G-28 and G-29.
class GenServerRequestsTest {
    private static final Response<Object> NONE = new Response.None<>();

    /// Answers when it is told to go.
    private static Ask<String> whenTold(String answer) {
        return new Ask<>((clerk, ask, _, state) -> {
            receive(Go.class);
            return clerk.reply(ask, answer, state);
        });
    }

    private static Response<String> answer(String value) {
        return new Response.Answer<>(value);
    }

    private static void assertNothingLeft() {
        refuteReceive(Object.class);
        assertThat(info(self()).orElseThrow().monitors()).isEmpty();
    }

    @Nested
    @Otp("G-29")
    class ARequest {
        @Scenario
        void isAnsweredLater() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> request = GenServer.sendRequest(server, whenTold("done"));
            send(server, new Go());
            assertThat(request.receiveResponse(ofSeconds(5))).isEqualTo(answer("done"));
            assertNothingLeft();
        }

        @Scenario
        void goesToANameToo() {
            register("clerk", GenServer.start(Clerk.plain()));
            RequestId<String> request = GenServer.sendRequest("clerk", whenTold("done"));
            send("clerk", new Go());
            assertThat(request.receiveResponse(ofSeconds(5))).isEqualTo(answer("done"));
        }

        /// Simulated, so an hour is nothing.
        @Scenario(carriers = {})
        void isWaitedForAsLongAsItTakes() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> late = GenServer.sendRequest(server, whenTold("late"));
            RequestId<String> never = GenServer.sendRequest(server, whenTold("never"));
            assertThat(RequestIds.none().receiveResponseForever())
                    .isEqualTo(new RequestIds.NoRequest<>());
            RequestIds<String> both = RequestIds.<String>none().add(late, "a").add(never, "b");
            sendAfter(server, new Go(), Duration.ofHours(1));
            Fetched<String> first = (Fetched<String>) both.receiveResponseForever();
            assertThat(first.response()).isEqualTo(answer("late"));
            assertThat(first.label()).isEqualTo("a");
            exit(server, KILL);
            assertThat(never.receiveResponseForever())
                    .isEqualTo(new Response.Failed<>(ExitReason.KILLED, server));
            assertNothingLeft();
        }

        @Scenario
        void canBeWaitedForAgainAfterATimeOut() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> request = GenServer.sendRequest(server, whenTold("done"));
            assertThat(request.waitResponse(ofMillis(1))).isEqualTo(NONE);
            assertThat(request.waitResponse(Duration.ZERO)).isEqualTo(NONE);
            send(server, new Go());
            assertThat(request.waitResponse(ofSeconds(5))).isEqualTo(answer("done"));
            assertNothingLeft();
        }

        @Scenario
        void isGivenUpWhenTheTimeToReceiveIsOver() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> request = GenServer.sendRequest(server, whenTold("too late"));
            assertThat(request.receiveResponse(ofMillis(1))).isEqualTo(NONE);
            send(server, new Go());
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            assertThat(request.waitResponse(Duration.ZERO)).isEqualTo(NONE);
            assertNothingLeft();
        }

        @Scenario(outcomes = {"answered", "given up"})
        void isAnsweredOrGivenUpAndNeverBoth() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> soon =
                    new Ask<>((clerk, ask, _, state) -> {
                        sleep(Duration.ofNanos(5_000));
                        return clerk.reply(ask, "done", state);
                    });
            RequestId<String> request = GenServer.sendRequest(server, soon);
            Response<String> response = request.receiveResponse(Duration.ofNanos(10_000));
            observe(response instanceof Response.None ? "given up" : "answered");
            call(server, Clerk.state());
            assertNothingLeft();
        }

        @Scenario
        void tellsHowTheServerHasFailed() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> request = GenServer.sendRequest(server, Clerk.stopFor("broken"));
            assertThat(request.receiveResponse(ofSeconds(5)))
                    .isEqualTo(new Response.Failed<>(custom("broken"), server));
            assertReceive(Clerk.Terminated.class);
            for (var nobody : List.of(server, Name.local("nobody"))) {
                RequestId<Object> vain = GenServer.sendRequest(nobody, Clerk.state());
                assertThat(vain.receiveResponse(ofSeconds(5)))
                        .isEqualTo(new Response.Failed<>(ExitReason.NOPROC, nobody));
            }
            assertNothingLeft();
        }

        @Scenario
        void canBeCheckedForInAMessage() {
            Pid server = GenServer.start(Clerk.plain());
            RequestId<String> request = GenServer.sendRequest(server, whenTold("done"));
            RequestId<Object> other = GenServer.sendRequest(server, Clerk.state());
            assertThat(request.checkResponse("something else")).isEqualTo(NONE);
            send(server, new Go());
            Object message = receive();
            assertThat(other.checkResponse(message)).isEqualTo(NONE);
            assertThat(request.checkResponse(message)).isEqualTo(answer("done"));
            assertThat(other.checkResponse(receive())).isEqualTo(new Response.Answer<>("state"));
            assertNothingLeft();
        }

        @Scenario(seeds = 100)
        void isNothingToOtherProcesses() {
            Pid boss = self();
            RequestId<Object> request = GenServer.sendRequest(idle(), Clerk.state());
            spawn(() -> {
                try {
                    request.waitResponse(Duration.ZERO);
                } catch (IllegalStateException refused) {
                    send(boss, refused.getMessage());
                }
            });
            assertThat(assertReceive(String.class))
                    .startsWith("expected the process that sent the request, " + boss);
        }

        @Scenario(seeds = 100)
        void thatCannotBeSharedIsNotSent() {
            record Odd(Random random) implements Call<String> {}
            Pid server = idle();
            assertThatThrownBy(() -> GenServer.sendRequest(server, new Odd(new Random())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("Odd.random");
            assertThat(info(server).orElseThrow().messageQueueLength()).isZero();
            assertNothingLeft();
        }

        @Scenario(seeds = 100)
        void doesNotKeepTheCallerFromOtherWork() {
            Pid server = GenServer.start(Clerk.plain());
            send(self(), "unread");
            RequestId<Object> request = GenServer.sendRequest(server, Clerk.state());
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            assertThat(request.receiveResponse(ofSeconds(5)))
                    .isEqualTo(new Response.Answer<>("state"));
            assertReceive("unread");
        }
    }

    @Nested
    @Otp("G-29")
    class ManyRequests {
        @Scenario
        void areFetchedAsTheyAreAnsweredEachWithItsLabel() {
            Map<Object, String> expected = new HashMap<>();
            RequestIds<String> open = RequestIds.none();
            for (String word : List.of("tea", "milk", "sugar")) {
                Pid server = GenServer.start(Clerk.plain());
                Ask<String> answers =
                        new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, word + "!", state));
                open = open.send(server, answers, word);
                expected.put(word, word + "!");
            }
            assertThat(open.size()).isEqualTo(3);
            Map<Object, Object> fetched = new HashMap<>();
            while (open.receiveResponse(ofSeconds(5))
                    instanceof Fetched<String>(var response, var label, var rest)) {
                fetched.put(label, ((Response.Answer<?>) response).value());
                open = rest;
            }
            assertThat(fetched).isEqualTo(expected);
            assertThat(open.receiveResponse(Duration.ZERO)).isEqualTo(new NoRequest<>());
            assertThat(open.waitResponse(Duration.ZERO)).isEqualTo(new NoRequest<>());
            assertThat(open.checkResponse("message")).isEqualTo(new NoRequest<>());
            assertNothingLeft();
        }

        @Scenario
        void mayFailEachByItself() {
            Pid good = GenServer.start(Clerk.plain());
            Pid bad = idle();
            RequestIds<String> open =
                    RequestIds.<String>none()
                            .send(bad, Clerk.state(), "bad")
                            .send(good, Clerk.state(), "good");
            Fetched<String> first = (Fetched<String>) open.waitResponse(ofSeconds(5));
            assertThat(first.label()).isEqualTo("good");
            exit(bad, "broken");
            Fetched<String> second = (Fetched<String>) first.rest().waitResponse(ofSeconds(5));
            assertThat(second.label()).isEqualTo("bad");
            assertThat(second.response()).isEqualTo(new Response.Failed<>(custom("broken"), bad));
            assertThat(second.rest().size()).isZero();
            assertNothingLeft();
        }

        @Scenario
        void canBeWaitedForAgainOrGivenUp() {
            Pid server = GenServer.start(Clerk.plain());
            RequestIds<Integer> open =
                    RequestIds.<Integer>none()
                            .send(server, whenTold("one"), 1)
                            .send(server, whenTold("two"), 2);
            assertThat(open.waitResponse(ofMillis(1))).isEqualTo(new NoneFetched<>());
            send(server, new Go());
            Fetched<Integer> one = (Fetched<Integer>) open.waitResponse(ofSeconds(5));
            assertThat(one.label()).isEqualTo(1);
            assertThat(one.rest().receiveResponse(ofMillis(1))).isEqualTo(new NoneFetched<>());
            send(server, new Go());
            call(server, Clerk.state());
            assertNothingLeft();
        }

        @Scenario(seeds = 100)
        void canBeCheckedForInAMessage() {
            Pid server = GenServer.start(Clerk.plain());
            RequestIds<String> open =
                    RequestIds.<String>none().send(server, Clerk.state(), "label");
            assertThat(open.checkResponse("something else")).isEqualTo(new NoneFetched<>());
            Fetched<String> fetched = (Fetched<String>) open.checkResponse(receive());
            assertThat(fetched.label()).isEqualTo("label");
            assertThat(fetched.response()).isEqualTo(new Response.Answer<>("state"));
        }

        @Scenario(seeds = 50)
        void takeARequestOnce() {
            RequestId<Object> request = GenServer.sendRequest(idle(), Clerk.state());
            RequestIds<Integer> open = RequestIds.<Integer>none().add(request, 1);
            assertThatThrownBy(() -> open.add(request, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected a request that is not in the collection");
        }
    }

    @Nested
    @Otp("G-28")
    class SeveralNodes {
        private static final NodeId FAR = new NodeId("far@away", 1);

        @Scenario
        void answerOrAreBad() {
            GenServer.startLink("clerk", Clerk.plain());
            NodeId here = node().id();
            assertThat(GenServer.multiCall("clerk", Clerk.state()))
                    .isEqualTo(new Replies<>(Map.of(here, "state"), List.of()));
            assertThat(
                            GenServer.multiCall(
                                    List.of(here, FAR), "clerk", Clerk.state(), ofSeconds(1)))
                    .isEqualTo(new Replies<>(Map.of(here, "state"), List.of(FAR)));
            assertThat(GenServer.multiCall("nobody", Clerk.state()).bad()).containsExactly(here);
            assertNothingLeft();
        }

        @Scenario
        void areBadWhenTheServerFails() {
            GenServer.start(dev.bureau.otp.StartOptions.named("clerk"), Clerk.plain());
            assertThat(GenServer.multiCall("clerk", Clerk.stopFor("broken")).bad())
                    .containsExactly(node().id());
            assertReceive(Clerk.Terminated.class);
            assertNothingLeft();
        }

        @Scenario
        void areBadWhenTheyAreLateAndTheirAnswersVanish() {
            Pid server =
                    GenServer.startLink(dev.bureau.otp.StartOptions.named("clerk"), Clerk.plain());
            Replies<String> late =
                    GenServer.multiCall(
                            List.of(node().id()), "clerk", whenTold("late"), ofMillis(1));
            assertThat(late.replies()).isEmpty();
            assertThat(late.bad()).containsExactly(node().id());
            send(server, new Go());
            call(server, Clerk.state());
            assertNothingLeft();
        }

        @Scenario(seeds = 100)
        void areCastToWithoutAnAnswer() {
            Pid boss = self();
            GenServer.startLink("clerk", Clerk.plain());
            Order order =
                    new Order((clerk, state) -> {
                        send(boss, "cast");
                        return clerk.noReply(state);
                    });
            GenServer.abcast("clerk", order);
            assertReceive("cast");
            GenServer.abcast(List.of(node().id(), FAR), "clerk", order);
            assertReceive("cast");
            GenServer.abcast("nobody", order);
            refuteReceive(Object.class);
        }
    }
}
