package dev.bureau.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// Compiles a program in memory, with the compiler of the JDK it runs on.
final class ProgramCompiler {
    private final Rooms rooms;
    private final List<Path> libraries;

    ProgramCompiler(Rooms rooms, List<Path> libraries) {
        this.rooms = rooms;
        this.libraries = libraries;
    }

    /// Compiles the file and what it refers to, or prints what the compiler says and refuses.
    Compilation compile(SourceFile source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw Refusal.usage(
                    "expected a JDK with javac, got a JRE: " + System.getProperty("java.home"));
        }
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.MODULE_PATH, rooms.path());
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, libraries);
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of(source.root()));
            var tracker = new SourceTracker(files, source);
            var units = List.of(tracker.unit());
            boolean compiled = compiler.getTask(said, tracker, null, options(), null, units).call();
            System.err.print(said);
            if (compiled) return tracker.compilation();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot close the compiler's files", failure);
        }
        throw Refusal.program("cannot run " + source.path() + ": it does not compile");
    }

    private List<String> options() {
        return List.of(
                "-proc:none",
                "-Xlint:none",
                "-XDsuppressNotes",
                "-g",
                "-parameters",
                "-implicit:class",
                "-Xprefer:source",
                "--add-modules",
                String.join(",", rooms.modules()));
    }
}
