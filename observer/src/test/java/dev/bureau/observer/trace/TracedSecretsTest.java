package dev.bureau.observer.trace;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.testkit.ProcessAssertions.captureLogUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Registry;
import dev.bureau.otp.StartOptions;
import dev.bureau.testkit.ProcessAssertions;
import dev.bureau.testkit.ProcessTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What traces tell of messages, answers and reasons that a behaviour does not show whole.
@ProcessTest
class TracedSecretsTest {
    private static final String SECRET = "swordfish";

    sealed interface Question extends Call<String> {}

    record Open(String word) implements Question {}

    record Change(String word) implements Cast {}

    static final class Vault implements GenServer<String, Question, Change> {
        @Override
        public Init<String> init() {
            return ok(SECRET);
        }

        @Override
        public Next<String> handleCall(Question question, From<?> from, String word) {
            return switch (question) {
                case Open open -> reply(open, word, word);
            };
        }

        @Override
        public Next<String> handleCast(Change change, String word) {
            return stop(new ExitReason.Custom(change.word()), word);
        }

        @Override
        public Object formatMessage(Object message) {
            return switch (message) {
                case Open _ -> new Open("*");
                case Change _ -> new Change("*");
                case String _ -> "*";
                default -> message;
            };
        }

        @Override
        public ExitReason formatReason(ExitReason reason) {
            return new ExitReason.Custom("hidden");
        }
    }

    @Test
    void areToldAsFarAsTheBehaviourShowsThem() throws Exception {
        ProcessAssertions.startSupervised(Registry.childSpec("vaults", Registry.Keys.UNIQUE));
        Name name = Registry.via("vaults", "mine");
        Pid vault = GenServer.start(StartOptions.named(name), new Vault());
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        captureLogUntil(
                line -> line.contains("terminating"),
                () -> {
                    Trace trace = Trace.start(node(), Trace.everything().limit(1_000), events::add);
                    spawn(() -> {
                        call(name, new Open(SECRET));
                        cast(name, new Change(SECRET));
                    });
                    while (events.stream().noneMatch(event -> isEndOf(event, vault))) {
                        sleep(ofMillis(1));
                    }
                    trace.close();
                    trace.await();
                });
        assertThat(events)
                .map(TraceEvent::toString)
                .anyMatch(line -> line.contains("-> ") && line.endsWith(": call Open[word=*]"))
                .anyMatch(line -> line.endsWith("<- call Open[word=*]"))
                .anyMatch(line -> line.endsWith(": reply *"))
                .anyMatch(line -> line.endsWith(": Change[word=*]"))
                .anyMatch(line -> line.endsWith("<- Change[word=*]"))
                .anyMatch(line -> line.contains("ends: ") && line.contains("hidden"));
        assertThat(new SequenceDiagram(events).toString())
                .contains(": call Open[word=*]", ": reply *", ": Change[word=*]")
                .containsPattern("p\\d+->>p\\d+: call Open")
                .doesNotContain(SECRET);
        assertThat(events.stream().filter(event -> event.toString().contains(SECRET)))
                .as("what others receive is theirs: an answer, and a link's exit reason")
                .allMatch(event ->
                        event instanceof TraceEvent.Received received
                                && !received.who().pid().equals(vault));
    }

    private static boolean isEndOf(TraceEvent event, Pid process) {
        return event instanceof TraceEvent.Ended ended && ended.who().pid().equals(process);
    }
}
