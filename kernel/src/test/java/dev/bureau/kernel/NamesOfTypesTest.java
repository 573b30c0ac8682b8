package dev.bureau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A compact source file imports all of `java.base`: a type of ours with a name from there would be
/// ambiguous in every program.
class NamesOfTypesTest {
    @Test
    void noTypeHasANameThatJavaBaseExports() throws IOException {
        Set<String> ours = namesIn(Path.of("src/main/java/dev/bureau/kernel"), ".java");
        Set<String> taken = new TreeSet<>(ours);
        taken.retainAll(exportedByJavaBase());

        assertThat(ours).contains("Pid", "Ref", "Bureau");
        assertThat(taken).isEmpty();
    }

    private static Set<String> exportedByJavaBase() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
        Set<String> names = new TreeSet<>();
        for (ModuleDescriptor.Exports exports :
                Object.class.getModule().getDescriptor().exports()) {
            String location = exports.source();
            if (!exports.isQualified()) {
                namesIn(base.resolve(location.replace('.', '/')), ".class").stream()
                        .filter(name -> isPublic(location + "." + name))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static boolean isPublic(String type) {
        try {
            return Modifier.isPublic(Class.forName(type, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> namesIn(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.endsWith(ending) && !name.contains("-") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toSet());
        }
    }
}
