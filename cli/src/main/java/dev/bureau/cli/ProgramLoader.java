package dev.bureau.cli;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.List;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Defines the classes of a program, and weaves those of its libraries; Bureau's own come from its parent.
///
/// The program lives in the unnamed module of this loader, so that it sees of Bureau what the
/// modules export and nothing more.
final class ProgramLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Program program;
    private final Weaving weaving;

    ProgramLoader(Program program, List<Path> libraries, Weaving weaving) {
        super(urls(libraries), ProgramLoader.class.getClassLoader());
        this.program = program;
        this.weaving = weaving;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = program.classes().get(name);
        if (bytes != null) return defineClass(name, bytes, 0, bytes.length);
        var woven = wovenFromLibrary(name);
        return woven == null ? super.findClass(name) : woven;
    }

    /// A class of a library, if weaving changes it: all others are left to the loader this one extends.
    private @Nullable Class<?> wovenFromLibrary(String name) throws ClassNotFoundException {
        var url = findResource(name.replace('.', '/') + ".class");
        if (url == null) throw new ClassNotFoundException(name);
        try {
            var connection = url.openConnection();
            byte[] bytes;
            try (var in = connection.getInputStream()) {
                bytes = in.readAllBytes();
            }
            var woven = weaving.woven(name, bytes);
            if (woven == bytes) return null;
            definePackageOf(name, connection);
            return defineClass(name, woven, 0, woven.length, source(url, connection));
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    private void definePackageOf(String type, URLConnection connection) throws IOException {
        int end = type.lastIndexOf('.');
        if (end < 0) return;
        var name = type.substring(0, end);
        if (getDefinedPackage(name) != null) return;
        var manifest =
                connection instanceof JarURLConnection jar && jar.getManifest() != null
                        ? jar.getManifest()
                        : new Manifest();
        try {
            definePackage(name, manifest, null);
        } catch (IllegalArgumentException _) {
            // another thread was faster
        }
    }

    private static CodeSource source(URL url, URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar) {
            return new CodeSource(jar.getJarFileURL(), jar.getCertificates());
        }
        return new CodeSource(url, (Certificate[]) null);
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
