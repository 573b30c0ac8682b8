package dev.bureau.conformance;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Finds the claims in the test sources of all rooms.
///
/// Sources, not classes: those are there in a fresh clone and whatever part of the reactor is built. They are read by the
/// JDK's own parser.
final class Claims {
    private static final Set<String> TESTS =
            Set.of(
                    "Test",
                    "Scenario",
                    "ParameterizedTest",
                    "RepeatedTest",
                    "TestFactory",
                    "TestTemplate");

    private Claims() {}

    /// All claims of tests under `root/*/src/test/java`, sorted.
    static Set<Claim> in(Path root) {
        Set<Claim> found = new TreeSet<>();
        for (Path room : list(root)) {
            Path tests = room.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                found.addAll(ofRoom(room.getFileName().toString(), sourcesOf(tests)));
            }
        }
        return found;
    }

    private static Set<Claim> ofRoom(String room, List<Path> sources) {
        Set<Claim> found = new TreeSet<>();
        if (sources.isEmpty()) {
            return found;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(room, unit, found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sourcesOf(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Scan extends TreeScanner<Void, Void> {
        private final String room;
        private final CompilationUnitTree unit;
        private final Set<Claim> found;
        private final Deque<ClassTree> classes = new ArrayDeque<>();

        Scan(String room, CompilationUnitTree unit, Set<Claim> found) {
            this.room = room;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (isDisabled(type.getModifiers())) {
                return null;
            }
            classes.addLast(type);
            for (String id : ids(type.getModifiers())) {
                found.add(new Claim(id, room, className(), ""));
            }
            super.visitClass(type, none);
            classes.removeLast();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            ModifiersTree modifiers = method.getModifiers();
            List<String> ids = ids(modifiers);
            if (!ids.isEmpty() && !isTest(modifiers)) {
                throw new IllegalArgumentException(
                        "expected @Otp on a test, got it on: "
                                + className()
                                + "."
                                + method.getName());
            }
            if (!isDisabled(modifiers)) {
                for (String id : ids) {
                    found.add(new Claim(id, room, className(), method.getName().toString()));
                }
            }
            return super.visitMethod(method, none);
        }

        private String className() {
            return classes.stream()
                    .map(type -> type.getSimpleName().toString())
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining("."));
        }

        private static boolean isTest(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream().anyMatch(a -> TESTS.contains(nameOf(a)));
        }

        private static boolean isDisabled(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream().anyMatch(a -> nameOf(a).equals("Disabled"));
        }

        private static String nameOf(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private List<String> ids(ModifiersTree modifiers) {
            List<String> ids = new ArrayList<>();
            for (AnnotationTree annotation : modifiers.getAnnotations()) {
                if (nameOf(annotation).equals("Otp")) {
                    ids.add(idOf(annotation));
                } else if (annotation.getAnnotationType().toString().endsWith("Otp.All")) {
                    NewArrayTree all = (NewArrayTree) value(annotation);
                    all.getInitializers().forEach(each -> ids.add(idOf((AnnotationTree) each)));
                }
            }
            return ids;
        }

        private String idOf(AnnotationTree annotation) {
            if (value(annotation) instanceof LiteralTree literal
                    && literal.getValue() instanceof String id) {
                return id;
            }
            throw new IllegalArgumentException(
                    "expected @Otp with an id in quotes, got: "
                            + annotation
                            + " in "
                            + unit.getSourceFile().getName());
        }

        private static ExpressionTree value(AnnotationTree annotation) {
            ExpressionTree argument = annotation.getArguments().getFirst();
            return argument instanceof AssignmentTree named ? named.getExpression() : argument;
        }
    }
}
