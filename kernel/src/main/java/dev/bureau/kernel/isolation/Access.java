package dev.bureau.kernel.isolation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;

/// Opens fields and constructors of the user's classes, by plain reflection; the one place to ask something with more
/// privileges, should the runtime have that.
final class Access {
    private Access() {}

    /// Of type `(Object)Object`.
    static MethodHandle getter(Field field) {
        open(field, field);
        try {
            return MethodHandles.lookup()
                    .unreflectGetter(field)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw closed(field, e);
        }
    }

    /// Of type `(Object[])Object`.
    static MethodHandle maker(Constructor<?> constructor) {
        open(constructor, constructor);
        try {
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw closed(constructor, e);
        }
    }

    private static void open(AccessibleObject object, Member member) {
        try {
            object.setAccessible(true);
        } catch (InaccessibleObjectException | SecurityException e) {
            throw closed(member, e);
        }
    }

    private static Refusal closed(Member member, Exception cause) {
        Class<?> type = member.getDeclaringClass();
        Module here = Access.class.getModule();
        String opens =
                "opens " + type.getPackageName() + (here.isNamed() ? " to " + here.getName() : "");
        return new Refusal(
                "not immutable by its types alone, and package "
                        + type.getPackageName()
                        + " is closed, so its fields cannot be looked at",
                "add `" + opens + ";` to the module-info of " + type.getModule().getName(),
                cause);
    }
}
