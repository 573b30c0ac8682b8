package dev.bureau.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where the rooms of Bureau lie that this JVM runs from, so that a program is compiled against the
/// very same.
///
/// @param path their jars or folders, a module path for the compiler
/// @param modules their names
record Rooms(List<Path> path, List<String> modules) {
    private static final String PREFIX = "dev.bureau.";
    private static final String DESCRIPTOR = "module-info.class";

    /// Finds them on the module path of this JVM, or on its class path when there is none.
    static Rooms find() {
        return Rooms.class.getModule().isNamed() ? onModulePath() : onClassPath();
    }

    /// Sorted, since the modules of a configuration come in another order in each JVM and the cache
    /// compares.
    private static Rooms onModulePath() {
        var rooms =
                ModuleLayer.boot().configuration().modules().stream()
                        .filter(module -> isRoom(module.name()))
                        .sorted(Comparator.comparing(ResolvedModule::name))
                        .toList();
        return new Rooms(
                rooms.stream()
                        .map(room -> Path.of(room.reference().location().orElseThrow()))
                        .toList(),
                rooms.stream().map(ResolvedModule::name).toList());
    }

    private static Rooms onClassPath() {
        var path = new ArrayList<Path>();
        var modules = new ArrayList<String>();
        try {
            var descriptors = Rooms.class.getClassLoader().getResources(DESCRIPTOR);
            while (descriptors.hasMoreElements()) {
                var descriptor = descriptors.nextElement();
                try (var in = descriptor.openStream()) {
                    var name = ModuleDescriptor.read(in).name();
                    if (!isRoom(name)) continue;
                    path.add(holder(descriptor.toString()));
                    modules.add(name);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the class path of bureau", failure);
        }
        return new Rooms(path, modules);
    }

    /// Of `jar:file:/a/b.jar!/module-info.class` the jar, of `file:/a/b/module-info.class` the folder.
    private static Path holder(String descriptor) {
        var holder = descriptor.substring(0, descriptor.length() - DESCRIPTOR.length());
        if (holder.startsWith("jar:")) {
            holder = holder.substring("jar:".length(), holder.length() - "!/".length());
        }
        return Path.of(URI.create(holder));
    }

    private static boolean isRoom(String module) {
        return module.startsWith(PREFIX) && !module.equals("dev.bureau.cli");
    }
}
