package dev.bureau.kernel.isolation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lambdas and bound method references: hidden classes whose fields `arg$1`, `arg$2` ... are the captured values, in the order
/// of their one constructor's parameters.
final class Lambdas {
    private static final String CAPTURED = "arg$";

    private Lambdas() {}

    static boolean isLambda(Class<?> type) {
        return Names.isLambda(type);
    }

    static Verdict shapeOf(Class<?> type) {
        List<Field> fields = new ArrayList<>(StaticTypes.instanceFields(type));
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (constructors.length != 1
                || constructors[0].getParameterCount() != fields.size()
                || !fields.stream().allMatch(field -> field.getName().startsWith(CAPTURED))) {
            return PlainObjects.shapeOf(type); // not made by the JDK's way of today
        }
        fields.sort(Comparator.comparingInt(Lambdas::number));
        List<FieldShell.Part> parts = new ArrayList<>();
        for (Field field : fields) {
            parts.add(new FieldShell.Part(field, step(type, field), advice(type, field)));
        }
        return FieldShell.rebuiltBy(Access.maker(constructors[0]), parts);
    }

    private static int number(Field field) {
        return Integer.parseInt(field.getName().substring(CAPTURED.length()));
    }

    private static String step(Class<?> type, Field field) {
        String captured =
                isLikelyThis(type, field)
                        ? Names.simple(field.getType()) + ".this"
                        : "captured argument " + number(field);
        return Names.simple(type) + " (" + captured + ")";
    }

    private static @Nullable String advice(Class<?> type, Field field) {
        return isLikelyThis(type, field)
                ? "copy what the lambda needs into local variables, so that it does not capture "
                        + Names.simple(field.getType())
                        + ".this"
                : null;
    }

    // `this` comes first; another object of the same class in that place looks the same
    private static boolean isLikelyThis(Class<?> type, Field field) {
        return number(field) == 1 && field.getType().getName().equals(Names.host(type));
    }
}
