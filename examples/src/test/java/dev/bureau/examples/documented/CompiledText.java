package dev.bureau.examples.documented;

import dev.bureau.examples.documented.Fragments.Fragment;
import dev.bureau.examples.documented.Fragments.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.SimpleJavaFileObject;

/// What the compiler gets for the blocks of a text: a source file that knows for each of its lines where that comes from.
///
/// A block with a `main` is a program and stands for itself. All others of a text are one program together, as they are read:
/// their declarations are members of a class, their statements follow each other in a method of it. That class extends
/// [Surroundings], which has what examples leave out. It has the imports that every program on Bureau begins with, the static
/// members of the type whose documentation this is, and those that the blocks have.
final class CompiledText extends SimpleJavaFileObject {
    private static final Set<String> OBSERVING =
            Set.of("docs/guide/observing.md", "docs/guide/tracing.md", "docs/guide/metrics.md");

    private static final List<String> IMPORTS =
            List.of(
                    "import module java.base;",
                    "import module dev.bureau.kernel;",
                    "import module dev.bureau.otp;",
                    "import static dev.bureau.kernel.Bureau.*;");

    /// In the room of tests, and in pages about testing.
    private static final List<String> IMPORTS_OF_TESTS =
            List.of(
                    "import module dev.bureau.testkit;",
                    "import static dev.bureau.testkit.ProcessAssertions.*;",
                    "import static org.assertj.core.api.Assertions.*;",
                    "import org.junit.jupiter.api.*;");

    private final String place;
    private final StringBuilder code = new StringBuilder();
    private final List<String> origins = new ArrayList<>();

    private CompiledText(String className, String place) {
        super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
        this.place = place;
    }

    /// For a block that is a program.
    static CompiledText program(CodeBlock block) {
        var text = new CompiledText(className(block), block.place());
        text.add(block, 0, String.join("\n", block.code()));
        return text;
    }

    /// For the blocks of one text that are none.
    static CompiledText page(List<CodeBlock> blocks) {
        var first = blocks.getFirst();
        var text = new CompiledText(className(first), first.place());
        text.importsOf(first);
        text.addAll(blocks, Fragments.Kind.IMPORT);
        text.add("class " + className(first) + " extends " + Surroundings.class.getName() + " {");
        text.addAll(blocks, Fragments.Kind.MEMBER);
        text.add("void statements() throws Exception {");
        text.addAll(blocks, Fragments.Kind.STATEMENT);
        text.add("}");
        text.add("}");
        return text;
    }

    private static String className(CodeBlock block) {
        return block.file().toString().replaceAll("\\W", "_") + "_" + block.line();
    }

    private void importsOf(CodeBlock block) {
        var file = block.file().toString();
        IMPORTS.forEach(this::add);
        if (file.startsWith("testkit") || file.endsWith("testing.md")) {
            IMPORTS_OF_TESTS.forEach(this::add);
        }
        if (file.startsWith("shell") || file.endsWith("shell.md")) {
            add("import dev.bureau.shell.*;");
        }
        if (file.startsWith("observer") || OBSERVING.contains(file)) {
            add("import dev.bureau.observer.*;");
            add("import dev.bureau.observer.events.*;");
            add("import dev.bureau.observer.trace.*;");
        }
        if (file.startsWith("telemetry") || OBSERVING.contains(file)) {
            add("import dev.bureau.telemetry.*;");
        }
        if (file.startsWith("observer")) add("import dev.bureau.telemetry.*;");
        if (file.startsWith("micrometer") || file.endsWith("metrics.md")) {
            add("import dev.bureau.micrometer.*;");
            add("import io.micrometer.core.instrument.MeterRegistry;");
            add("import io.micrometer.core.instrument.simple.SimpleMeterRegistry;");
        }
        if (file.startsWith("opentelemetry") || file.endsWith("metrics.md")) {
            add("import dev.bureau.opentelemetry.*;");
            add("import io.opentelemetry.api.*;");
            add("import io.opentelemetry.api.trace.Span;");
            add("import io.opentelemetry.context.Scope;");
        }
        if (file.startsWith("weaver")) add("import dev.bureau.weaver.*;");
        if (file.endsWith(".java") && !file.endsWith("-info.java")) {
            var type = file.replaceAll(".*src/main/java/|\\.java$", "").replace('/', '.');
            if (!type.equals("dev.bureau.kernel.Bureau")) add("import static " + type + ".*;");
        }
    }

    private void addAll(List<CodeBlock> blocks, Fragments.Kind kind) {
        for (CodeBlock block : blocks) {
            for (Fragment fragment : Fragments.of(block.code())) {
                if (fragment.kind() == kind) add(block, fragment.line(), fragment.code());
            }
        }
    }

    private void add(String line) {
        code.append(line).append('\n');
        origins.add(place);
    }

    private void add(CodeBlock block, int from, String part) {
        int line = block.line() + from;
        for (var each : part.split("\n", -1)) {
            code.append(each).append('\n');
            origins.add(block.file() + ":" + line++);
        }
    }

    /// What the compiler has to say, as an editor jumps to it.
    String message(Diagnostic<?> diagnostic) {
        int line = (int) diagnostic.getLineNumber();
        var where = line == Diagnostic.NOPOS ? place : origins.get(line - 1);
        return where + ": " + diagnostic.getMessage(Locale.ENGLISH);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
    }
}
