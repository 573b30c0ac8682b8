package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Settled;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;

/// What declared types alone prove: that everything reachable through them is immutable.
/*
 * A type is immutable if no type that it rests on, directly or not, fails by itself. So it is enough to collect the types
 * reached and look at each one once; a type that leads back to itself needs no special case, and no half-finished verdict
 * exists that another thread, or the same analysis from the other end of a cycle, could see.
 */
final class StaticTypes {
    private StaticTypes() {}

    /// Whether every instance of exactly this class is immutable.
    static boolean isImmutable(Class<?> type) {
        Deque<Class<?>> open = new ArrayDeque<>();
        return instancesRestOn(type, open) && allImmutable(open);
    }

    /// Whether every value that a variable of this type can hold is immutable.
    static boolean holdsImmutable(Class<?> declared) {
        Deque<Class<?>> open = new ArrayDeque<>();
        open.push(declared);
        return allImmutable(open);
    }

    /// The instance fields of a class and its superclasses, from the top down.
    static List<Field> instanceFields(Class<?> type) {
        return instanceFields(type, Object.class);
    }

    /// The instance fields of a class and its superclasses below `root`, from the top down.
    static List<Field> instanceFields(Class<?> type, Class<?> root) {
        Deque<Class<?>> line = new ArrayDeque<>();
        for (Class<?> c = type; c != null && c != root; c = c.getSuperclass()) {
            line.push(c);
        }
        List<Field> fields = new ArrayList<>();
        for (Class<?> c : line) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean allImmutable(Deque<Class<?>> open) {
        HashSet<Class<?>> reached = new HashSet<>();
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (reached.add(type) && !valuesRestOn(type, open)) {
                return false;
            }
        }
        return true;
    }

    /// False if a variable of this type may hold something mutable; else adds the types that this rests on.
    private static boolean valuesRestOn(Class<?> declared, Deque<Class<?>> open) {
        if (declared.isPrimitive()
                || declared.isEnum()
                || declared == Enum.class
                || Immutable.class.isAssignableFrom(declared)) {
            return true;
        }
        if (declared.isArray()) {
            return false;
        }
        if (declared.isSealed()) {
            for (Class<?> permitted : declared.getPermittedSubclasses()) {
                open.push(permitted);
            }
            if (Modifier.isAbstract(declared.getModifiers())) {
                return true;
            }
        } else if (!Modifier.isFinal(declared.getModifiers())) {
            return false;
        }
        return instancesRestOn(declared, open);
    }

    private static boolean instancesRestOn(Class<?> exact, Deque<Class<?>> open) {
        Verdict known = KnownTypes.verdict(exact);
        if (known != null) {
            return known == Settled.IMMUTABLE;
        }
        if (Throwable.class.isAssignableFrom(exact)) {
            return false;
        }
        for (Field field : instanceFields(exact)) {
            if (!Modifier.isFinal(field.getModifiers())) {
                return false;
            }
            open.push(field.getType());
        }
        return true;
    }
}
