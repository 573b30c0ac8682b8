package dev.bureau.observer.probe;

import dev.bureau.kernel.Pid;
import dev.bureau.observer.Observer;
import dev.bureau.otp.GenServer;
import dev.bureau.scheduler.woven.YieldPoint;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.MethodModel;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.AccessFlag;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The methods of this JVM that have a probe.
///
/*
 * Each change of what is watched has the classes that it concerns transformed anew, from their original code: with a probe in each
 * method that is watched by then. Its code
 * gets a new number each time, and the old one is kept, since changed code may be running when the watch ends.
 */
final class Probes {
    /// A method that has, or had, a probe.
    record Method(String name, List<CallProbe.Listener> listeners) {}

    private static final List<Watching> WATCHES = new CopyOnWriteArrayList<>();
    private static final List<Method> METHODS = new CopyOnWriteArrayList<>();
    private static final Object CHANGE = new Object();
    private static final AtomicReference<@Nullable Throwable> FAILURE = new AtomicReference<>();

    /// Whose code is not ours to trace: a probe would call itself.
    private static final Set<CodeSource> OWN =
            Stream.of(Pid.class, GenServer.class, Observer.class, YieldPoint.class)
                    .map(type -> type.getProtectionDomain().getCodeSource())
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());

    private static boolean installed;

    private Probes() {}

    private record Watching(
            CallProbe.Listener listener, List<CallProbe.Methods> methods, List<Class<?>> types)
            implements CallProbe.Watch {
        boolean hasMethod(Class<?> type, String method) {
            return types.contains(type)
                    && methods.stream()
                            .anyMatch(some ->
                                    some.types().test(type.getName())
                                            && some.methods().test(method));
        }

        @Override
        public void close() {
            unwatch(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    static Method method(int number) {
        return METHODS.get(number);
    }

    static CallProbe.Watch watch(CallProbe.Listener listener, List<CallProbe.Methods> methods) {
        Instrumentation jvm = CodeAccess.get();
        synchronized (CHANGE) {
            if (!installed) {
                jvm.addTransformer(new Transformer(), true);
                installed = true;
            }
            List<Class<?>> types = new ArrayList<>();
            for (CallProbe.Methods some : methods) types.addAll(typesOf(jvm, some));
            Watching watch = new Watching(listener, methods, types);
            WATCHES.add(watch);
            FAILURE.set(null);
            transform(jvm, types);
            Throwable failure = FAILURE.getAndSet(null);
            if (failure != null) {
                unwatch(watch);
                throw new UnsupportedOperationException(
                        "the code could not be changed: " + failure, failure);
            }
            return watch;
        }
    }

    private static void unwatch(Watching watch) {
        synchronized (CHANGE) {
            if (WATCHES.remove(watch)) transform(CodeAccess.get(), watch.types());
        }
    }

    private static void transform(Instrumentation jvm, List<Class<?>> types) {
        try {
            jvm.retransformClasses(new LinkedHashSet<>(types).toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException | LinkageError | InternalError refused) {
            FAILURE.compareAndSet(null, refused);
        }
    }

    /// The loaded classes that have one of these methods.
    private static List<Class<?>> typesOf(Instrumentation jvm, CallProbe.Methods methods) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            if (!type.isArray()
                    && methods.types().test(type.getName())
                    && jvm.isModifiableClass(type)
                    && mayBeTraced(jvm, type)
                    && hasMethod(type, methods)) {
                found.add(type);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a method of the program, in a class that is loaded, got: "
                            + methods.text());
        }
        return found;
    }

    private static boolean hasMethod(Class<?> type, CallProbe.Methods methods) {
        try {
            return Stream.of(type.getDeclaredMethods())
                    .anyMatch(method ->
                            !method.isSynthetic() && methods.methods().test(method.getName()));
        } catch (LinkageError broken) {
            return false;
        }
    }

    private static boolean mayBeTraced(Instrumentation jvm, Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) return false;
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && OWN.contains(source)) return false;
        try {
            // Else its code could not call the probe.
            if (Class.forName(CallProbe.class.getName(), false, loader) != CallProbe.class) {
                return false;
            }
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
        Module module = type.getModule();
        Module here = CallProbe.class.getModule();
        if (module.isNamed() && !module.canRead(here)) {
            jvm.redefineModule(module, Set.of(here), Map.of(), Map.of(), Set.of(), Map.of());
        }
        return true;
    }

    private static final class Transformer implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                Module module,
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (type == null || WATCHES.stream().noneMatch(watch -> watch.types().contains(type))) {
                return null;
            }
            try {
                return probed(type, classFile);
            } catch (Throwable failure) { // thrown out of here it would be lost
                FAILURE.compareAndSet(null, failure);
                return null;
            }
        }

        private static byte[] probed(Class<?> type, byte[] classFile) {
            ClassFile files =
                    ClassFile.of(
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofClassLoading(
                                            Objects.requireNonNull(type.getClassLoader()))));
            return files.transformClass(
                    files.parse(classFile),
                    (builder, element) -> {
                        ProbedCode code =
                                element instanceof MethodModel method ? code(type, method) : null;
                        if (code == null) builder.with(element);
                        else builder.transformMethod(code.method(), code.transform());
                    });
        }

        /// Null for a method that nobody watches.
        private static @Nullable ProbedCode code(Class<?> type, MethodModel method) {
            String name = method.methodName().stringValue();
            if (method.code().isEmpty()
                    || name.startsWith("<")
                    || method.flags().has(AccessFlag.SYNTHETIC)) {
                return null;
            }
            List<CallProbe.Listener> listeners =
                    WATCHES.stream()
                            .filter(watch -> watch.hasMethod(type, name))
                            .map(Watching::listener)
                            .toList();
            return listeners.isEmpty()
                    ? null
                    : new ProbedCode(
                            method,
                            number(shortNameOf(type) + "." + name, listeners),
                            listeners.stream().anyMatch(CallProbe.Listener::wantsArguments),
                            listeners.stream().anyMatch(CallProbe.Listener::wantsResults));
        }

        private static String shortNameOf(Class<?> type) {
            String name = type.getName();
            return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
        }

        /// Under the lock for changes.
        private static int number(String name, List<CallProbe.Listener> listeners) {
            METHODS.add(new Method(name, listeners));
            return METHODS.size() - 1;
        }
    }
}
