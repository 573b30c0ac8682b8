package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// Classes of any other kind: by reference if all fields are final and what they hold is immutable, else refused.
final class PlainObjects {
    private static final String OUTER = "this$";
    private static final String CAPTURED = "val$";

    private PlainObjects() {}

    static Verdict shapeOf(Class<?> type) {
        List<FieldShell.Part> parts = new ArrayList<>();
        for (Field field : StaticTypes.instanceFields(type)) {
            if (!Modifier.isFinal(field.getModifiers())) {
                return new Refused(
                        "its field " + name(type, field) + " is not final", Mending.of(type));
            }
            if (KnownTypes.isJdk(field.getDeclaringClass())) {
                return new Refused(
                        "extends "
                                + field.getDeclaringClass().getName()
                                + ", which has state of its own",
                        Mending.of(type));
            }
            parts.add(part(type, field));
        }
        return FieldShell.fixed(
                "a " + Names.simple(type) + " cannot be rebuilt around a copy of it", parts);
    }

    private static FieldShell.Part part(Class<?> type, Field field) {
        String name = field.getName();
        String simple = Names.simple(type);
        if (field.isSynthetic() && name.startsWith(OUTER)) {
            String outer = Names.simple(field.getType()) + ".this";
            return new FieldShell.Part(
                    field,
                    simple + " captures " + outer,
                    "make " + simple + " static or a record, so that it does not capture " + outer);
        }
        if (field.isSynthetic() && name.startsWith(CAPTURED)) {
            return new FieldShell.Part(
                    field, simple + " captures " + name.substring(CAPTURED.length()), null);
        }
        return new FieldShell.Part(field, simple + "." + name, null);
    }

    private static String name(Class<?> type, Field field) {
        return field.getDeclaringClass() == type
                ? field.getName()
                : Names.simple(field.getDeclaringClass()) + "." + field.getName();
    }
}
