package dev.bureau.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The classes of a program as files, for the compiler of a shell; gone with the virtual machine.
final class ClassFolder {
    private ClassFolder() {}

    /// A class path for them and the libraries.
    static List<Path> with(Program program, List<Path> libraries) {
        try {
            Path folder = Files.createTempDirectory("bureau-classes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            for (var type : program.classes().entrySet()) {
                Path file = folder.resolve(type.getKey().replace('.', '/') + ".class");
                Files.createDirectories(file.getParent());
                Files.write(file, type.getValue());
            }
            var path = new ArrayList<>(List.of(folder));
            path.addAll(libraries);
            return path;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write classes for the shell", failure);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException _) {
            // in the folder for such things
        }
    }
}
