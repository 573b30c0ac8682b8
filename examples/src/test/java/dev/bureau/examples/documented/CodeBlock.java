package dev.bureau.examples.documented;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A fenced block of code in a page or in a documentation comment.
///
/// @param file where it stands, from the root of the checkout
/// @param text which text of the file it belongs to: a page is one, and so is each documentation comment
/// @param line the number of its first line of code
/// @param language what stands behind the fence: `java`, `sh`, `java sketch`; or nothing
record CodeBlock(Path file, int text, int line, String language, List<String> code) {
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}```(.*)");
    private static final Pattern COMMENT = Pattern.compile("\\s*///(?: (.*)|())");
    private static final Pattern OTHER_FORM = Pattern.compile("\\{@snippet|<pre>");

    /// Those of all pages and of all programs and sources that are for users to read.
    static List<CodeBlock> ofCheckout(Path root) {
        return documented(root).stream().flatMap(file -> read(root, file).stream()).toList();
    }

    /// The pages.
    static List<Path> pages(Path root) {
        return documented(root).stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    private static List<Path> documented(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize).filter(CodeBlock::isDocumented).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isDocumented(Path file) {
        var name = file.toString();
        if (isBuilt(file)) return false;
        return name.endsWith(".md")
                || name.matches("examples/\\w+\\.java")
                || (name.endsWith(".java") && name.contains("/src/main/java/"));
    }

    private static boolean isBuilt(Path file) {
        for (Path part : file) {
            var folder = part.toString();
            if (folder.equals("target") || folder.startsWith(".")) return true;
        }
        return false;
    }

    private static List<CodeBlock> read(Path root, Path file) {
        try {
            var lines = Files.readAllLines(root.resolve(file));
            return in(file, file.toString().endsWith(".java") ? comments(lines) : lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The text of the documentation comments of a source file; null where there is none.
    private static List<@Nullable String> comments(List<String> lines) {
        return lines.stream()
                .map(line -> {
                    var comment = COMMENT.matcher(line);
                    if (!comment.matches()) return null;
                    return comment.group(1) == null ? "" : comment.group(1);
                })
                .toList();
    }

    /// Those of a text; in a source file, a line that is no comment is null.
    static List<CodeBlock> in(Path file, List<@Nullable String> lines) {
        var blocks = new ArrayList<CodeBlock>();
        int text = 0;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line == null) {
                text = i + 1;
                continue;
            }
            if (OTHER_FORM.matcher(line).find()) {
                throw new AssertionError(
                        file + ":" + (i + 1) + ": expected code in a ``` fence, got: " + line);
            }
            var fence = FENCE.matcher(line);
            if (!fence.matches()) continue;
            int end = i + 1;
            while (end < lines.size() && lines.get(end) != null && !isFence(lines.get(end))) end++;
            if (end == lines.size() || lines.get(end) == null) {
                throw new AssertionError(
                        file + ":" + (i + 1) + ": expected a fence that is closed");
            }
            var code = List.copyOf(lines.subList(i + 1, end));
            blocks.add(new CodeBlock(file, text, i + 2, fence.group(1).strip(), code));
            i = end;
        }
        return blocks;
    }

    private static boolean isFence(String line) {
        return FENCE.matcher(line).matches();
    }

    /// Whether it stands for itself.
    boolean isProgram() {
        return Fragments.of(code).stream().anyMatch(Fragments.Fragment::isMain);
    }

    /// Where it begins, as an editor jumps to it.
    String place() {
        return file + ":" + line;
    }
}
