package dev.bureau.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Node;
import dev.bureau.shell.ProgramCode;
import dev.bureau.shell.session.Session.Detail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompilerStockTest {
    private final CompilerStock stock = new CompilerStock(ProgramCode.ofThisVirtualMachine());

    @Test
    void aSessionFindsTheCompilerFromStockAsIfItHadStartedIt() throws Exception {
        stock.keep();
        while (!stock.isReady()) Thread.onSpinWait();
        Node node = Node.start(Node.options().schedulers(1));
        var screen = new ByteArrayOutputStream();
        var out = new PrintStream(screen, true);
        try (Session session = Session.open(node, stock, out, out)) {
            assertThat(session.evaluate("1 + 1", Detail.NAMED)).isTrue();
            assertThat(stock.isReady()).isFalse();
            assertThat(session.evaluate("heated", Detail.NAMED)).isFalse();
            assertThat(session.evaluate("v()", Detail.NAMED)).isTrue();
            assertThat(screen.toString())
                    .startsWith("$1 ==> 2\n")
                    .contains("cannot find symbol")
                    .endsWith("$2 ==> 2\n");
        } finally {
            node.stop();
        }
    }

    @Test
    void closedItHasNone() {
        stock.keep();
        while (!stock.isReady()) Thread.onSpinWait();
        stock.close();
        stock.keep();
        assertThat(stock.isReady()).isFalse();
    }
}
