package dev.bureau.cli;

import java.nio.file.Path;
import java.util.List;

/// A program fresh from the compiler, and what besides its own file decided how it came out.
///
/// @param siblings the other sources compiled into it
/// @param folders where sources were looked for: another file there may change what a name means
record Compilation(Program program, List<Path> siblings, List<Path> folders) {
    /// The same with the program's classes woven.
    Compilation woven(Weaving weaving) {
        return new Compilation(program.woven(weaving), siblings, folders);
    }
}
