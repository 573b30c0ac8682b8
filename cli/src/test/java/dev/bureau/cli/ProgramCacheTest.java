package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
    private static final Rooms NO_ROOMS = new Rooms(List.of(), List.of("java.base"));

    @TempDir Path folder;
    private Path cached;

    @BeforeEach
    void place() {
        cached = folder.resolve("cache");
    }

    @Test
    void findsAProgramCompiledBefore() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        program(file);
        var longAgo = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(entries().getFirst(), longAgo);
        assertThat(answer(program(file), "One")).isEqualTo("one");
        assertThat(Files.getLastModifiedTime(entries().getFirst())).isEqualTo(longAgo);
    }

    @Test
    void compilesAnewWhenTheFileChanges() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        program(file);
        write("One.java", "class One { static String answer() { return \"two\"; } }");
        assertThat(answer(program(file), "One")).isEqualTo("two");
    }

    @Test
    void compilesAnewWhenASiblingChanges() throws Exception {
        var file =
                write(
                        "One.java",
                        "class One { static String answer() { return Other.answer(); } }");
        write("Other.java", "class Other { static String answer() { return \"one\"; } }");
        assertThat(answer(program(file), "One")).isEqualTo("one");
        write("Other.java", "class Other { static String answer() { return \"two\"; } }");
        assertThat(answer(program(file), "One")).isEqualTo("two");
    }

    @Test
    void compilesAnewWhenASiblingComesThatChangesAName() throws Exception {
        var file =
                write(
                        "One.java",
                        """
                        import java.util.concurrent.*;

                        class One {
                            static String answer() {
                                return Future.class.getName();
                            }
                        }
                        """);
        assertThat(answer(program(file), "One")).isEqualTo("java.util.concurrent.Future");
        write("Future.java", "class Future {}");
        assertThat(answer(program(file), "One")).isEqualTo("Future");
    }

    @Test
    void compilesAnewWhenALibraryChanges() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        var library = Files.createDirectory(folder.resolve("library"));
        program(file, List.of(library));
        Files.writeString(library.resolve("new.txt"), "new");
        program(file, List.of(library));
        assertThat(entries()).hasSize(2);
    }

    @Test
    void keepsWovenAndOtherClassesApart() throws Exception {
        var file =
                write(
                        "One.java",
                        "class One { static String answer() { int i = 0; while (i < 9) i++; return \"\" + i; } }");
        var woven = program(file);
        assertThat(program(file, List.of(), Weaving.none()).classes().get("One"))
                .isNotEqualTo(woven.classes().get("One"));
        assertThat(program(file, List.of(), Weaving.allBut("One")).classes().get("One"))
                .isNotEqualTo(woven.classes().get("One"));
        assertThat(program(file).classes().get("One")).isEqualTo(woven.classes().get("One"));
        assertThat(entries()).hasSize(3);
    }

    @Test
    void compilesAnewWhenTheEntryIsDamaged() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        program(file);
        for (int keep : new int[] {0, 3, 20, 100}) {
            var entry = entries().getFirst();
            Files.write(entry, Arrays.copyOf(Files.readAllBytes(entry), keep));
            assertThat(answer(program(file), "One")).isEqualTo("one");
        }
        var bytes = Files.readAllBytes(entries().getFirst());
        bytes[bytes.length / 2] ^= 1;
        Files.write(entries().getFirst(), bytes);
        assertThat(answer(program(file), "One")).isEqualTo("one");
    }

    @Test
    void doesWithoutAFolderItCannotUse() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        Files.writeString(cached, "a file where the folder should be");
        assertThat(answer(program(file), "One")).isEqualTo("one");
    }

    @Test
    void keepsNothingOfWhatDoesNotCompile() throws Exception {
        var file = write("One.java", "class One { String s = 1; }");
        assertThatThrownBy(() -> program(file)).isInstanceOf(Refusal.class);
        assertThat(cached).doesNotExist();
    }

    @Test
    void isSharedByManyAtOnce() throws Exception {
        var file = write("One.java", "class One { static String answer() { return \"one\"; } }");
        var answers = new ArrayList<Future<String>>();
        try (var runs = Executors.newFixedThreadPool(4)) {
            for (int run = 0; run < 12; run++)
                answers.add(runs.submit(() -> answer(program(file), "One")));
        }
        for (var answer : answers) assertThat(answer.get()).isEqualTo("one");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void forgetsTheOlderHalfOnceThereAreTooMany() throws Exception {
        Files.createDirectories(cached);
        for (int old = 0; old < 256; old++) Files.writeString(cached.resolve(old + ".program"), "");
        program(write("One.java", "class One {}"));
        assertThat(entries()).hasSize(129);
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private Program program(Path file) {
        return program(file, List.of());
    }

    private Program program(Path file, List<Path> libraries) {
        return program(file, libraries, Weaving.allBut(""));
    }

    private Program program(Path file, List<Path> libraries, Weaving weaving) {
        return new ProgramCache(NO_ROOMS, libraries, weaving, cached)
                .program(SourceFile.of(file.toString()));
    }

    private List<Path> entries() throws Exception {
        try (var files = Files.list(cached)) {
            return files.toList();
        }
    }

    private static String answer(Program program, String type) throws Exception {
        Method answer =
                new ProgramLoader(program, List.of(), Weaving.none())
                        .loadClass(type)
                        .getDeclaredMethod("answer");
        answer.setAccessible(true);
        return (String) answer.invoke(null);
    }
}
