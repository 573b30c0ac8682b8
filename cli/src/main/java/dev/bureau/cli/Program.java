package dev.bureau.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A compiled program.
///
/// @param file the name of its file, for messages
/// @param candidates the classes of that file which may hold `main`, in order
/// @param classes class file by class name, of everything that was compiled
record Program(String file, List<String> candidates, Map<String, byte[]> classes) {
    /// The same with its classes woven.
    Program woven(Weaving weaving) {
        var woven = new LinkedHashMap<String, byte[]>();
        classes.forEach((name, classFile) -> woven.put(name, weaving.woven(name, classFile)));
        return new Program(file, candidates, woven);
    }
}
