package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bureau.conformance.Clerk.Ask;
import dev.bureau.conformance.Clerk.Order;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.ExitReason.CallFailed;
import dev.bureau.kernel.From;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// No server harms another process or shares its memory, whatever is wrong with it: what G-17, G-19 and G-22 mean here.
class GenServerIsolationTest {
    /// Counts in a field, as objects do and servers must not.
    static final class Counter implements GenServer<String, Counter.Get, Cast> {
        record Get() implements Call<Integer> {}

        private int count;

        @Override
        public Init<String> init() {
            return ok("state");
        }

        @Override
        public Next<String> handleCall(Get request, From<?> from, String state) {
            count++;
            return reply(request, count, state);
        }
    }

    /// Holds a list that its maker holds too.
    record Shelf(List<String> items) implements GenServer<List<String>, Ask<?>, Cast> {
        @Override
        public Init<List<String>> init() {
            return ok(items);
        }
    }

    /// Holds what cannot be copied.
    record Casino(Random random) implements GenServer<String, Ask<?>, Cast> {
        @Override
        public Init<String> init() {
            return ok("state");
        }
    }

    private static ExitReason reasonOf(Pid server, Ask<?> ask) {
        ExitException thrown = catchThrowableOfType(ExitException.class, () -> call(server, ask));
        return ((CallFailed) thrown.reason()).reason();
    }

    @Nested
    class Callbacks {
        @Scenario(seeds = 20, runs = 2)
        void withMutableFieldsAreRefusedWithTheField() {
            assertThatThrownBy(() -> GenServer.start(new Counter()))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("Counter")
                    .hasMessageContaining("its field count is not final");
            assertThatThrownBy(() -> GenServer.start(new Casino(new Random())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("Casino.random");
            assertThat(info(self()).orElseThrow().monitors()).isEmpty();
            assertThat(info(self()).orElseThrow().links()).isEmpty();
        }

        @Scenario(seeds = 50)
        void areCopiedWithWhatTheyHold() {
            List<String> items = new ArrayList<>(List.of("book"));
            Pid server = GenServer.start(new Shelf(items));
            items.add("not on that shelf");
            assertThat(dev.bureau.otp.Sys.getState(server)).isEqualTo(List.of("book"));
        }
    }

    @Nested
    @Otp("G-19")
    class AState {
        @Scenario(seeds = 100)
        void isCopiedWhenItIsReplied() {
            Pid server =
                    GenServer.start(
                            Clerk.opening(clerk -> clerk.ok(new ArrayList<>(List.of("mine")))));
            @SuppressWarnings("unchecked")
            List<String> seen = (List<String>) call(server, Clerk.state());
            seen.add("not kept");
            assertThat(call(server, Clerk.state())).isEqualTo(List.of("mine"));
        }

        @Scenario(seeds = 100)
        void isCopiedWhenItIsSent() {
            Pid boss = self();
            Pid server =
                    GenServer.start(
                            Clerk.opening(clerk -> clerk.ok(new ArrayList<>(List.of("mine")))));
            cast(
                    server,
                    new Order((clerk, state) -> {
                        send(boss, state);
                        @SuppressWarnings("unchecked")
                        List<String> words = (List<String>) state;
                        words.add("later");
                        return clerk.noReply(state);
                    }));
            assertThat((Object) assertReceive(List.class)).isEqualTo(List.of("mine"));
            assertThat(call(server, Clerk.state())).isEqualTo(List.of("mine", "later"));
        }

        @Scenario(seeds = 100)
        void thatCannotBeCopiedEndsTheServerThatRepliesIt() {
            record Dice(Random random) {}
            Pid server = GenServer.start(Clerk.opening(clerk -> clerk.ok(new Dice(new Random()))));
            ExitReason reason = reasonOf(server, Clerk.state());
            assertThat(reason).isInstanceOf(ExitReason.Crash.class);
            assertThat(((ExitReason.Crash) reason).error())
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("Dice.random");
        }
    }

    @Nested
    @Otp("G-17")
    class ANull {
        @Scenario(seeds = 50)
        void isNoReplyAndNoState() {
            for (Ask<String> nulls :
                    List.<Ask<String>>of(
                            new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, none(), state)),
                            new Ask<>((clerk, ask, _, state) ->
                                    clerk.stop("enough", ask, none(), state)))) {
                Pid server = GenServer.start(Clerk.plain());
                assertThat(((ExitReason.Crash) reasonOf(server, nulls)).error())
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageStartingWith("the reply is null");
                assertReceive(Clerk.Terminated.class);
            }
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> stateless = new Ask<>((clerk, ask, _, _) -> clerk.reply(ask, "", none()));
            assertThat(((ExitReason.Crash) reasonOf(server, stateless)).error())
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("the state is null");
            assertThat(assertReceive(Clerk.Terminated.class).state()).isEqualTo("state");
        }

        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
        private static <T> T none() {
            return null;
        }
    }

    @Nested
    @Otp("G-17")
    class AReplyOfTheWrongType {
        private static final String SERVER =
                """
                import dev.bureau.kernel.*;
                import dev.bureau.otp.*;

                record Length(String text) implements Call<Integer> {}

                record Server() implements GenServer<String, Length, Cast> {
                    public Init<String> init() {
                        return ok("state");
                    }

                    public Next<String> handleCall(Length length, From<?> from, String state) {
                        return reply(length, %s, state);
                    }
                }
                """;

