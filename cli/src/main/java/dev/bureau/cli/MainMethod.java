package dev.bureau.cli;

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
record MainMethod(Class<?> type, boolean takesArguments) implements EntryPoint {
    private static final Class<?>[] NONE = {};
    private static final Class<?>[] ARGUMENTS = {String[].class};

    @Override
    public void call(List<String> args) throws Exception {
        var main = main(type, takesArguments ? ARGUMENTS : NONE);
        if (main == null) throw new AssertionError("main is gone from " + type);
        main.setAccessible(true);
        var receiver = isStatic(main) ? null : EntryPoint.instance(type);
        try {
            if (takesArguments) {
                main.invoke(receiver, (Object) args.toArray(String[]::new));
            } else {
                main.invoke(receiver);
            }
        } catch (InvocationTargetException wrapped) {
            throw EntryPoint.causeOf(wrapped);
        }
    }

    /// The main method of a class, if it has one.
    static @Nullable EntryPoint in(Class<?> type) {
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
            EntryPoint.requireConstructor("main of " + type.getName() + " is not static", type);
        }
        return new MainMethod(type, takesArguments);
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
}
