package dev.bureau.kernel;

import dev.bureau.kernel.process.LocalProcess;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A variable of which every process has its own: the process dictionary, with types.
///
/// ```java
/// static final ProcessLocal<User> USER = ProcessLocal.named("user");
/// USER.put(user);
/// ```
///
/// Not inherited by spawned processes, gone with the process. Use it for what concerns the process as a whole, such as
/// the user a request is for; state belongs into the arguments of the loop.
public final class ProcessLocal<T> {
    private final String name;

    private ProcessLocal(String name) {
        this.name = name;
    }

    /// A new variable; `name` shows in process information.
    public static <T> ProcessLocal<T> named(String name) {
        return new ProcessLocal<>(name);
    }

    /// The calling process's value.
    public Optional<T> get() {
        LocalProcess self = Bureau.process();
        return Optional.ofNullable(cast(self.locals().get(this)));
    }

    /// Sets the calling process's value; returns the one before.
    public Optional<T> put(T value) {
        LocalProcess self = Bureau.process();
        return Optional.ofNullable(cast(self.locals().put(this, value)));
    }

    /// Removes the calling process's value; returns it.
    public Optional<T> erase() {
        LocalProcess self = Bureau.process();
        return Optional.ofNullable(cast(self.locals().remove(this)));
    }

    @SuppressWarnings("unchecked")
    private @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    @Override
    public String toString() {
        return name;
    }
}
