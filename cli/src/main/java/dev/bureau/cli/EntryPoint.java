package dev.bureau.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `main` of a program, found by the rules of the launch protocol (JEP 512): one with
/// `String[]` goes before one without, static or not, anything but private, inherited or not.
///
/// It is handed to the process that calls it, so it holds nothing mutable, and no [Method].
///
/// @param type the class whose `main` it is
/// @param takesArguments whether `main` has a parameter
record EntryPoint(Class<?> type, boolean takesArguments) {
    private static final Class<?>[] NONE = {};
    private static final Class<?>[] ARGUMENTS = {String[].class};

    /// Finds it in the first class of the file that has one.
    static EntryPoint of(Program program, ClassLoader loader) {
        for (var candidate : program.candidates()) {
            var main = in(load(candidate, loader));
            if (main != null) return main;
        }
        throw Refusal.program(
                "no main in "
                        + program.file()
                        + ": expected void main() or void main(String[] args)");
    }

    /// Calls it on the current thread; whatever the program throws comes out as it is.
    void call(List<String> args) throws Exception {
        var main = main(type, takesArguments ? ARGUMENTS : NONE);
        if (main == null) throw new AssertionError("main is gone from " + type);
        main.setAccessible(true);
        try {
            var receiver = isStatic(main) ? null : instance();
            if (takesArguments) {
                main.invoke(receiver, (Object) args.toArray(String[]::new));
            } else {
                main.invoke(receiver);
            }
        } catch (InvocationTargetException wrapped) {
            throw causeOf(wrapped);
        }
    }

    private Object instance() throws Exception {
        var constructor = constructor(type);
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /// What was thrown, to be thrown again: even what is neither an Exception nor an Error, which is
    /// how the kernel takes a process down.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T causeOf(InvocationTargetException wrapped) throws T {
        throw (T) wrapped.getTargetException();
    }

    private static @Nullable EntryPoint in(Class<?> type) {
        if (type.getEnclosingClass() != null) return null;
        boolean takesArguments = true;
        var method = main(type, ARGUMENTS);
        if (method == null) {
            takesArguments = false;
            method = main(type, NONE);
        }
        if (method == null) return null;
        if (!isStatic(method)) {
            if (Modifier.isAbstract(type.getModifiers())) return null; // perhaps a subclass follows
            constructor(type);
        }
        return new EntryPoint(type, takesArguments);
    }

    private static @Nullable Method main(Class<?> type, Class<?>[] parameters) {
        for (Class<?> holder = type; holder != null; holder = holder.getSuperclass()) {
            try {
                var method = holder.getDeclaredMethod("main", parameters);
                if (isLaunchable(method)) return method;
            } catch (NoSuchMethodException _) {
                // perhaps in the superclass
            }
        }
        return null;
    }

    private static boolean isLaunchable(Method method) {
        return method.getReturnType() == void.class && !Modifier.isPrivate(method.getModifiers());
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            var constructor = type.getDeclaredConstructor();
            if (!Modifier.isPrivate(constructor.getModifiers())) return constructor;
        } catch (NoSuchMethodException _) {
            // said below
        }
        throw Refusal.program(
                "main of "
                        + type.getName()
                        + " is not static, so the class needs a constructor without parameters that is not private");
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError failure) {
            throw Refusal.program("cannot load " + name + ": " + failure);
        }
    }
}
