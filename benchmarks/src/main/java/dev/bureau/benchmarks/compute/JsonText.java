package dev.bureau.benchmarks.compute;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A parser of JSON written for this, as is the one for the BEAM, so that no library decides: bytes of UTF-8 to maps, lists,
/// strings, longs, doubles, booleans and null.
final class JsonText {
    private final byte[] text;
    private int at;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /// A list of so many records, some 130 bytes each.
    static byte[] of(int records) {
        var out = new StringBuilder("[");
        for (int i = 0; i < records; i++) {
            if (i > 0) out.append(", ");
            out.append("{\"id\": ").append(i);
            out.append(", \"name\": \"item number ").append(i);
            out.append("\", \"price\": ").append(i).append(".25, \"tags\": [\"red\", \"green\"]");
            out.append(", \"active\": true, \"parent\": null");
            out.append(", \"note\": \"a \\\"quoted\\\" line\\n\\u00e9\"}");
        }
        return out.append("]").toString().getBytes(UTF_8);
    }

    static long sumOfIds(@Nullable Object parsed) {
        long sum = 0;
        for (var each : (List<?>) Objects.requireNonNull(parsed)) {
            sum += (Long) Objects.requireNonNull(((Map<?, ?>) each).get("id"));
        }
        return sum;
    }

    static @Nullable Object parse(byte[] text) {
        var parser = new JsonText(text);
        Object value = parser.value();
        parser.space();
        if (parser.at != text.length) throw parser.unexpected();
        return value;
    }

    private @Nullable Object value() {
        space();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            space();
            String name = string();
            space();
            take(':');
            members.put(name, value());
            space();
            if (peek() == '}') break;
            take(',');
        }
        at++;
        return members;
    }

    private List<@Nullable Object> array() {
        var elements = new ArrayList<@Nullable Object>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(value());
            space();
            if (peek() == ']') break;
            take(',');
        }
        at++;
        return elements;
    }

    private String string() {
        take('"');
        int start = at;
        while (peek() != '"') {
            if (text[at] == '\\') return escaped(start);
            at++;
        }
        return new String(text, start, at++ - start, UTF_8);
    }

    private String escaped(int start) {
        var out = new StringBuilder();
        int from = start;
        while (peek() != '"') {
            if (text[at] != '\\') {
                at++;
                continue;
            }
            out.append(new String(text, from, at - from, UTF_8));
            at++;
            out.append(escape());
            from = at;
        }
        out.append(new String(text, from, at - from, UTF_8));
        at++;
        return out.toString();
    }

    private char escape() {
        char letter = (char) peek();
        at++;
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = Integer.parseInt(new String(text, at, 4, UTF_8), 16);
                at += 4;
                yield (char) code;
            }
            default -> letter;
        };
    }

    private Number number() {
        int start = at;
        long whole = 0;
        boolean negative = peek() == '-';
        if (negative) at++;
        int first = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            whole = whole * 10 + (text[at++] - '0');
        }
        if (at == first) throw unexpected();
        if (at < text.length && (text[at] == '.' || text[at] == 'e' || text[at] == 'E')) {
            while (at < text.length && "+-.eE0123456789".indexOf(text[at]) >= 0) at++;
            return Double.valueOf(new String(text, start, at - start, UTF_8));
        }
        return negative ? -whole : whole;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        for (int i = 0; i < word.length(); i++) take(word.charAt(i));
        return value;
    }

    private void space() {
        while (at < text.length && text[at] <= ' ') at++;
    }

    private int peek() {
        if (at >= text.length) throw unexpected();
        return text[at];
    }

    private void take(char wanted) {
        if (peek() != wanted) throw unexpected();
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("expected JSON, got something else at " + at);
    }
}
