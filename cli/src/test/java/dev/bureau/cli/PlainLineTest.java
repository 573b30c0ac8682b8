package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which command lines are run without the library that reads them.
class PlainLineTest {
    @Test
    void aLineForANodeIsPlain() {
        assertThat(PlainLine.of(new String[] {"attach", "shop", "--eval", "top(3)"}))
                .isEqualTo(new PlainLine(null, List.of("shop"), Map.of("--eval", "top(3)")));
        assertThat(PlainLine.of(new String[] {"attach", "shop"}))
                .isEqualTo(new PlainLine(null, List.of("shop"), Map.of()));
    }

    @Test
    void soIsACommandWithItsOptions() {
        assertThat(PlainLine.of("mailbox shop cart --most 5 --json".split(" ")))
                .isEqualTo(
                        new PlainLine(
                                NodeCommand.MAILBOX,
                                List.of("shop", "cart"),
                                Map.of("--most", "5", "--json", "")));
        assertThat(PlainLine.of("tree shop".split(" "))).isNotNull();
        assertThat(PlainLine.of("tree shop till --mermaid".split(" "))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attach",
                "attach shop till",
                "attach shop --eval",
                "attach shop --eval=1",
                "attach shop --eval -1",
                "attach shop --eval 1 --eval 2",
                "attach shop --help",
                "attach -- shop",
                "attach @shop",
                "info shop",
                "info shop 0.1.0 0.2.0",
                "info shop 0.1.0 --most 3",
                "tree shop --once",
                "top shop --json --json",
                "nodes",
                "run Shop.java",
                "dance shop",
            })
    void whateverIsMoreOrWrongIsLeftToIt(String line) {
        assertThat(PlainLine.of(line.split(" "))).isNull();
    }
}
