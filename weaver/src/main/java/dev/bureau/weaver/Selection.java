package dev.bureau.weaver;

import java.util.ArrayList;
import java.util.List;

/// Which classes are to be woven, by their names.
///
/// A list of patterns such as `com.acme.*,!com.acme.gen.*`: a name, or the start of one with a star; with a `!` in front
/// those are left alone. The last pattern that fits decides. Where none does, a class is woven, unless there are
/// patterns that include: then only what they include is. The JDK and Bureau's own rooms are never woven.
public final class Selection {
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    private static final List<String> ROOMS =
            List.of(
                    "dev.bureau.scheduler.",
                    "dev.bureau.kernel.",
                    "dev.bureau.otp.",
                    "dev.bureau.weaver.",
                    "dev.bureau.agent.",
                    "dev.bureau.observer.",
                    "dev.bureau.shell.",
                    "dev.bureau.cli.",
                    "dev.bureau.testkit.");

    private final List<Pattern> patterns;

    private Selection(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    private record Pattern(boolean includes, boolean open, String text) {
        static Pattern of(String written) {
            boolean includes = !written.startsWith("!");
            var text = includes ? written : written.substring(1);
            boolean open = text.endsWith("*");
            if (open) text = text.substring(0, text.length() - 1);
            if (text.contains("*") || text.contains("!") || (text.isEmpty() && !open)) {
                throw new IllegalArgumentException(
                        "expected a class name, or the start of one and a star, got: " + written);
            }
            return new Pattern(includes, open, text);
        }

        boolean fits(String name) {
            return open ? name.startsWith(text) : isOf(name);
        }

        /// The class itself or one nested in it.
        private boolean isOf(String name) {
            return name.startsWith(text)
                    && (name.length() == text.length() || name.charAt(text.length()) == '$');
        }
    }

    /// Everything that may be woven.
    public static Selection all() {
        return new Selection(List.of());
    }

    /// What a list of patterns says, separated by commas.
    ///
    /// @throws IllegalArgumentException if it is not such a list
    public static Selection of(String patterns) {
        return all().and(patterns);
    }

    /// This and further patterns, which go before those here.
    public Selection and(String patterns) {
        var all = new ArrayList<>(this.patterns);
        for (var pattern : patterns.split(",")) {
            if (!pattern.isBlank()) all.add(Pattern.of(pattern.strip()));
        }
        return new Selection(List.copyOf(all));
    }

    /// These patterns and others, of which each is to be left alone.
    public Selection without(String patterns) {
        var all = new ArrayList<>(this.patterns);
        for (var pattern : patterns.split(",")) {
            if (!pattern.isBlank()) all.add(Pattern.of("!" + pattern.strip()));
        }
        return new Selection(List.copyOf(all));
    }

    /// Whether a class is to be woven.
    ///
    /// @param name its binary name, with dots or slashes
    public boolean selects(String name) {
        var dotted = name.replace('/', '.');
        if (isFixed(dotted)) return false;
        boolean chosen = patterns.stream().noneMatch(Pattern::includes);
        for (var pattern : patterns) {
            if (pattern.fits(dotted)) chosen = pattern.includes;
        }
        return chosen;
    }

    private static boolean isFixed(String name) {
        return JDK.stream().anyMatch(name::startsWith) || ROOMS.stream().anyMatch(name::startsWith);
    }
}
