package dev.bureau.examples.documented;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.sun.source.util.JavacTask;
import dev.bureau.kernel.Node;
import dev.bureau.observer.Observer;
import dev.bureau.otp.GenServer;
import dev.bureau.scheduler.Scheduler;
import dev.bureau.shell.AttachPoint;
import dev.bureau.telemetry.Telemetry;
import dev.bureau.testkit.Simulation;
import dev.bureau.weaver.Weaver;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/// Compiles the blocks of code that are Java, all in one go, without making classes of them.
final class DocumentedCode {
    private static final List<Class<?>> MODULES =
            List.of(
                    Scheduler.class,
                    Node.class,
                    GenServer.class,
                    Observer.class,
                    AttachPoint.class,
                    Simulation.class,
                    Telemetry.class,
                    Weaver.class,
                    NullMarked.class);

    /// All warnings on, save for one about annotations of JUnit, which is no module here.
    private static final List<String> OPTIONS =
            List.of(
                    "-proc:none",
                    "-Xlint:all,-classfile",
                    "--should-stop=ifError=FLOW",
                    "--add-modules",
                    "dev.bureau.observer,dev.bureau.otp,dev.bureau.shell,dev.bureau.telemetry,dev.bureau.testkit,dev.bureau.weaver");

    private DocumentedCode() {}

    /// What the compiler has against these, warnings included: `docs/guide/state.md:17: cannot find symbol ...`.
    static List<String> problems(List<CodeBlock> blocks) throws IOException {
        var java = blocks.stream().filter(block -> block.language().equals("java")).toList();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
            files.setLocationFromPaths(
                    StandardLocation.MODULE_PATH,
                    MODULES.stream().map(DocumentedCode::home).toList());
            var task =
                    (JavacTask)
                            compiler.getTask(null, files, diagnostics, OPTIONS, null, texts(java));
            task.analyze();
        }
        return diagnostics.getDiagnostics().stream().map(DocumentedCode::message).toList();
    }

    private static String message(Diagnostic<? extends JavaFileObject> diagnostic) {
        return diagnostic.getSource() instanceof CompiledText text
                ? text.message(diagnostic)
                : diagnostic.toString();
    }

    private static List<CompiledText> texts(List<CodeBlock> blocks) {
        record Place(Path file, int text) {}
        var texts = new ArrayList<CompiledText>();
        blocks.stream().filter(CodeBlock::isProgram).map(CompiledText::program).forEach(texts::add);
        blocks.stream()
                .filter(block -> !block.isProgram())
                .collect(
                        groupingBy(
                                block -> new Place(block.file(), block.text()),
                                LinkedHashMap::new,
                                toList()))
                .values()
                .forEach(page -> texts.add(CompiledText.page(page)));
        return texts;
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    /// The jar or folder a class comes from.
    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException failure) {
            throw new AssertionError(failure);
        }
    }
}
