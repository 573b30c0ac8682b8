package dev.bureau.benchmarks.weaving;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.IntToLongFunction;

/// Patterns of several kinds over 30 kB of text: all matches with their groups, and a replacement.
public final class Regex implements IntToLongFunction {
    private static final List<Pattern> PATTERNS =
            List.of(
                    Pattern.compile("[a-z]+@[a-z]+\\.(?:example|test)"),
                    Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})"),
                    Pattern.compile("(?i)\\b(berlin|stockholm|malmö|monitor)\\b"),
                    Pattern.compile("(\\w+), (\\w+), (\\w+)"),
                    Pattern.compile("(?m)^[A-Z][^.]*exit[^.]*\\.$"));

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

    private final String text = text();

    @Override
    public long applyAsLong(int times) {
        long result = 0;
        for (int i = 0; i < times; i++) result += once();
        return result;
    }

    private long once() {
        long result = 0;
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                result = 31 * result + matcher.start();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    result += matcher.end(group);
                }
            }
        }
        return result + DATE.matcher(text).replaceAll("$3/$2/$1").hashCode();
    }

    private static String text() {
        Words words = new Words(2);
        StringBuilder text = new StringBuilder();
        while (text.length() < 30_000) {
            text.append(words.sentence()).append('\n');
            if (words.number(3) == 0) {
                text.append(words.word()).append('@').append(words.word()).append(".example ");
            }
            if (words.number(3) == 0) {
                text.append("2026-%02d-%02d ".formatted(1 + words.number(12), words.number(28)));
            }
        }
        return text.toString();
    }
}
