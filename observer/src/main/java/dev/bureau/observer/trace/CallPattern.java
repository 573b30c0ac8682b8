package dev.bureau.observer.trace;

import dev.bureau.observer.probe.CallProbe;
import java.util.regex.Pattern;

/// Which methods: `Shop.order`, `com.acme.*.order`, `com.acme.Shop.*`. The part behind the last dot is the method's name, what
/// is before it the class's, with its package and what it is nested in, or without; `*` stands for any characters.
final class CallPattern {
    private final String text;
    private final Pattern type;
    private final Pattern method;

    private CallPattern(String text, Pattern type, Pattern method) {
        this.text = text;
        this.type = type;
        this.method = method;
    }

    static CallPattern of(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 1 || dot == text.length() - 1 || text.isBlank() || text.contains("(")) {
            throw new IllegalArgumentException(
                    "expected a method as Class.method, such as Shop.order or com.acme.*.order, got: "
                            + text);
        }
        Pattern name = glob(text.substring(0, dot));
        Pattern anywhere = Pattern.compile("(?:.*\\.)?" + name.pattern());
        return new CallPattern(text, anywhere, glob(text.substring(dot + 1)));
    }

    static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("(?<=\\*)|(?=\\*)")) {
            regex.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }

    CallProbe.Methods methods() {
        return new CallProbe.Methods(text, this::fitsClass, name -> method.matcher(name).matches());
    }

    /// @param name the binary name of a class
    private boolean fitsClass(String name) {
        return type.matcher(name).matches() || type.matcher(name.replace('$', '.')).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
