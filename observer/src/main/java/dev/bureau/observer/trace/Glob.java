package dev.bureau.observer.trace;

import java.util.List;

/// A text in which `*` stands for any characters.
///
/// It is asked of each class that is loaded, thousands at a time in a system that is busy: a regular expression would be run by the interpreter
/// then, and keep the compiler from what the system does.
final class Glob {
    /// What stands between the stars; where there is none, it is one part.
    private final List<String> parts;

    private Glob(List<String> parts) {
        this.parts = parts;
    }

    static Glob of(String pattern) {
        return new Glob(List.of(pattern.split("\\*", -1)));
    }

    boolean fits(String text) {
        String first = parts.getFirst();
        if (parts.size() == 1) return text.equals(first);
        String last = parts.getLast();
        int end = text.length() - last.length();
        if (!text.startsWith(first) || end < first.length() || !text.endsWith(last)) return false;
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            at = text.indexOf(part, at);
            if (at < 0 || at + part.length() > end) return false;
            at += part.length();
        }
        return true;
    }

    /// False if nothing fits that this is the end of.
    boolean mayFit(String text) {
        return text.endsWith(parts.getLast());
    }
}
