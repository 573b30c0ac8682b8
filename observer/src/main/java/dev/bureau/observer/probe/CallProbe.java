package dev.bureau.observer.probe;

import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.kernel.process.Tracing;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the code of a traced method calls when it begins and when it ends.
public final class CallProbe {
    private CallProbe() {}

    /// Which methods are to be watched.
    ///
    /// @param text as it was asked for
    /// @param types whether a class of that binary name has some
    /// @param methods whether a method of that name is one
    public record Methods(String text, Predicate<String> types, Predicate<String> methods) {}

    /// Is told of calls, by the process that makes them.
    public interface Listener {
        /// With whom the processes are traced whose calls are to be told.
        Tracer tracer();

        /// Whether it wants arguments.
        boolean wantsArguments();

        /// Whether it wants to know how calls end.
        boolean wantsResults();

        /// A method begins.
        void called(LocalProcess self, String method, Object @Nullable [] arguments);

        /// It has returned.
        ///
        /// @param nanos since it was called
        void returned(LocalProcess self, String method, @Nullable Object value, long nanos);

        /// It was left by an exception.
        ///
        /// @param nanos since it was called
        void threw(LocalProcess self, String method, Throwable thrown, long nanos);
    }

    /// Methods that are watched, until it is closed.
    public interface Watch extends AutoCloseable {
        /// Those that no class has which was loaded so far, as they were asked for.
        List<String> waitingFor();

        @Override
        void close();
    }

    /// A call that has begun and whose end is to be told.
    private record Call(LocalProcess self, String method, List<Listener> listeners, long begin) {}

    /// Watches methods, also of classes that are loaded later.
    ///
    /// @throws IllegalArgumentException if it is known that there is no such method, or none that may be watched
    /// @throws UnsupportedOperationException if this JVM does not let its code be changed
    public static Watch watch(Listener listener, List<Methods> methods) {
        return Probes.watch(listener, methods);
    }

    /// Called by changed code: a method begins. What is returned goes to one of the two below.
    public static @Nullable Object entered(int probe, Object @Nullable [] arguments) {
        LocalProcess self = Current.processOrNull();
        if (self == null || !Tracing.isTraced(self)) return null;
        Probes.Method method = Probes.method(probe);
        List<Listener> told =
                method.listeners().stream()
                        .filter(listener -> Tracing.isTracedBy(self, listener.tracer()))
                        .toList();
        if (told.isEmpty()) return null;
        for (Listener listener : told) {
            listener.called(self, method.name(), listener.wantsArguments() ? arguments : null);
        }
        List<Listener> atEnd = told.stream().filter(Listener::wantsResults).toList();
        return atEnd.isEmpty() ? null : new Call(self, method.name(), atEnd, System.nanoTime());
    }

    /// Called by changed code: it returns.
    public static void returned(@Nullable Object value, @Nullable Object entered) {
        if (!(entered instanceof Call call)) return;
        long nanos = System.nanoTime() - call.begin();
        for (Listener listener : call.listeners()) {
            listener.returned(call.self(), call.method(), value, nanos);
        }
    }

    /// Called by changed code: it is left by an exception.
    public static void threw(Throwable thrown, @Nullable Object entered) {
        if (!(entered instanceof Call call)) return;
        long nanos = System.nanoTime() - call.begin();
        for (Listener listener : call.listeners()) {
            listener.threw(call.self(), call.method(), thrown, nanos);
        }
    }
}
