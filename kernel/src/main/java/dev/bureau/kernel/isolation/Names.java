package dev.bureau.kernel.isolation;

/// How classes are called in messages.
final class Names {
    private static final String LAMBDA = "$$Lambda";

    private Names() {}

    /// Without the package: `Chat$Room`, `String[]`, `lambda in Chat$Room`.
    static String simple(Class<?> type) {
        if (type.isArray()) {
            return simple(type.getComponentType()) + "[]";
        }
        String full = full(type);
        int dot = full.lastIndexOf('.');
        String name = full.substring(dot + 1);
        return full.startsWith("lambda in ") && dot >= 0 ? "lambda in " + name : name;
    }

    /// With the package.
    static String full(Class<?> type) {
        if (isLambda(type)) {
            return "lambda in " + host(type);
        }
        if (type.isArray()) {
            return full(type.getComponentType()) + "[]";
        }
        String name = type.getName();
        int hidden = name.indexOf('/');
        return hidden < 0 ? name : name.substring(0, hidden);
    }

    static boolean isLambda(Class<?> type) {
        return type.isHidden() && type.isSynthetic() && type.getName().contains(LAMBDA);
    }

    /// The name of the class in whose code the lambda stands.
    static String host(Class<?> lambda) {
        String name = lambda.getName();
        int end = name.indexOf(LAMBDA);
        return end < 0 ? name : name.substring(0, end);
    }
}
