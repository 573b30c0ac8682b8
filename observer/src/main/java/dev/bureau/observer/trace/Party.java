package dev.bureau.observer.trace;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Tracing;
import java.util.Optional;

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

    /// `<0.12.0> counter`.
    @Override
    public String toString() {
        return name.map(known -> pid + " " + EventText.name(known)).orElseGet(pid::toString);
    }
}
