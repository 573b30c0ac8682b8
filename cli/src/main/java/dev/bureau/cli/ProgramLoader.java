package dev.bureau.cli;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/// Defines the classes of a program; Bureau's own come from its parent.
///
/// The program lives in the unnamed module of this loader, so that it sees of Bureau what the
/// modules export and nothing more.
final class ProgramLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Program program;

    ProgramLoader(Program program, List<Path> libraries) {
        super(urls(libraries), ProgramLoader.class.getClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = program.classes().get(name);
        if (bytes == null) return super.findClass(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static URL[] urls(List<Path> libraries) {
        return libraries.stream().map(ProgramLoader::url).toArray(URL[]::new);
    }

    private static URL url(Path library) {
        try {
            return library.toUri().toURL();
        } catch (MalformedURLException failure) {
            throw new AssertionError("a path that is no URL: " + library, failure);
        }
    }
}
