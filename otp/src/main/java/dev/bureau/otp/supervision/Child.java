package dev.bureau.otp.supervision;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import org.jspecify.annotations.Nullable;

/// What a supervisor knows of one child. It runs, it is stopped, or it is about to be started again because its last start
/// has failed.
final class Child {
    private ChildSpec spec;

    /// The process that it is, or was before it is started again; null when it is stopped.
    private @Nullable Pid pid;

    /// The number of the [TryAgain] that is to start it again; zero while none is.
    private long retry;

    Child(ChildSpec spec) {
        this.spec = spec;
    }

    ChildSpec spec() {
        return spec;
    }

    void spec(ChildSpec changed) {
        spec = changed;
    }

    /// The process that it is; null while it does not run.
    @Nullable Pid pid() {
        return isRestarting() ? null : pid;
    }

    /// The process that it is, or was before its start failed.
    @Nullable Pid lastPid() {
        return pid;
    }

    long retry() {
        return retry;
    }

    boolean isRestarting() {
        return retry != 0;
    }

    boolean isStopped() {
        return pid == null && retry == 0;
    }

    boolean isTemporary() {
        return spec.restart() == ChildSpec.Restart.TEMPORARY;
    }

    void runs(Pid as) {
        pid = as;
        retry = 0;
    }

    void stopped() {
        pid = null;
        retry = 0;
    }

    void restarting(long number) {
        retry = number;
    }

    ChildInfo.Status status() {
        Pid running = pid();
        if (running != null) return new ChildInfo.Status.Running(running);
        return isRestarting() ? new ChildInfo.Status.Restarting() : new ChildInfo.Status.Stopped();
    }
}
