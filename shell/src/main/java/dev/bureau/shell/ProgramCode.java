package dev.bureau.shell;

import java.nio.file.Path;
import java.util.List;

/// What lines at the prompt see besides Java and Bureau: the code of the program that runs on the node.
///
/// The module path and class path of the virtual machine are seen in any case, so an application that was started as
/// usual needs [#ofThisVirtualMachine] only.
///
/// @param loader the loader its classes come from
/// @param classPath where the compiler finds what that loader loads
/// @param imports lines of `import` that a session begins with, beside those of Bureau
public record ProgramCode(ClassLoader loader, List<Path> classPath, String imports) {
    public ProgramCode {
        classPath = List.copyOf(classPath);
    }

    /// What was started with this virtual machine.
    public static ProgramCode ofThisVirtualMachine() {
        return new ProgramCode(ClassLoader.getSystemClassLoader(), List.of(), "");
    }
}
