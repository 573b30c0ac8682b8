package dev.bureau.examples;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Node;
import dev.bureau.otp.GenServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// An example program, compiled in this JVM, so that a test can run it on a node and reach its processes.
///
/// @param type the class the compact source file has become
record Example(Class<?> type) {
    /// The source file of a program.
    static Path file(String name) {
        return Path.of(System.getProperty("basedir", ""), name + ".java").toAbsolutePath();
    }

    /// Compiles a program, with all warnings on and none allowed.
    static Example compile(String name) {
        return compile(name, UnaryOperator.identity());
    }

    /// Compiles a program after changing its text, to make a time limit shorter, say.
    static Example compile(String name, UnaryOperator<String> change) {
        try {
            var classes = Files.createTempDirectory("example-" + name);
            compile(name, change.apply(Files.readString(file(name))), classes);
            var loader =
                    new URLClassLoader(
                            new URL[] {classes.toUri().toURL()}, Example.class.getClassLoader());
            return new Example(loader.loadClass(name));
        } catch (IOException | ClassNotFoundException | URISyntaxException failure) {
            throw new AssertionError("cannot compile " + name, failure);
        }
    }

    private static void compile(String name, String text, Path classes)
            throws IOException, URISyntaxException {
        var source =
                new SimpleJavaFileObject(file(name).toUri(), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(
                    StandardLocation.MODULE_PATH, List.of(home(Node.class), home(GenServer.class)));
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            var options =
                    List.of(
                            "-proc:none",
                            "-Xlint:all",
                            "-Werror",
                            "--add-modules",
                            "dev.bureau.otp",
                            "--limit-modules",
                            "dev.bureau.otp,java.base");
            if (!compiler.getTask(null, files, null, options, null, List.of(source)).call()) {
                throw new AssertionError(name + " does not compile");
            }
        }
    }

    /// The jar or folder a class comes from.
    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// What a process does that runs `main`.
    Body main(String... args) {
        var program = type;
        var arguments = List.of(args);
        return () -> call(program, arguments);
    }

    private static void call(Class<?> program, List<String> args) throws Exception {
        var main = main(program).orElseThrow();
        var constructor = program.getDeclaredConstructor();
        main.setAccessible(true);
        constructor.setAccessible(true);
        Object[] given =
                main.getParameterCount() == 0
                        ? new Object[0]
                        : new Object[] {args.toArray(String[]::new)};
        try {
            main.invoke(constructor.newInstance(), given);
        } catch (InvocationTargetException wrapped) {
            throw Example.<RuntimeException>unchecked(wrapped.getTargetException());
        }
    }

    private static Optional<Method> main(Class<?> program) {
        return Arrays.stream(program.getDeclaredMethods())
                .filter(method -> method.getName().equals("main"))
                .findFirst();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
