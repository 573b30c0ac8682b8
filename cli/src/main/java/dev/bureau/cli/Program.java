package dev.bureau.cli;

import java.util.List;
import java.util.Map;

/// A compiled program.
///
/// @param file the name of its file, for messages
/// @param candidates the classes of that file which may hold `main`, in order
/// @param classes class file by class name, of everything that was compiled
record Program(String file, List<String> candidates, Map<String, byte[]> classes) {}
