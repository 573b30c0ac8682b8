package dev.bureau.shell.session;

import dev.bureau.shell.ProgramCode;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// With what the compiler sees all that the running virtual machine has: its modules, its class path and the program.
final class CompilerOptions {
    private CompilerOptions() {}

    static String[] of(ProgramCode program) {
        var options = new ArrayList<String>(List.of("-proc:none", "-Xlint:none", "-parameters"));
        String modules =
                ModuleLayer.boot().configuration().modules().stream()
                        .filter(module -> module.reference().location().isPresent())
                        .filter(module ->
                                !"jrt".equals(module.reference().location().get().getScheme()))
                        .map(module -> module.name())
                        .sorted()
                        .collect(Collectors.joining(","));
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modules.isEmpty() && !modulePath.isEmpty()) {
            options.addAll(List.of("--module-path", modulePath, "--add-modules", modules));
        }
        var classPath = new ArrayList<String>();
        String own = System.getProperty("java.class.path", "");
        if (!own.isEmpty()) classPath.add(own);
        for (Path entry : program.classPath()) classPath.add(entry.toString());
        // never empty: that would be the working directory
        if (classPath.isEmpty()) classPath.add(System.getProperty("java.home") + "/lib/none");
        options.addAll(List.of("--class-path", String.join(File.pathSeparator, classPath)));
        return options.toArray(String[]::new);
    }
}
