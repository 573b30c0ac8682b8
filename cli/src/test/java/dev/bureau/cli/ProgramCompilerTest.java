package dev.bureau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCompilerTest {
    @TempDir Path folder;

    @Test
    void takesInTheFilesAProgramRefersToAndNoOthers() throws Exception {
        write("Main.java", "void main() { Near.call(); }");
        write("Near.java", "class Near { static void call() { Far.call(); } }");
        write("Far.java", "class Far { static void call() {} }");
        write("Broken.java", "class Broken {");
        var compiled = compile("Main.java");
        assertThat(compiled.program().classes()).containsOnlyKeys("Main", "Near", "Far");
        assertThat(compiled.program().candidates()).containsExactly("Main");
        assertThat(compiled.siblings())
                .map(Path::getFileName)
                .map(Path::toString)
                .containsExactlyInAnyOrder("Near.java", "Far.java");
    }

    @Test
    void looksForPackagesFromTheRootOfTheFilesOwn() throws Exception {
        write(
                "shop/till/Till.java",
                "/* a till */\npackage shop.till;\nclass Till { shop.Price p; Coin c; }");
        write("shop/till/Coin.java", "package shop.till;\nclass Coin {}");
        write("shop/Price.java", "package shop;\npublic class Price {}");
        assertThat(compile("shop/till/Till.java").program().classes())
                .containsOnlyKeys("shop.till.Till", "shop.till.Coin", "shop.Price");
    }

    @Test
    void compilesAFileThatLiesElsewhereThanItsPackageSays() throws Exception {
        write("Odd.java", "package somewhere.odd;\nclass Odd {}");
        assertThat(compile("Odd.java").program().classes()).containsOnlyKeys("somewhere.odd.Odd");
    }

    @Test
    void leavesAModuleDeclarationBesideTheProgramAlone() throws Exception {
        write("module-info.java", "module strict { requires nothing.there; }");
        write("Main.java", "void main() {}");
        assertThat(compile("Main.java").program().classes()).containsOnlyKeys("Main");
    }

    @Test
    void seesNoClassesOfTheWorkingFolder() throws Exception {
        write("Main.java", "void main() { dev.bureau.cli.Main.main(new String[0]); }");
        assertThatThrownBy(() -> compile("Main.java")).isInstanceOf(Refusal.class);
    }

    @Test
    void keepsTheNamesOfParameters() throws Exception {
        write("Main.java", "void greet(String name) {}\nvoid main() {}");
        var program = compile("Main.java").program();
        var type = new ProgramLoader(program, List.of(), Weaving.none()).loadClass("Main");
        assertThat(type.getDeclaredMethod("greet", String.class).getParameters()[0].getName())
                .isEqualTo("name");
    }

    @Test
    void saysNothingAboutWarnings() throws Exception {
        write(
                "Main.java",
                """
                void main() {
                    java.util.List raw = new java.util.ArrayList();
                    raw.add(1);
                    new Integer(1);
                    Thread.currentThread().getId();
                }
                """);
        assertThat(compile("Main.java").program().classes()).containsOnlyKeys("Main");
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Compilation compile(String name) {
        var rooms = new Rooms(List.of(), List.of("java.base"));
        var source = SourceFile.of(folder.resolve(name).toString());
        return new ProgramCompiler(rooms, List.of()).compile(source);
    }
}
