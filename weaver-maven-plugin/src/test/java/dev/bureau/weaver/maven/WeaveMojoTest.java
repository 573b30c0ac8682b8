package dev.bureau.weaver.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javax.tools.ToolProvider;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeaveMojoTest {
    private static final String LOOP = " { void loop() { while (true) {} } }";

    @TempDir Path folder;

    /// The goals differ in where they look, which Maven tells them.
    private static final class Goal extends WeavingMojo {
        private final Path classes;

        Goal(Path classes) {
            this.classes = classes;
        }

        @Override
        @Nullable File folder() {
            return classes.toFile();
        }
    }

    @BeforeEach
    void compile() throws Exception {
        write("One.java", "class One" + LOOP);
        write("shop/Till.java", "package shop; class Till" + LOOP);
        write("shop/gen/Coin.java", "package shop.gen; class Coin" + LOOP);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var arguments =
                new String[] {
                    "-d",
                    classes().toString(),
                    folder.resolve("One.java").toString(),
                    folder.resolve("shop/Till.java").toString(),
                    folder.resolve("shop/gen/Coin.java").toString()
                };
        assertThat(compiler.run(null, null, null, arguments)).isZero();
    }

    @Test
    void weavesAllClassesOfAFolder() throws Exception {
        new Goal(classes()).execute();
        assertThat(woven()).containsExactly("One", "shop/Till", "shop/gen/Coin");
    }

    @Test
    void touchesNothingASecondTime() throws Exception {
        new Goal(classes()).execute();
        var longAgo = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(classes().resolve("One.class"), longAgo);
        new Goal(classes()).execute();
        assertThat(Files.getLastModifiedTime(classes().resolve("One.class"))).isEqualTo(longAgo);
    }

    @Test
    void weavesWhatIsIncludedAndNotExcluded() throws Exception {
        var goal = new Goal(classes());
        goal.includes = List.of("shop.*");
        goal.excludes = List.of("shop.gen.*");
        goal.execute();
        assertThat(woven()).containsExactly("shop/Till");
    }

    @Test
    void canBeSkipped() throws Exception {
        var goal = new Goal(classes());
        goal.skip = true;
        goal.execute();
        assertThat(woven()).isEmpty();
    }

    @Test
    void leavesOtherFilesAlone() throws Exception {
        write("classes/notes.txt", "while (true) {}");
        write("classes/Broken.class", "no class");
        new Goal(classes()).execute();
        assertThat(classes().resolve("Broken.class")).hasContent("no class");
        assertThat(woven()).hasSize(3);
    }

    @Test
    void doesNothingWhereThereAreNoClasses() throws Exception {
        new Goal(folder.resolve("none")).execute();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoPattern() {
        var goal = new Goal(classes());
        goal.includes = List.of("a*b");
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("got: a*b");
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> woven() throws Exception {
        return List.of("One", "shop/Till", "shop/gen/Coin").stream().filter(this::isWoven).toList();
    }

    private boolean isWoven(String name) {
        try {
            var bytes = Files.readAllBytes(classes().resolve(name + ".class"));
            return new String(bytes, StandardCharsets.ISO_8859_1).contains("woven/YieldPoint");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
