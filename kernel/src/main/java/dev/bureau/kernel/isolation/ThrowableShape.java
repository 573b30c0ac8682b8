package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Throwables: by reference if what they declare below `Throwable`, their cause and their suppressed ones are immutable.
///
/// What a `Throwable` itself allows to be changed (stack trace, a cause set late, more suppressed ones) is not counted.
/// Nor is the state of the JDK's own throwables, which their constructors set, as long as its types are immutable.
final class ThrowableShape extends Shell {
    private final String name;
    private final MethodHandle[] getters;
    private final String[] fields;

    private ThrowableShape(Class<?> type, List<Field> open) {
        this.name = Names.simple(type);
        this.getters = open.stream().map(Access::getter).toArray(MethodHandle[]::new);
        this.fields = open.stream().map(Field::getName).toArray(String[]::new);
    }

    static Verdict of(Class<?> type) {
        List<Field> open = new ArrayList<>();
        for (Field field : StaticTypes.instanceFields(type, Throwable.class)) {
            Class<?> held = field.getType();
            boolean jdk = KnownTypes.isJdk(field.getDeclaringClass());
            if (!jdk && !Modifier.isFinal(field.getModifiers())) {
                return new Refused(
                        "its field " + field.getName() + " is not final",
                        "make the field final, or send what the receiver needs of it as a record");
            }
            if (StaticTypes.holdsImmutable(held)
                    || (jdk && Throwable.class.isAssignableFrom(held))) {
                continue;
            }
            if (jdk) {
                return new Refused(Mending.UNKNOWN, Mending.VALUE);
            }
            open.add(field);
        }
        return new ThrowableShape(type, open);
    }

    @Override
    @Nullable Object[] children(Object source) {
        Throwable throwable = (Throwable) source;
        Throwable[] suppressed = throwable.getSuppressed();
        @Nullable Object[] children = new Object[getters.length + 1 + suppressed.length];
        for (int i = 0; i < getters.length; i++) {
            children[i] = FieldShell.read(getters[i], source);
        }
        children[getters.length] = throwable.getCause();
        System.arraycopy(suppressed, 0, children, getters.length + 1, suppressed.length);
        return children;
    }

    @Override
    Object rebuild(Object source, @Nullable Object[] children) {
        throw new AssertionError(source.getClass()); // mustStay keeps the walk from it
    }

    @Override
    String mustStay(int index) {
        return "a throwable cannot be rebuilt around a copy of it";
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        if (index < fields.length) {
            return name + "." + fields[index];
        }
        int suppressed = index - fields.length - 1;
        return suppressed < 0 ? name + ".cause" : name + ".suppressed[" + suppressed + "]";
    }
}
