package dev.bureau.shell.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.NotImplementedException;

/// Defines the classes that JShell makes of lines, each woven, beside the program's.
final class SnippetLoader implements LoaderDelegate {
    private final Lines lines;

    SnippetLoader(ClassLoader program) {
        this.lines = new Lines(program);
    }

    ClassLoader loader() {
        return lines;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] loaded = new boolean[classes.length];
        try {
            for (var one : classes) lines.compiled.put(one.name(), one.bytecodes());
            for (int i = 0; i < classes.length; i++) {
                // looked at, lest it fails to link later, and not initialised: that is the line's
                // part
                var _ = Class.forName(classes[i].name(), false, lines).getDeclaredMethods();
                loaded[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError | IllegalArgumentException failure) {
            throw new ClassInstallException(failure.toString(), loaded);
        }
    }

    /// JShell then makes a class of a new name.
    @Override
    public void classesRedefined(ClassBytecodes[] classes) {}

    @Override
    public void addToClasspath(String path) throws NotImplementedException {
        throw new NotImplementedException("the class path is the node's");
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
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
