package dev.bureau.shell.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/// Defines the classes that JShell makes of lines, each woven, beside the program's.
final class SnippetLoader {
    private final Lines lines;

    SnippetLoader(ClassLoader program) {
        this.lines = new Lines(program);
    }

    ClassLoader loader() {
        return lines;
    }

    void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] loaded = new boolean[classes.length];
        try {
            for (var one : classes) lines.compiled.put(one.name(), one.bytecodes());
            for (int i = 0; i < classes.length; i++) {
                // looked at, lest it fails to link later, and not initialised:
                // that is the line's part
                var _ = Class.forName(classes[i].name(), false, lines).getDeclaredMethods();
                loaded[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError | IllegalArgumentException failure) {
            throw new ClassInstallException(failure.toString(), loaded);
        }
    }

    Class<?> findClass(String name) throws ClassNotFoundException {
        return Class.forName(name, false, lines);
    }

    private static final class Lines extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

        Lines(ClassLoader parent) {
            super("bureau shell", parent);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] classFile = compiled.remove(name);
            if (classFile == null) throw new ClassNotFoundException(name);
            byte[] guarded = SnippetGuard.guard(classFile);
            return defineClass(name, guarded, 0, guarded.length);
        }
    }
}
