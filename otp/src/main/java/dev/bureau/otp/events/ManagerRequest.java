package dev.bureau.otp.events;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.EventHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an event manager is asked.
public sealed interface ManagerRequest extends Call<ManagerRequest.Outcome> {
    /// An event that nobody waits for: no request, but of the same protocol.
    record Notification(Object event) {
        public Notification {
            Objects.requireNonNull(event, "event");
        }
    }

    /// An event whose handling is waited for.
    record Sync(Object event) implements ManagerRequest {
        public Sync {
            Objects.requireNonNull(event, "event");
        }
    }

    /// `owner` is null for a handler that nobody supervises.
    record Add(Object id, EventHandler<?, ?> handler, @Nullable Pid owner)
            implements ManagerRequest {
        public Add {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(handler, "handler");
        }
    }

    record Delete(Object id, Object argument) implements ManagerRequest {
        public Delete {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(argument, "argument");
        }
    }

    /// `owner` is null for a handler that is supervised as its predecessor was.
    record Swap(
            Object id,
            Object argument,
            Object successorId,
            EventHandler<?, ?> successor,
            @Nullable Pid owner,
            Pid by)
            implements ManagerRequest {
        public Swap {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(argument, "argument");
            Objects.requireNonNull(successorId, "successorId");
            Objects.requireNonNull(successor, "successor");
        }
    }

    record Ask(Object id, Call<?> request) implements ManagerRequest {
        public Ask {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(request, "request");
        }
    }

    record Handlers() implements ManagerRequest {}

    /// What comes of it.
    sealed interface Outcome {
        record Done(Object value) implements Outcome {}

        /// There is no such handler.
        record Absent(Object id) implements Outcome {}

        /// The handler has thrown this.
        record Failed(Throwable error) implements Outcome {}
    }
}
