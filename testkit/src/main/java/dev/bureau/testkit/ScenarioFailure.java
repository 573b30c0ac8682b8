package dev.bureau.testkit;

import org.jspecify.annotations.Nullable;

/// A scenario has failed: what happened, in which run and how to see it again. The cause is the original failure, if
/// there was one; its stack is this one's.
public final class ScenarioFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    ScenarioFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
        if (cause != null) {
            setStackTrace(cause.getStackTrace());
        }
    }
}