        @Test
        void doesNotCompile() {
            assertThat(errors(SERVER.formatted("length.text().length()"))).isEmpty();
            assertThat(errors(SERVER.formatted("length.text()")))
                    .singleElement()
                    .asString()
                    .contains("equality constraints: java.lang.Integer");
        }

        /// Who deceives the compiler harms who uses the answer, not the server, and not who uses the next one.
        @Scenario(seeds = 50)
        void isFoundByTheCallerIfTheCompilerWasDeceived() {
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> deceived =
                    new Ask<>((clerk, ask, _, state) -> clerk.reply(other(ask), 42, state));
            assertThatThrownBy(() -> call(server, deceived).isEmpty())
                    .isInstanceOf(ClassCastException.class);
            assertThat(call(server, Clerk.state())).isEqualTo("state");
            refuteReceive(Object.class);
        }

        /// As one that was kept for later is answered by mistake: whoever asks now would get an answer of another type.
        @Scenario(seeds = 50)
        void isNoneToAnotherRequest() {
            Ask<Integer> kept = new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, 1, state));
            for (Ask<String> mistaken :
                    List.<Ask<String>>of(
                            new Ask<>((clerk, _, _, state) -> clerk.reply(kept, 42, state)),
                            new Ask<>((clerk, _, _, state) ->
                                    clerk.stop("enough", kept, 42, state)))) {
                Pid server = GenServer.start(Clerk.plain());
                assertThat(((ExitReason.Crash) reasonOf(server, mistaken)).error())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("expected an answer to " + mistaken)
                        .hasMessageContaining("got one to " + kept)
                        .hasMessageEndingWith("keep its `from`, and reply(from, value)");
                assertReceive(Clerk.Terminated.class);
            }
        }

        @SuppressWarnings("unchecked")
        private static Call<Integer> other(Call<?> request) {
            return (Call<Integer>) request;
        }

        private static List<String> errors(String source) {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-implicit:none",
                            "-XDshould-stop.ifNoError=FLOW",
                            "-classpath",
                            System.getProperty("java.class.path"));
            JavaFileObject file =
                    new SimpleJavaFileObject(
                            URI.create("string:///Server.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignored) {
                            return source;
                        }
                    };
            compiler.getTask(null, null, found, options, null, List.of(file)).call();
            return found.getDiagnostics().stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .map(each -> each.getMessage(Locale.ENGLISH))
                    .toList();
        }
    }

    @Nested
    @Otp("G-22")
    class AnError {
        @Scenario(seeds = 50)
        void endsTheOneProcessThatRaisesIt() {
            Pid other = GenServer.start(Clerk.plain());
            for (Error error :
                    List.of(
                            new OutOfMemoryError("so it says"),
                            new AssertionError("wrong"),
                            new NoSuchMethodError("gone"))) {
                Pid server = GenServer.start(Clerk.plain());
                Ask<String> raises =
                        new Ask<>((_, _, _, _) -> {
                            throw error;
                        });
                ExitReason reason = reasonOf(server, raises);
                assertThat(((ExitReason.Crash) reason).error())
                        .isInstanceOf(error.getClass())
                        .hasMessage(error.getMessage());
                assertThat(assertReceive(Clerk.Terminated.class).reason())
                        .isInstanceOf(ExitReason.Crash.class);
            }
            assertThat(call(other, Clerk.state())).isEqualTo("state");
        }

        @Scenario(seeds = 10, runs = 3)
        void ofTheStackIsOneToo() {
            Pid other = GenServer.start(Clerk.plain());
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> deep =
                    new Ask<>((clerk, ask, _, state) ->
                            clerk.reply(ask, "depth " + endless(0), state));
            ExitReason reason = reasonOf(server, deep);
            assertThat(((ExitReason.Crash) reason).error()).isInstanceOf(StackOverflowError.class);
            assertReceive(Clerk.Terminated.class);
            assertThat(call(other, Clerk.state())).isEqualTo("state");
        }

        @SuppressWarnings("InfiniteRecursion")
        private static int endless(int depth) {
            return 1 + endless(depth + 1);
        }

        /// Memory that is not there: the server that wants it ends, the others go on.
        @Scenario(simulated = false, runs = 1, carriers = 2)
        void ofMemoryIsOneToo() {
            Pid other = GenServer.start(Clerk.plain());
            Pid server = GenServer.start(Clerk.plain());
            Ask<String> greedy =
                    new Ask<>((clerk, ask, _, state) -> {
                        List<long[]> all = new ArrayList<>();
                        while (true) {
                            // More than any array may have: fails without filling the heap.
                            all.add(new long[Integer.MAX_VALUE]);
                            if (all.size() > 1_000) return clerk.reply(ask, "enough", state);
                        }
                    });
            Ref monitor = monitor(server);
            ExitReason reason = reasonOf(server, greedy);
            assertThat(((ExitReason.Crash) reason).error()).isInstanceOf(OutOfMemoryError.class);
            awaitDown(monitor);
            assertThat(call(other, Clerk.state())).isEqualTo("state");
        }
    }
}
