package dev.bureau.kernel.isolation;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/// Records: read by field, since an accessor may say what it likes, and rebuilt by the canonical constructor.
final class Records {
    private Records() {}

    static FieldShell shapeOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        List<FieldShell.Part> parts = new ArrayList<>();
        try {
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                types[i] = components[i].getType();
                parts.add(
                        new FieldShell.Part(
                                type.getDeclaredField(name),
                                Names.simple(type) + "." + name,
                                null));
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return FieldShell.rebuiltBy(Access.maker(canonical), parts);
        } catch (NoSuchFieldException | NoSuchMethodException e) {
            throw new LinkageError(
                    "a record without a component's field or its constructor: " + type, e);
        }
    }
}
