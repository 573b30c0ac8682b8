package dev.bureau.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The file the user named, read, and the folder in which its package's root lies.
///
/// @param path as the user wrote it, since that is how the compiler's messages should name it
/// @param root the folder under which other sources are looked for
/// @param text what the file holds
record SourceFile(Path path, Path root, String text) {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

    /// Reads the file.
    static SourceFile of(String name) {
        try {
            if (name.isEmpty()) throw Refusal.usage("expected a .java file, got an empty name");
            var path = Path.of(name);
            if (Files.isDirectory(path))
                throw Refusal.usage("expected a .java file, got a folder: " + name);
            if (!Files.exists(path)) throw Refusal.usage("no such file: " + name);
            if (!name.endsWith(".java")) throw Refusal.usage("expected a .java file, got: " + name);
            var text = read(path);
            return new SourceFile(path, root(path, text), text);
        } catch (InvalidPathException _) {
            throw Refusal.usage("no such file: " + name);
        } catch (IOException failure) {
            throw Refusal.usage("cannot read " + name + ": " + failure);
        }
    }

    /// Whether the file still holds what has been read; the compiler reads it once more.
    boolean isUnchanged() {
        try {
            return read(path).equals(text);
        } catch (IOException _) {
            return false;
        }
    }

    /// Steps out of as many folders as the package has parts, if they are called so; a file that
    /// lies elsewhere than its package says has no siblings in other packages.
    private static Path root(Path path, String text) {
        var folder = parent(path.toAbsolutePath().normalize());
        var declared = PACKAGE.matcher(text);
        if (!declared.find()) return folder;
        var inside = Path.of(declared.group(1).replace('.', '/'));
        if (!folder.endsWith(inside)) return folder;
        var root = folder;
        for (int part = 0; part < inside.getNameCount(); part++) root = parent(root);
        return root;
    }

    /// Unlike [Files#readString], makes do with what is not UTF-8: the compiler will say it better.
    private static String read(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        return parent == null ? path : parent;
    }
}
