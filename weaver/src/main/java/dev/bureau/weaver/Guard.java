package dev.bureau.weaver;

import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// An entry of a method's exception table.
///
/// @param type what it catches, empty for everything: `finally`, or the end of `synchronized`
record Guard(int start, int end, int handler, Optional<ClassEntry> type) {
    static List<Guard> of(CodeAttribute code) {
        return code.exceptionHandlers().stream()
                .map(entry ->
                        new Guard(
                                at(code, entry.tryStart()),
                                at(code, entry.tryEnd()),
                                at(code, entry.handler()),
                                entry.catchType()))
                .toList();
    }

    private static int at(CodeAttribute code, Label label) {
        return code.labelToBci(label);
    }

    boolean covers(int at) {
        return start <= at && at < end;
    }

    boolean catchesAll() {
        return type.isEmpty();
    }

    /// Whether it is a piece of the same `try`, which compilers cut where a `finally` is inlined.
    boolean belongsWith(Guard other) {
        return handler == other.handler && Objects.equals(type, other.type);
    }
}
