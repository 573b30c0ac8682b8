package dev.bureau.opentelemetry;

import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracing;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.ContextStorageProvider;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Keeps the current context with the process, so that it goes with its messages and stays when the process changes its thread; for
/// threads that are no processes, as OpenTelemetry does by itself.
///
/// It is found as a service: with this module on the path nothing needs to be set up for it.
public final class ProcessContextStorage implements ContextStorage {
    private static final ContextKey<String> KEY = ContextKey.named("bureau");

    /// Made current to find out whether this storage is the one in use, behind whatever wrappers.
    private static final Context QUESTION = Context.root().with(KEY, "in use?");

    private static final AtomicLong ASKED = new AtomicLong();

    private final ContextStorage ofThreads;

    private ProcessContextStorage(ContextStorage ofThreads) {
        this.ofThreads = ofThreads;
    }

    /// What OpenTelemetry finds.
    public static final class Provider implements ContextStorageProvider {
        /// Called by the service loader.
        public Provider() {}

        @Override
        public ContextStorage get() {
            return new ProcessContextStorage(ContextStorage.defaultStorage());
        }
    }

    @Override
    public Scope attach(@Nullable Context context) {
        if (context == QUESTION) {
            ASKED.incrementAndGet();
            return Scope.noop();
        }
        LocalProcess self = Current.processOrNull();
        if (self == null) return ofThreads.attach(context);
        ContextToken before = Tracing.token(self, ContextToken.class);
        if (context == null || (before != null && before.stays() && context == before.context())) {
            return Scope.noop();
        }
        set(self, context);
        // Of another process it closes nothing: that has a context of its own.
        return () -> {
            if (Current.processOrNull() == self && of(self) == context) {
                Tracing.token(self, ContextToken.class, before);
            }
        };
    }

    @Override
    public @Nullable Context current() {
        LocalProcess self = Current.processOrNull();
        return self == null ? ofThreads.current() : of(self);
    }

    /// Whether OpenTelemetry keeps contexts here.
    static boolean isInUse() {
        long before = ASKED.get();
        try (Scope _ = QUESTION.makeCurrent()) {
            return ASKED.get() != before;
        }
    }

    /// A thread becomes a guest: it goes on in the context in which it is.
    static void join(LocalProcess guest) {
        Context before = ContextStorage.defaultStorage().current();
        if (before != null) set(guest, before);
    }

    private static @Nullable Context of(LocalProcess process) {
        ContextToken token = Tracing.token(process, ContextToken.class);
        return token == null ? null : token.context();
    }

    private static void set(LocalProcess self, Context context) {
        Tracing.token(
                self,
                ContextToken.class,
                context == Context.root() ? null : new ContextToken(context, true));
    }
}
