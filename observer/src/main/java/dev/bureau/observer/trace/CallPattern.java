package dev.bureau.observer.trace;

import dev.bureau.observer.probe.CallProbe;

/// Which methods: `Shop.order`, `com.acme.*.order`, `com.acme.Shop.*`. The part behind the last dot is the method's name, what
/// is before it the class's, with its package and what it is nested in, or without; `*` stands for any characters.
final class CallPattern {
    private final String text;
    private final Glob type;
    private final Glob method;

    private CallPattern(String text, Glob type, Glob method) {
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
        return new CallPattern(
                text, Glob.of(text.substring(0, dot)), Glob.of(text.substring(dot + 1)));
    }

    CallProbe.Methods methods() {
        return new CallProbe.Methods(text, this::fitsClass, method::fits);
    }

    /// @param name the binary name of a class
    private boolean fitsClass(String name) {
        return fitsFrom(name) || (name.indexOf('$') >= 0 && fitsFrom(name.replace('$', '.')));
    }

    /// With all that stands before it, or without some of it.
    private boolean fitsFrom(String name) {
        if (!type.mayFit(name)) return false;
        if (type.fits(name)) return true;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (type.fits(name.substring(dot + 1))) return true;
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
