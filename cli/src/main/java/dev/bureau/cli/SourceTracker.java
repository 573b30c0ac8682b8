package dev.bureau.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/// The files a compilation sees: keeps the classes in memory, and notes which sources and which
/// folders had a say in them, so that the cache can tell when they are out of date.
final class SourceTracker extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final SourceFile source;
    private final JavaFileObject unit;
    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    private final List<String> ofMainFile = new ArrayList<>();
    private final Set<Path> siblings = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    SourceTracker(StandardJavaFileManager files, SourceFile source) {
        super(files);
        this.source = source;
        this.unit = files.getJavaFileObjects(source.path()).iterator().next();
    }

    /// The file to compile.
    JavaFileObject unit() {
        return unit;
    }

    /// What has been compiled, once the compiler is done.
    Compilation compilation() {
        var bytes = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
        var program = new Program(source.path().toString(), List.copyOf(ofMainFile), bytes);
        return new Compilation(program, List.copyOf(siblings), List.copyOf(folders));
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<Kind> kinds, boolean recurse)
            throws IOException {
        if (location == StandardLocation.SOURCE_PATH) {
            var folder = source.root().resolve(packageName.replace('.', '/'));
            if (Files.isDirectory(folder)) folders.add(folder);
        }
        return super.list(location, packageName, kinds, recurse);
    }

    /// Hides a `module-info.java` beside the program, which is always compiled outside of any module.
    @Override
    public @Nullable JavaFileObject getJavaFileForInput(
            Location location, String className, Kind kind) throws IOException {
        if (location == StandardLocation.SOURCE_PATH && className.equals("module-info"))
            return null;
        return super.getJavaFileForInput(location, className, kind);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, Kind kind, @Nullable FileObject sibling) {
        if (sibling != null) note(className, sibling);
        var bytes = new ByteArrayOutputStream();
        classes.put(className, bytes);
        return new ClassInMemory(className, kind, bytes);
    }

    private void note(String className, FileObject from) {
        if (fileManager.isSameFile(from, unit)) {
            ofMainFile.add(className);
        } else {
            siblings.add(fileManager.asPath(from));
        }
    }

    private static final class ClassInMemory extends SimpleJavaFileObject {
        private final OutputStream out;

        ClassInMemory(String className, Kind kind, OutputStream out) {
            super(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind);
            this.out = out;
        }

        @Override
        public OutputStream openOutputStream() {
            return out;
        }
    }
}
