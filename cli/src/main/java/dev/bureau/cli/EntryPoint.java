package dev.bureau.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a program begins with: its `main`, or an application if it has no `main`.
///
/// It is handed to the process that calls it, so it holds nothing mutable.
sealed interface EntryPoint permits MainMethod, ApplicationClass {
    /// The class that it is in.
    Class<?> type();

    /// Runs it on the current thread; whatever the program throws comes out as it is.
    void call(List<String> args) throws Exception;

    /// Finds it in the first class of the file that has one.
    static EntryPoint of(Program program, ClassLoader loader) {
        var main = first(program, loader, MainMethod::in);
        if (main == null) main = first(program, loader, ApplicationClass::in);
        if (main != null) return main;
        throw Refusal.program(
                "no main in "
                        + program.file()
                        + ": expected void main() or void main(String[] args),"
                        + " or a class that implements Application");
    }

    private static @Nullable EntryPoint first(
            Program program,
            ClassLoader loader,
            Function<Class<?>, @Nullable EntryPoint> entryPointIn) {
        for (var candidate : program.candidates()) {
            var found = entryPointIn.apply(load(candidate, loader));
            if (found != null) return found;
        }
        return null;
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError failure) {
            throw Refusal.program("cannot load " + name + ": " + failure);
        }
    }

    /// Refuses a class that [#instance] cannot make.
    static void requireConstructor(String why, Class<?> type) {
        if (constructor(type) != null) return;
        throw Refusal.program(
                why + ", so the class needs a constructor without parameters that is not private");
    }

    private static @Nullable Constructor<?> constructor(Class<?> type) {
        try {
            var constructor = type.getDeclaredConstructor();
            return Modifier.isPrivate(constructor.getModifiers()) ? null : constructor;
        } catch (NoSuchMethodException _) {
            return null;
        }
    }

    /// A new object of a class that has the constructor for it.
    static Object instance(Class<?> type) throws Exception {
        var constructor = constructor(type);
        if (constructor == null) throw new AssertionError("the constructor is gone from " + type);
        constructor.setAccessible(true);
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException wrapped) {
            throw causeOf(wrapped);
        }
    }

    /// What was thrown, to be thrown again: even what is neither an Exception nor an Error, which is
    /// how the kernel takes a process down.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> T causeOf(InvocationTargetException wrapped) throws T {
        throw (T) wrapped.getTargetException();
    }
}
