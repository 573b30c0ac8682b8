package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /// Tests run in the folder of their room.
    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    @Test
    void showsTheCounterAsItIs() throws Exception {
        var counter = Files.readString(CHECKOUT.resolve("examples/Counter.java"));
        var program = counter.substring(counter.indexOf("import module"));
        assertThat(Files.readString(CHECKOUT.resolve("README.md")))
                .contains("```java\n" + program + "```\n");
    }

    @Test
    void leadsSomewhere() throws Exception {
        var links =
                Pattern.compile("\\]\\(([^)]+)\\)|`((?:\\w+/)+[\\w.-]*)`")
                        .matcher(Files.readString(CHECKOUT.resolve("README.md")));
        while (links.find()) {
            var target = links.group(1) == null ? links.group(2) : links.group(1);
            assertThat(CHECKOUT.resolve(target)).exists();
        }
    }
}
