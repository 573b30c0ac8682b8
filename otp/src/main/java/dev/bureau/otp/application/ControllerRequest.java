package dev.bureau.otp.application;

import dev.bureau.kernel.Call;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationInfo;
import dev.bureau.otp.ChildSpec.Restart;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What the application controller is asked.
///
/// @param <R> the type of the answer
public sealed interface ControllerRequest<R> extends Call<R> {
    /// What it is asked to do; the answer is what stands in the way.
    sealed interface Deed extends ControllerRequest<Optional<ApplicationError>> {}

    record Load(Spec spec) implements Deed {}

    record Unload(String application) implements Deed {
        public Unload {
            Objects.requireNonNull(application, "expected the name of an application, got: null");
        }
    }

    record Start(Spec spec, Restart restart) implements Deed {
        public Start {
            Objects.requireNonNull(restart, "expected a restart type, got: null");
        }
    }

    record Stop(String application) implements Deed {
        public Stop {
            Objects.requireNonNull(application, "expected the name of an application, got: null");
        }
    }

    record LoadedApplications() implements ControllerRequest<List<ApplicationInfo>> {}

    record StartedApplications() implements ControllerRequest<List<ApplicationInfo>> {}

    /// To stop all, since the node is about to; the answer is nothing.
    record StopAll() implements ControllerRequest<Optional<ApplicationError>> {}
}
