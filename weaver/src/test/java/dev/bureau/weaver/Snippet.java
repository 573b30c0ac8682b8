package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.scheduler.woven.YieldPoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Some code, compiled, and loaded woven and as it was.
final class Snippet {
    private final Map<String, byte[]> classes;
    private final ClassLoader plain;
    private final ClassLoader woven;

    private Snippet(Map<String, byte[]> classes, Weaver weaver) {
        this.classes = classes;
        var after = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, bytes) -> after.put(name, verified(weaver.weave(bytes))));
        this.plain = new Loader(classes);
        this.woven = new Loader(after);
    }

    /// The members of a class `Code`, which may use all of `java.base`.
    static Snippet of(String members) {
        return of(members, Weaver.standard());
    }

    static Snippet of(String members, Weaver weaver) {
        var source = "import module java.base;\npublic class Code {\n" + members + "\n}\n";
        return new Snippet(compiled("Code", source), weaver);
    }

    /// A class `Code` from wherever.
    static Snippet of(byte[] classFile) {
        return new Snippet(Map.of("Code", classFile), Weaver.standard());
    }

    byte[] classFile() {
        return classes.get("Code");
    }

    /// Calls a static method of the woven class, which must do as the one that is not woven.
    Outcome call(String method, Object... arguments) {
        var expected = call(plain, method, arguments);
        assertThat(expected.polls()).isZero();
        var outcome = call(woven, method, arguments);
        assertThat(outcome.result()).isEqualTo(expected.result());
        assertThat(String.valueOf(outcome.thrown())).isEqualTo(String.valueOf(expected.thrown()));
        return outcome;
    }

    /// Calls a static method of the woven class, in which the given poll and all after it throw.
    Outcome kill(int poll, String method, Object... arguments) {
        YieldPoint.reset();
        YieldPoint.throwFrom(poll);
        return callOn(woven, method, arguments);
    }

    /// What a static method of the woven class returns.
    Object ask(String method) {
        return call(woven, method).result();
    }

    /// The woven class.
    Class<?> type() {
        return load(woven);
    }

    private static Outcome call(ClassLoader loader, String method, Object... arguments) {
        YieldPoint.reset();
        return callOn(loader, method, arguments);
    }

    private static Outcome callOn(ClassLoader loader, String name, Object... arguments) {
        var method =
                Arrays.stream(load(loader).getDeclaredMethods())
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        method.setAccessible(true);
        try {
            return new Outcome(method.invoke(null, arguments), null, YieldPoint.polls());
        } catch (InvocationTargetException failure) {
            return new Outcome(null, failure.getCause(), YieldPoint.polls());
        } catch (IllegalAccessException failure) {
            throw new AssertionError(failure);
        } finally {
            YieldPoint.reset();
        }
    }

    private static Class<?> load(ClassLoader loader) {
        try {
            return Class.forName("Code", true, loader);
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    /// What a call came to.
    record Outcome(Object result, Throwable thrown, int polls) {
        boolean wasKilled() {
            return thrown instanceof YieldPoint.Killed;
        }
    }

    private byte[] verified(byte[] classFile) {
        var types =
                ClassHierarchyResolver.ofResourceParsing(this::resource)
                        .orElse(ClassHierarchyResolver.defaultResolver());
        if (ClassFile.of().parse(classFile).majorVersion() < ClassFile.JAVA_6_VERSION)
            return classFile;
        var verifier = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types));
        assertThat(verifier.verify(classFile)).isEmpty();
        return classFile;
    }

    private InputStream resource(ClassDesc type) {
        var descriptor = type.descriptorString();
        var name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
        var bytes = classes.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    static Map<String, byte[]> compiled(String name, String source, String... options) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = new Memory(compiler.getStandardFileManager(null, null, null))) {
            var all = new java.util.ArrayList<>(List.of("-g", "-parameters", "-proc:none"));
            all.addAll(List.of(options));
            var units = List.of(new Source(name, source));
            assertThat(compiler.getTask(said, files, null, all, null, units).call())
                    .as(() -> said + "\n" + source)
                    .isTrue();
            var classes = new LinkedHashMap<String, byte[]>();
            files.written.forEach((type, bytes) -> classes.put(type, bytes.toByteArray()));
            return classes;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Snippet.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            var bytes = classes.get(name);
            if (bytes == null) throw new ClassNotFoundException(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Memory(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String name,
                JavaFileObject.Kind kind,
                FileObject sibling) {
            var bytes = new ByteArrayOutputStream();
            written.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
