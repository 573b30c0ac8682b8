package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The classes of real libraries, by several compilers: the JVM verifies each of them woven if it does as it was.
class LibrariesTest {
    @ParameterizedTest
    @CsvSource({
        "kotlin.Unit, 100", // kotlinc
        "scala.Option, 400", // scalac
        "org.eclipse.jdt.core.compiler.CharOperation, 300", // ecj
        "org.h2.Driver, 300", // javac
        "com.fasterxml.jackson.databind.ObjectMapper, 100"
    })
    void canBeLoaded(String type, int least) throws Exception {
        load(type, least);
    }

    @Tag("stress")
    @ParameterizedTest
    @CsvSource({
        "kotlinx.coroutines.Job, 100", // kotlinc, state machines
        "scala.quoted.Expr, 50", // scala 3
        "clojure.lang.RT, 200",
        "groovy.lang.GString, 300",
        "com.google.common.collect.ImmutableList, 300"
    })
    void canBeLoadedToo(String type, int least) throws Exception {
        load(type, least);
    }

    private static void load(String type, int least) throws Exception {
        var before = classes(jarOf(type));
        var after = new LinkedHashMap<String, byte[]>();
        before.forEach((name, bytes) -> after.put(name, Weaver.standard().weave(bytes)));
        long woven =
                before.keySet().stream()
                        .filter(name -> before.get(name) != after.get(name))
                        .count();
        assertThat(woven).isGreaterThan(least);
        assertThat(outcomes(after)).isEqualTo(outcomes(before));
    }

    /// By class, what came of linking it, which is when it is verified.
    private static Map<String, String> outcomes(Map<String, byte[]> classes) {
        var loader = new Loader(classes);
        var outcomes = new TreeMap<String, String>();
        for (var name : classes.keySet()) outcomes.put(name, link(name, loader));
        return outcomes;
    }

    private static String link(String name, ClassLoader loader) {
        try {
            // this links, and does not initialise
            return Class.forName(name, false, loader).getDeclaredMethods().length + " methods";
        } catch (ClassNotFoundException | LinkageError failure) {
            return failure.toString().lines().findFirst().orElseThrow();
        }
    }

    private static Path jarOf(String type) throws ClassNotFoundException, URISyntaxException {
        var source = Class.forName(type, false, LibrariesTest.class.getClassLoader());
        return Path.of(source.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Map<String, byte[]> classes(Path jar) throws IOException {
        var classes = new LinkedHashMap<String, byte[]>();
        try (var file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            for (var entry : (Iterable<JarEntry>) file.versionedStream()::iterator) {
                var name = entry.getName();
                if (!name.endsWith(".class") || name.contains("-")) continue;
                try (InputStream in = file.getInputStream(entry)) {
                    var type = name.substring(0, name.length() - ".class".length());
                    classes.put(type.replace('/', '.'), in.readAllBytes());
                }
            }
        }
        return classes;
    }

    /// Has these classes itself, and all else from where the tests are.
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(LibrariesTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            var bytes = classes.get(name);
            if (bytes == null) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                return known != null ? known : defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
