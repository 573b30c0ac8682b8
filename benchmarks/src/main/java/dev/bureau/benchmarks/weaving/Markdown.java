package dev.bureau.benchmarks.weaving;

import java.util.function.IntToLongFunction;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// A manual of 30 kB, with headings, lists, quotes, code, links and emphasis: parsed and made HTML.
public final class Markdown implements IntToLongFunction {
    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer = HtmlRenderer.builder().escapeHtml(true).build();
    private final String text = text();

    @Override
    public long applyAsLong(int times) {
        long result = 0;
        for (int i = 0; i < times; i++) result += renderer.render(parser.parse(text)).hashCode();
        return result;
    }

    private static String text() {
        Words words = new Words(11);
        StringBuilder text = new StringBuilder();
        for (int chapter = 1; text.length() < 30_000; chapter++) {
            text.append("## ").append(chapter).append(' ').append(words.word()).append("\n\n");
            text.append(words.sentences(3)).append(" See [").append(words.word());
            text.append("](https://example.org/").append(words.word()).append(" \"title\"), *");
            text.append(words.word()).append("* and **").append(words.sentence()).append("** or `");
            text.append(words.word()).append("()`.\n\n");
            for (int item = 0; item < 4; item++) {
                text.append("- ").append(words.sentence()).append('\n');
                text.append("  1. _").append(words.word()).append("_ ").append(words.sentence());
                text.append("\n\n");
            }
            text.append("> ").append(words.sentences(2)).append("\n> <").append(words.word());
            text.append("@example.org>\n\n```java\nfor (;;) ").append(words.word());
            text.append("();\n```\n\n");
        }
        return text.toString();
    }
}
