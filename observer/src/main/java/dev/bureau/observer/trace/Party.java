package dev.bureau.observer.trace;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A process that has a part in an event, as it was called then.
///
/// @param pid the process
/// @param name its local name, else its label
public record Party(Pid pid, Optional<Object> name) {
    static Party of(LocalProcess process) {
        return new Party(process.pid(), Optional.ofNullable(Tracing.nameOf(process)));
    }

    static Party of(LocalPid pid) {
        LocalProcess process = pid.process();
        return process == null ? new Party(pid, Optional.empty()) : of(process);
    }

    /// Whom a message reaches that is sent there; null if nobody, or who is not known without running code of others.
    static @Nullable Party of(LocalProcess sender, Destination to) {
        LocalPid pid = Tracing.target(sender, to);
        return pid == null ? null : of(pid);
    }

    /// `<0.12.0> counter`.
    @Override
    public String toString() {
        return name.map(known -> pid + " " + EventText.name(known)).orElseGet(pid::toString);
    }
}
