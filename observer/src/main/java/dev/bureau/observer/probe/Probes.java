package dev.bureau.observer.probe;

import dev.bureau.kernel.Pid;
import dev.bureau.observer.Observer;
import dev.bureau.otp.GenServer;
import dev.bureau.scheduler.woven.YieldPoint;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.AccessFlag;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The methods of this JVM that have a probe.
///
/*
 * Each change of what is watched has the classes that it concerns transformed anew, from their original code: with a probe in each
 * method that is watched by then. What is loaded meanwhile is transformed as it is loaded. Its code
 * gets a new number each time, and the old one is kept, since changed code may be running when the watch ends.
 *
 * A watch is published before the loaded classes are listed, so that a class is in the list or sees the watch; save for one whose
 * loading was just past its transformation then. Changes are made one at a time, under CHANGE; who loads a class holds locks of
 * class loaders, for which a change may wait, and so takes none but that of METHODS.
 *
 * A change takes some tens of milliseconds, the first one more, in which nothing yields. So each is made by a thread of the operating system, lest a process that asks for it
 * keeps its carrier from all others.
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

    private static final Executor APART =
            change -> Thread.ofPlatform().daemon().name("bureau-probes").start(change);

    private static boolean installed;

    private Probes() {}

    private static final class Watching implements CallProbe.Watch {
        final CallProbe.Listener listener;
        private final List<CallProbe.Methods> methods;
        private final Set<CallProbe.Methods> found = ConcurrentHashMap.newKeySet();

        Watching(CallProbe.Listener listener, List<CallProbe.Methods> methods) {
            this.listener = listener;
            this.methods = methods;
        }

        boolean mayConcern(String type) {
            return methods.stream().anyMatch(some -> some.types().test(type));
        }

        boolean hasMethod(String type, String method) {
            boolean has = false;
            for (CallProbe.Methods some : methods) {
                if (some.types().test(type) && some.methods().test(method)) {
                    found.add(some);
                    has = true;
                }
            }
            return has;
        }

        @Override
        public List<String> waitingFor() {
            return methods.stream()
                    .filter(some -> !found.contains(some))
                    .map(CallProbe.Methods::text)
                    .toList();
        }

        @Override
        public void close() {
            unwatch(this);
        }
    }

    static Method method(int number) {
        return METHODS.get(number);
    }

    static CallProbe.Watch watch(CallProbe.Listener listener, List<CallProbe.Methods> methods) {
        var change = CompletableFuture.supplyAsync(() -> watchNow(listener, methods), APART);
        try {
            return change.get();
        } catch (InterruptedException stop) {
            var _ = change.thenAccept(CallProbe.Watch::close);
            Thread.currentThread().interrupt();
            throw new UnsupportedOperationException(
                    "interrupted while the code was being changed", stop);
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof Error error) throw error;
            throw (RuntimeException) refused.getCause();
        }
    }

    private static CallProbe.Watch watchNow(
            CallProbe.Listener listener, List<CallProbe.Methods> methods) {
        Instrumentation jvm = CodeAccess.get();
        synchronized (CHANGE) {
            if (!installed) {
                jvm.addTransformer(new Transformer(jvm), true);
                installed = true;
            }
            Watching watch = new Watching(listener, methods);
            WATCHES.add(watch);
            try {
                transform(jvm, typesOf(jvm, watch));
                for (CallProbe.Methods some : methods) requirePossible(jvm, watch, some);
            } catch (RuntimeException refused) {
                unwatchNow(watch);
                throw refused;
            }
            return watch;
        }
    }

    /// Returns when the code is as it was, or the calling thread is interrupted.
    private static void unwatch(Watching watch) {
        var change = CompletableFuture.runAsync(() -> unwatchNow(watch), APART);
        try {
            change.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) throw error;
            throw (RuntimeException) failed.getCause();
        }
    }

    private static void unwatchNow(Watching watch) {
        synchronized (CHANGE) {
            if (!WATCHES.remove(watch)) return;
            Instrumentation jvm = CodeAccess.get();
            try {
                transform(jvm, typesOf(jvm, watch));
            } catch (UnsupportedOperationException stays) {
                // Its probes find nobody who listens.
            }
        }
    }

    private static void transform(Instrumentation jvm, List<Class<?>> types) {
        FAILURE.set(null);
        try {
            if (!types.isEmpty()) jvm.retransformClasses(types.toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException | LinkageError | InternalError refused) {
            FAILURE.compareAndSet(null, refused);
        }
        Throwable failure = FAILURE.getAndSet(null);
        if (failure != null) {
            throw new UnsupportedOperationException(
                    "the code could not be changed: " + failure, failure);
        }
    }

    /// The loaded classes that have a method which is watched, or was.
    private static List<Class<?>> typesOf(Instrumentation jvm, Watching watch) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            if (!type.isArray()
                    && watch.mayConcern(type.getName())
                    && jvm.isModifiableClass(type)
                    && mayBeTraced(
                            jvm,
                            type.getClassLoader(),
                            type.getProtectionDomain(),
                            type.getModule())
                    && hasMethod(type, watch)) {
                found.add(type);
            }
        }
        return found;
    }

    private static boolean hasMethod(Class<?> type, Watching watch) {
        try {
            return Stream.of(type.getDeclaredMethods())
                    .anyMatch(method ->
                            !method.isSynthetic()
                                    && watch.hasMethod(type.getName(), method.getName()));
        } catch (LinkageError broken) {
            return false;
        }
    }

    /// Refuses to wait for a method of a class that is loaded, and has none or must not be traced.
    private static void requirePossible(
            Instrumentation jvm, Watching watch, CallProbe.Methods some) {
        if (watch.found.contains(some) || some.text().contains("*")) return;
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            if (!type.isArray() && some.types().test(type.getName())) {
                throw new IllegalArgumentException(
                        "expected a method of the program, got: "
                                + some.text()
                                + ", and "
                                + type.getName()
                                + " has none that can be traced");
            }
        }
    }

    private static boolean mayBeTraced(
            Instrumentation jvm,
            @Nullable ClassLoader loader,
            @Nullable ProtectionDomain domain,
            Module module) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) return false;
        CodeSource source = domain == null ? null : domain.getCodeSource();
        if (source != null && OWN.contains(source)) return false;
        try {
            // Else its code could not call the probe.
            if (Class.forName(CallProbe.class.getName(), false, loader) != CallProbe.class) {
                return false;
            }
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
        Module here = CallProbe.class.getModule();
        if (module.isNamed() && !module.canRead(here)) {
            jvm.redefineModule(module, Set.of(here), Map.of(), Map.of(), Set.of(), Map.of());
        }
        return true;
    }

    private static final class Transformer implements ClassFileTransformer {
        private final Instrumentation jvm;

        Transformer(Instrumentation jvm) {
            this.jvm = jvm;
        }

        /// Of a class that is loaded (`type` is null then) or changed anew.
        @Override
        public byte @Nullable [] transform(
                Module module,
                @Nullable ClassLoader loader,
                @Nullable String path,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (path == null || WATCHES.isEmpty()) return null;
            String name = path.replace('/', '.');
            if (WATCHES.stream().noneMatch(watch -> watch.mayConcern(name))) return null;
            try {
                return mayBeTraced(jvm, loader, domain, module)
                        ? probed(Objects.requireNonNull(loader), name, classFile)
                        : null;
            } catch (Throwable failure) { // thrown out of here it would be lost
                if (type != null) FAILURE.compareAndSet(null, failure);
                return null;
            }
        }

        /// Null if nobody watches a method of it.
        private static byte @Nullable [] probed(ClassLoader loader, String name, byte[] classFile) {
            ClassModel model = ClassFile.of().parse(classFile);
            IdentityHashMap<MethodModel, ProbedCode> probes = new IdentityHashMap<>();
            for (MethodModel method : model.methods()) {
                ProbedCode code = code(name, method);
                if (code != null) probes.put(method, code);
            }
            if (probes.isEmpty()) return null;
            return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(relatives(model, loader)))
                    .transformClass(
                            model,
                            (builder, element) -> {
                                ProbedCode code =
                                        element instanceof MethodModel method
                                                ? probes.get(method)
                                                : null;
                                if (code == null) builder.with(element);
                                else builder.transformMethod(code.method(), code.transform());
                            });
        }

        /// Of itself it is known without loading it, which may be what is being done.
        private static ClassHierarchyResolver relatives(ClassModel model, ClassLoader loader) {
            ClassDesc itself = model.thisClass().asSymbol();
            ClassHierarchyInfo own =
                    model.flags().has(AccessFlag.INTERFACE)
                            ? ClassHierarchyInfo.ofInterface()
                            : ClassHierarchyInfo.ofClass(
                                    model.superclass().map(ClassEntry::asSymbol).orElse(null));
            ClassHierarchyResolver others = ClassHierarchyResolver.ofClassLoading(loader);
            return type -> type.equals(itself) ? own : others.getClassInfo(type);
        }

        /// Null for a method that nobody watches.
        private static @Nullable ProbedCode code(String type, MethodModel method) {
            String name = method.methodName().stringValue();
            if (method.code().isEmpty()
                    || name.startsWith("<")
                    || method.flags().has(AccessFlag.SYNTHETIC)) {
                return null;
            }
            List<CallProbe.Listener> listeners =
                    WATCHES.stream()
                            .filter(watch -> watch.hasMethod(type, name))
                            .map(watch -> watch.listener)
                            .toList();
            return listeners.isEmpty()
                    ? null
                    : new ProbedCode(
                            method,
                            number(shortNameOf(type) + "." + name, listeners),
                            listeners.stream().anyMatch(CallProbe.Listener::wantsArguments),
                            listeners.stream().anyMatch(CallProbe.Listener::wantsResults));
        }

        private static String shortNameOf(String type) {
            return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        }

        private static int number(String name, List<CallProbe.Listener> listeners) {
            synchronized (METHODS) {
                METHODS.add(new Method(name, listeners));
                return METHODS.size() - 1;
            }
        }
    }
}
