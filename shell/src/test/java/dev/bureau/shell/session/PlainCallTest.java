package dev.bureau.shell.session;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.register;
import static dev.bureau.kernel.Bureau.self;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Node;
import dev.bureau.shell.ProgramCode;
import dev.bureau.shell.session.Session.Detail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PlainCallTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final AtomicBoolean burning = new AtomicBoolean(true);
    private Node node;
    private Session session;

    @BeforeEach
    void open() {
        node = Node.start(Node.options().schedulers(1));
        var out = new PrintStream(screen, true);
        session =
                Session.open(node, new CompilerStock(ProgramCode.ofThisVirtualMachine()), out, out);
    }

    @AfterEach
    void close() {
        burning.set(false);
        session.close();
        node.stop();
    }

    private String evaluate(String line, boolean well) {
        screen.reset();
        assertThat(session.evaluate(line, Detail.VALUE)).as(line).isEqualTo(well);
        return screen.toString();
    }

    @Test
    void aWordOfThePromptNeedsNoCompilerNorACarrierThatIsFree() {
        node.spawn(() -> {
            register("clerk", self());
            receive(Thread.class);
        });
        for (int i = 0; i < 4; i++) {
            AtomicBoolean on = burning;
            node.spawn(
                    (dev.bureau.kernel.Body & dev.bureau.kernel.isolation.Immutable)
                            () -> {
                                while (on.get()) Thread.onSpinWait();
                            });
        }
        assertThat(evaluate("self()", true)).startsWith("#PID<");
        assertThat(evaluate("top(3, Top.Order.MAILBOX);", true)).contains("7 processes, cpu ");
        assertThat(evaluate(" info( \"clerk\" ) ", true)).contains("clerk");
        assertThat(evaluate("stack(pid(\"clerk\"))", true)).contains("PlainCallTest");
        assertThat(evaluate("help()", true)).contains("who does most");
        assertThat(evaluate("kill(pid(\"clerk\"))", true)).isEmpty();
        assertThat(evaluate("pid(\"clerk\")", false))
                .startsWith("** java.lang.IllegalArgumentException: no process has the name clerk")
                .doesNotContain("reflect", "PlainCall");
        assertThat(evaluate("exit(\"over\")", false)).isEqualTo("** (exit) over\n");
        assertThat(evaluate("exit(self(), \"gone\")", false)).contains("has exited: gone");
        assertThat(session.hasCompiler()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 1",
                "top(1).rows()",
                "top(1) + 1",
                "top(10L)",
                "top(1_0)",
                "top(\"a\\n\")",
                "int x = 1",
                "send(self(), 1)",
                "trace(self())",
                "v()",
                "nobodysWord()",
                "top(1",
                "top(1) top(2)",
                "top(kill(self()))",
                "top(Order.CPU)",
                "\"text\"",
                ""
            })
    void allElseIsLeftToTheCompiler(String line) {
        assertThat(PlainCall.of(line)).isEmpty();
    }

    @Test
    void aLineThatIsMoreThanThatIsCompiled() {
        assertThat(evaluate("1 + 1", true)).isEqualTo("2\n");
        assertThat(session.hasCompiler()).isTrue();
        // from now on lines may have declared words of their own
        assertThat(evaluate("int top(int n) { return -n; }", true)).isEmpty();
        assertThat(evaluate("top(10)", true)).isEqualTo("-10\n");
    }
}
