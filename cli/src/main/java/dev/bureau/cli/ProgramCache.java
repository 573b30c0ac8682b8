package dev.bureau.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps compiled and woven programs in the user's cache folder, one file each.
///
/// Files are written aside and moved into place, so that a reader finds a whole one or none. Where
/// the folder cannot be used, programs are compiled each time and nothing is said.
final class ProgramCache {
    private static final int MAX_ENTRIES = 256;
    private static final String SUFFIX = ".program";

    private final Rooms rooms;
    private final List<Path> libraries;
    private final Weaving weaving;
    private final Path folder;

    ProgramCache(Rooms rooms, List<Path> libraries, Weaving weaving, Path folder) {
        this.rooms = rooms;
        this.libraries = libraries;
        this.weaving = weaving;
        this.folder = folder;
    }

    /// Where the user's cached files belong: `$XDG_CACHE_HOME/bureau`, or `~/.cache/bureau`.
    static Path userFolder() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base =
                xdg != null && Path.of(xdg).isAbsolute()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("bureau");
    }

    /// The program of this file, compiled before or now.
    Program program(SourceFile source) {
        var fingerprint = Fingerprint.of(source, rooms, libraries, weaving);
        var file = folder.resolve(fingerprint.name() + SUFFIX);
        var found = read(file, fingerprint);
        if (found != null) return found;
        var compilation = new ProgramCompiler(rooms, libraries).compile(source).woven(weaving);
        if (source.isUnchanged()) write(file, fingerprint, compilation);
        return compilation.program();
    }

    private static @Nullable Program read(Path file, Fingerprint fingerprint) {
        try {
            var entry = CacheEntry.decode(Files.readAllBytes(file));
            return entry.holdsFor(fingerprint) ? entry.program() : null;
        } catch (IOException _) {
            return null; // not there, or not whole: as good as not there
        }
    }

    private void write(Path file, Fingerprint fingerprint, Compilation compilation) {
        try {
            var entry = CacheEntry.of(fingerprint, compilation);
            Files.createDirectories(folder);
            var aside = Files.createTempFile(folder, "new", null); // readable by its owner only
            try {
                Files.write(aside, entry.encode());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
            prune();
        } catch (IOException _) {
            // the next run compiles again
        }
    }

    /// Deletes the older half once there are too many.
    private void prune() throws IOException {
        var entries = new ArrayList<Dated>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files)
                entries.add(new Dated(file, Files.getLastModifiedTime(file).toMillis()));
        }
        if (entries.size() <= MAX_ENTRIES) return;
        entries.sort((one, other) -> Long.compare(one.written, other.written));
        for (var entry : entries.subList(0, entries.size() / 2)) Files.deleteIfExists(entry.file);
    }

    private record Dated(Path file, long written) {}
}
