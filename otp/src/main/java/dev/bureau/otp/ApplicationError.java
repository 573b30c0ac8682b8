package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with an [Application], or with what was asked of it: Erlang's `{error, Reason}` (OTP AP-01, AP-02).
public sealed interface ApplicationError {
    /// There is one of that name: `{already_loaded, App}`.
    ///
    /// @param loaded the class of that one
    /// @param given the class of this one
    record AlreadyLoaded(String application, Class<?> loaded, Class<?> given)
            implements ApplicationError {
        @Override
        public String toString() {
            return loaded == given
                    ? "application " + application + " is loaded already"
                    : "expected applications of different names, got two that are called "
                            + application
                            + ": "
                            + loaded.getName()
                            + " is loaded already, before "
                            + given.getName()
                            + "\n  to mend it, give one of them another: String name()";
        }
    }

    /// The node does not know it: `{not_loaded, App}`.
    record NotLoaded(String application) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + application + " is not loaded";
        }
    }

    /// It runs: `{already_started, App}`.
    record AlreadyStarted(String application) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + application + " is started already";
        }
    }

    /// It is not started: `{not_started, App}`.
    ///
    /// @param neededBy the application that cannot start for that; null if it was to be stopped
    record NotStarted(String application, @Nullable String neededBy) implements ApplicationError {
        @Override
        public String toString() {
            return neededBy == null
                    ? "application " + application + " is not started"
                    : "application "
                            + neededBy
                            + " needs "
                            + application
                            + ", which is not started\n  to mend it, start both: Application.ensureAllStarted(...)";
        }
    }

    /// It was started and has ended by itself: `{not_running, App}`.
    record NotRunning(String application, String neededBy) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + neededBy + " needs " + application + ", which has ended";
        }
    }

    /// It cannot be unloaded: `{running, App}`.
    record Running(String application) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + application + " runs; stop it before";
        }
    }

    /// Its `start` has failed: `{Reason, {Module, start, Args}}`.
    record StartFailed(String application, ExitReason reason) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + application + " did not start: " + ExitReason.format(reason);
        }
    }

    /// One of its start phases has failed: `{Reason, {Module, start_phase, Args}}`.
    record PhaseFailed(String application, String phase, ExitReason reason)
            implements ApplicationError {
        @Override
        public String toString() {
            return "application "
                    + application
                    + " did not start: phase "
                    + phase
                    + " failed: "
                    + ExitReason.format(reason);
        }
    }

    /// Its `start` has returned something else than a top supervisor: `{bad_return, {Call, Value}}`.
    record BadReturn(String application, @Nullable Object returned) implements ApplicationError {
        @Override
        public String toString() {
            return "application "
                    + application
                    + " did not start: expected start to return the pid of its top supervisor, got: "
                    + returned;
        }
    }

    /// Applications need each other, so none can be the first. OTP does not find out.
    ///
    /// @param applications each needs the next, and the last is the first
    record Cycle(List<String> applications) implements ApplicationError {
        public Cycle {
            applications = List.copyOf(applications);
        }

        @Override
        public String toString() {
            return "expected an application that can start first, got some that need each other: "
                    + String.join(" -> ", applications);
        }
    }

    /// The node is about to stop.
    record NodeStopping(String application) implements ApplicationError {
        @Override
        public String toString() {
            return "application " + application + " cannot start: the node is stopping";
        }
    }

    /// It has ended, and the node could not do without it: why a node has stopped by itself.
    record Ended(String application, ChildSpec.Restart restart, ExitReason reason)
            implements ApplicationError {
        @Override
        public String toString() {
            return restart
                    + " application "
                    + application
                    + " has ended: "
                    + ExitReason.format(reason);
        }
    }
}
