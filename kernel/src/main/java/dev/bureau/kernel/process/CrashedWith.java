package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.isolation.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stands for an exception that holds something mutable: others may learn of it, but not share what it holds.
public final class CrashedWith extends Throwable {
    private static final long serialVersionUID = 1;

    private CrashedWith(Throwable thrown, @Nullable Throwable cause) {
        super(thrown.toString(), cause);
        setStackTrace(thrown.getStackTrace());
    }

    /// `reason` for one who is told of it: what is mutable in it is copied. In place of what cannot be copied, why not.
    static ExitReason shareable(ExitReason reason) {
        try {
            return (ExitReason) Objects.requireNonNull(Isolation.pass(reason));
        } catch (RuntimeException refused) {
            return new ExitReason.Crash(shareable(refused));
        }
    }

    /// `thrown` itself if it can be shared, else what can be told of it.
    public static Throwable shareable(Throwable thrown) {
        try {
            if (Isolation.pass(thrown) instanceof Throwable passed) {
                return passed;
            }
        } catch (NotShareableException refused) {
            // Told by its text and its trace below.
        }
        Throwable cause = thrown.getCause();
        return new CrashedWith(thrown, cause == null || cause == thrown ? null : shareable(cause));
    }
}
