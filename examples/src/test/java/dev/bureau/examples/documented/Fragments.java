package dev.bureau.examples.documented;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The parts of a block of code: imports, declarations and statements, as they stand one after the other.
///
/// Java has no text in which all three may stand together, so this tells them apart: by brackets, and by how each begins.
final class Fragments {
    enum Kind {
        IMPORT,
        /// A type, a method, a static field.
        MEMBER,
        STATEMENT
    }

    /// @param line how many lines of the block come before it
    record Fragment(Kind kind, int line, String code) {
        boolean isMain() {
            return kind == Kind.MEMBER && MAIN.matcher(code).find();
        }
    }

    private static final Pattern MAIN =
            Pattern.compile("^(static )?void main\\(", Pattern.MULTILINE);

    private static final Pattern BEFORE =
            Pattern.compile(
                    "(?:\\s+|//[^\\n]*\\n?|/\\*(?s:.*?)\\*/|@(?!interface)[\\w.]+(?:\\([^)]*\\))?)*");

    private static final String MODIFIERS =
            "(?:(?:public|protected|private|static|final|abstract|default|sealed|non-sealed)\\s+)*";

    private static final Pattern TYPE =
            Pattern.compile(
                    MODIFIERS + "(?:class|interface|enum|record|@interface)\\s+\\w+\\s*[<({\\w]");

    private static final Pattern METHOD =
            Pattern.compile(
                    MODIFIERS
                            + "(?:<[^(]*>\\s*)?(?!(?:new|return|throw|else|yield|assert)\\b)\\w[\\w.<>,?&\\[\\] ]*\\s\\w+\\s*"
                            + "\\([^;]*\\)\\s*(?:throws [\\w., ]+)?\\{");

    private static final Pattern GOES_ON =
            Pattern.compile("\\s*(?:[;.,)?:]|else\\b|catch\\b|finally\\b|while\\b)");

    private final String code;
    private final List<Fragment> found = new ArrayList<>();
    private int begin;
    private int at;
    private int depth;

    private Fragments(String code) {
        this.code = code;
    }

    static List<Fragment> of(List<String> lines) {
        var fragments = new Fragments(String.join("\n", lines) + "\n");
        fragments.split();
        return fragments.found;
    }

    private void split() {
        while (at < code.length()) {
            char c = code.charAt(at);
            if (skipped(c)) continue;
            at++;
            if ("({[".indexOf(c) >= 0) depth++;
            if (")}]".indexOf(c) >= 0) depth--;
            if (depth == 0 && (c == ';' || (c == '}' && !goesOn()))) add();
        }
        if (!code.substring(begin).isBlank()) add(); // comments, or what the compiler will refuse
    }

    /// Goes behind a comment, a character or a text.
    private boolean skipped(char c) {
        if (code.startsWith("//", at)) return goBehind("\n", 2);
        if (code.startsWith("/*", at)) return goBehind("*/", 2);
        if (code.startsWith("\"\"\"", at)) return goBehind("\"\"\"", 3);
        return (c == '"' || c == '\'') && goBehind(String.valueOf(c), 1);
    }

    private boolean goBehind(String end, int from) {
        at += from;
        while (at < code.length() && !code.startsWith(end, at)) {
            at += code.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(code.length(), at + end.length());
        return true;
    }

    /// Whether what a brace has closed is only a part: of an expression, or of a statement.
    private boolean goesOn() {
        return GOES_ON.matcher(code).region(at, code.length()).lookingAt();
    }

    private void add() {
        var text = code.substring(begin, at);
        int line = (int) code.substring(0, begin).lines().count();
        if (begin > 0 && code.charAt(begin - 1) != '\n') line--;
        found.add(new Fragment(kind(text), line, text));
        begin = at;
    }

    private static Kind kind(String text) {
        var before = BEFORE.matcher(text);
        var code = before.lookingAt() ? text.substring(before.end()) : text;
        if (code.startsWith("import ")) return Kind.IMPORT;
        boolean member =
                TYPE.matcher(code).lookingAt()
                        || METHOD.matcher(code).lookingAt()
                        || code.matches("(?s)" + MODIFIERS + "static\\s.*");
        return member ? Kind.MEMBER : Kind.STATEMENT;
    }
}
