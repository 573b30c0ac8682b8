package dev.bureau.shell.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What a class has, for people: its public methods, with what their documentation says where the source is at hand: of
/// Bureau, which is shipped with this room, and of the JDK, where that has its `src.zip`.
public final class Signatures {
    private Signatures() {}

    /// The class, what it is for, and its public methods.
    public static String of(Class<?> type) {
        Map<String, String> docs = documentation(type);
        var text = new StringBuilder(head(type)).append('\n');
        String doc = docs.get("");
        if (doc != null) text.append('\n').append(indented(doc)).append('\n');
        String methods =
                executables(type)
                        .map(Signatures::signature)
                        .distinct()
                        .collect(Collectors.joining("\n"));
        return text.append('\n').append(indented(methods)).toString();
    }

    /// The methods of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static String of(Class<?> type, String name) {
        Map<String, String> docs = documentation(type);
        String found =
                executables(type)
                        .filter(method -> name(method).equals(name))
                        .map(method -> signature(method) + documented(docs.get(key(method))))
                        .distinct()
                        .collect(Collectors.joining("\n\n"));
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no "
                            + name
                            + " in "
                            + type.getSimpleName()
                            + ": help() says what there is");
        }
        return found + "\n";
    }

    /// Whether a class has a public method of that name.
    public static boolean has(Class<?> type, String name) {
        return executables(type).anyMatch(method -> name(method).equals(name));
    }

    private static String head(Class<?> type) {
        String kind =
                type.isRecord()
                        ? "record"
                        : type.isEnum()
                                ? "enum"
                                : type.isAnnotation()
                                        ? "@interface"
                                        : type.isInterface() ? "interface" : "class";
        String parts =
                type.isRecord()
                        ? Arrays.stream(type.getRecordComponents())
                                .map(part ->
                                        simple(part.getGenericType().getTypeName())
                                                + " "
                                                + part.getName())
                                .collect(Collectors.joining(", ", "(", ")"))
                        : "";
        String types =
                Arrays.stream(type.getTypeParameters())
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        String above =
                Stream.concat(
                                Stream.ofNullable(type.getGenericSuperclass())
                                        .filter(it ->
                                                it != Object.class
                                                        && !type.isRecord()
                                                        && !type.isEnum()),
                                Arrays.stream(type.getGenericInterfaces()))
                        .map(it -> simple(it.getTypeName()))
                        .collect(Collectors.joining(", "));
        return kind
                + " "
                + type.getCanonicalName()
                + (types.isEmpty() ? "" : "<" + types + ">")
                + parts
                + (above.isEmpty() ? "" : " : " + above);
    }

    private static Stream<Executable> executables(Class<?> type) {
        Stream<Executable> constructors = Arrays.stream(type.getConstructors());
        Stream<Executable> methods =
                Arrays.stream(type.getMethods())
                        .filter(method ->
                                method.getDeclaringClass() != Object.class && !method.isSynthetic())
                        .map(Executable.class::cast);
        return Stream.concat(constructors, methods)
                .sorted(
                        java.util.Comparator.comparing(Signatures::name)
                                .thenComparingInt(Executable::getParameterCount));
    }

    private static String name(Executable method) {
        return method.getName().substring(method.getName().lastIndexOf('.') + 1);
    }

    private static String signature(Executable method) {
        String parameters =
                Arrays.stream(method.getParameters())
                        .map(it ->
                                simple(it.getParameterizedType().getTypeName())
                                        + (it.isNamePresent() ? " " + it.getName() : ""))
                        .collect(Collectors.joining(", "));
        String call = name(method) + "(" + parameters + ")";
        if (!(method instanceof java.lang.reflect.Method declared))
            return "new " + call.substring(call.lastIndexOf('$') + 1);
        return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                + simple(declared.getGenericReturnType().getTypeName())
                + " "
                + call;
    }

    /// Without packages, which only fill the line.
    private static String simple(String type) {
        return type.replaceAll("\\b[a-z_][\\w]*\\.(?=[\\w.]*[A-Z])", "").replace('$', '.');
    }

    private static String key(Executable method) {
        String name = method instanceof java.lang.reflect.Constructor ? "<init>" : method.getName();
        return name
                + "/"
                + method.getParameterCount()
                + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    }

    private static String documented(@Nullable String doc) {
        return doc == null ? "" : "\n" + indented(doc).stripTrailing();
    }

    private static String indented(String text) {
        return text.indent(4);
    }

    // ---- what the source says

    /// By [#key]; of the class itself by the empty name.
    private static Map<String, String> documentation(Class<?> type) {
        try {
            String source = source(type);
            return source == null ? Map.of() : parsed(source, type.getSimpleName());
        } catch (IOException _) {
            return Map.of();
        }
    }

    private static @Nullable String source(Class<?> type) throws IOException {
        Class<?> top = type;
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) top = outer;
        String file = top.getName().replace('.', '/') + ".java";
        try (InputStream shipped =
                Signatures.class.getClassLoader().getResourceAsStream("META-INF/sources/" + file)) {
            if (shipped != null) return new String(shipped.readAllBytes(), UTF_8);
        }
        Path ofJdk = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        String module = top.getModule().getName();
        if (module == null || !Files.exists(ofJdk)) return null;
        try (var zip = new ZipFile(ofJdk.toFile())) {
            var entry = zip.getEntry(module + "/" + file);
            return entry == null
                    ? null
                    : new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
        }
    }

    private static Map<String, String> parsed(String source, String simpleName) throws IOException {
        var unit =
                new SimpleJavaFileObject(
                        URI.create("memory:///Source.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task =
                (JavacTask)
                        compiler.getTask(
                                null, null, _ -> {}, List.of("-proc:none"), null, List.of(unit));
        var docs = new LinkedHashMap<String, String>();
        for (CompilationUnitTree tree : task.parse()) {
            new Comments(DocTrees.instance(task), simpleName, docs).scan(tree, null);
        }
        return docs;
    }

    private static final class Comments extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;
        private final String wanted;
        private final Map<String, String> docs;

        Comments(DocTrees trees, String wanted, Map<String, String> docs) {
            this.trees = trees;
            this.wanted = wanted;
            this.docs = docs;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getSimpleName().contentEquals(wanted)) {
                put("", getCurrentPath());
                for (Tree member : type.getMembers()) {
                    if (member instanceof MethodTree method) {
                        String types =
                                method.getParameters().stream()
                                        .map(it ->
                                                it.getType()
                                                        .toString()
                                                        .replaceAll("<.*>|@\\w+ ", "")
                                                        .replaceAll(".*\\.", ""))
                                        .toList()
                                        .toString();
                        put(
                                method.getName() + "/" + method.getParameters().size() + types,
                                new TreePath(getCurrentPath(), member));
                    }
                }
            }
            return super.visitClass(type, null);
        }

        private void put(String key, TreePath path) {
            DocCommentTree doc = trees.getDocCommentTree(path);
            if (doc != null) docs.put(key, doc.toString().strip());
        }
    }
}
