package dev.bureau.otp.application;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process in which the callbacks of an application run, and which is the parent of its tree.
record Callbacks(Spec spec, Pid master) implements Body {
    /// What a worker has to shut down.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// The master wants the application stopped.
    record Terminate() {}

    private interface Callback {
        void run() throws Exception;
    }

    @Override
    public void run() {
        Bureau.trapExits(true);
        Pid top = start();
        Bureau.link(top);
        spec.startPhases().forEach(this::startPhase);
        // Behind what the callbacks may have done with it, and with the mailbox.
        Bureau.trapExits(true);
        Ref end = Bureau.monitor(top);
        Bureau.send(master, new Master.Up(top));
        while (true) {
            switch (Bureau.receive()) {
                case Terminate _ -> {
                    stop(top, end);
                    return;
                }
                case Exit(var from, var reason) when from.equals(top) -> ended(reason);
                case Down(var ref, _, var reason) when ref.equals(end) -> ended(reason);
                case Exit(var from, var reason) when from.equals(master) -> {
                    stop(top, end);
                    Masters.killAll(master);
                    throw Bureau.exit(reason);
                }
                default -> {}
            }
        }
    }

    // ---- the start

    private Pid start() {
        @Nullable Pid top;
        try {
            top = spec.application().start();
        } catch (Exception | Error failed) {
            throw refuse(
                    failed instanceof StartException none
                                    && none.outcome() instanceof Start.Ignored ignored
                            ? new ApplicationError.BadReturn(spec.name(), ignored)
                            : new ApplicationError.StartFailed(spec.name(), reasonOf(failed)));
        }
        if (top == null || top.equals(Bureau.self())) {
            throw refuse(new ApplicationError.BadReturn(spec.name(), top));
        }
        return top;
    }

    private void startPhase(String phase) {
        try {
            spec.application().startPhase(phase);
        } catch (Exception | Error failed) {
            throw refuse(new ApplicationError.PhaseFailed(spec.name(), phase, reasonOf(failed)));
        }
    }

    private static ExitReason reasonOf(Throwable failed) {
        return switch (failed) {
            case StartException refused when refused.outcome() instanceof Start.Failed(var why) ->
                    why;
            case StartException refused -> ExitReason.of(refused.outcome());
            case ExitException exit -> exit.reason();
            default -> new ExitReason.Crash(CrashedWith.shareable(failed));
        };
    }

    /// Ends for `error`, after those that the start has linked to this process, which may be a tree that is up.
    private ExitException refuse(ApplicationError error) {
        Bureau.trapExits(true);
        List<Pid> linked = Bureau.info(Bureau.self()).map(ProcessInfo::links).orElse(List.of());
        for (Pid pid : linked.reversed()) {
            if (pid.equals(master)) continue;
            Ref end = Bureau.monitor(pid);
            Bureau.exit(pid, ExitReason.SHUTDOWN);
            try {
                Bureau.receive(end, Down.class, PATIENCE);
            } catch (ReceiveTimeout late) {
                Bureau.exit(pid, ExitReason.KILL);
            }
        }
        return Bureau.exit(error);
    }

    // ---- the end

    private void stop(Pid top, Ref end) {
        call("prepStop", spec.application()::prepStop);
        Bureau.exit(top, ExitReason.SHUTDOWN);
        Bureau.receive(end, Down.class);
        call("stop", spec.application()::stop);
    }

    private void ended(ExitReason reason) {
        call("prepStop", spec.application()::prepStop);
        call("stop", spec.application()::stop);
        throw Bureau.exit(reason);
    }

    private void call(String name, Callback callback) {
        try {
            callback.run();
        } catch (Exception | Error failed) {
            ApplicationReports.callbackFailed(spec.name(), name, failed);
        }
    }
}
