package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Timeout;
import dev.bureau.otp.ChildSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Stops many children at the same time, each with the time that its spec gives it (OTP DS-06). For the end of a
/// supervisor: any other message is lost.
final class StopTogether {
    /// What the timers carry.
    private enum Kill {
        KILL
    }

    private final BiConsumer<Child, ExitReason> unexpected;

    /// By its monitor, each that has not ended.
    private final Map<Ref, Child> running = new LinkedHashMap<>();

    /// Those that had ended before they were told to, and whose exit is still to come.
    private final Map<Pid, Child> ended = new HashMap<>();

    /// Of processes that have exited.
    private final Map<Pid, ExitReason> reasons = new HashMap<>();

    /// Whom each timer is to kill.
    private final Map<Ref, List<Pid>> timers = new HashMap<>();

    /// Those whose end is not as it should have been are told to `unexpected`.
    StopTogether(BiConsumer<Child, ExitReason> unexpected) {
        this.unexpected = unexpected;
    }

    void stop(Collection<Child> children) {
        Map<Duration, List<Pid>> limits = new HashMap<>();
        for (Child child : children) {
            Pid pid = child.pid();
            if (pid == null) continue;
            running.put(Bureau.monitor(pid), child);
            Bureau.exit(pid, ChildStop.first(child.spec()));
            if (child.spec().shutdown() instanceof ChildSpec.Shutdown.Within(var limit)) {
                limits.computeIfAbsent(limit, _ -> new ArrayList<>()).add(pid);
            }
        }
        limits.forEach((limit, pids) ->
                timers.put(Bureau.startTimer(Bureau.self(), Kill.KILL, limit), pids));
        while (!running.isEmpty() || !ended.isEmpty()) {
            take(Bureau.receive());
        }
        timers.keySet().forEach(Bureau::cancelTimer);
    }

    private void take(Object message) {
        switch (message) {
            case Exit(var from, var reason) -> {
                reasons.put(from, reason);
                Child child = ended.remove(from);
                if (child != null) finish(child, reason);
            }
            case Down(var monitor, _, var reason) -> {
                Child child = running.remove(monitor);
                if (child != null) down(child, reason);
            }
            case Timeout(var timer, _) ->
                    timers.getOrDefault(timer, List.of())
                            .forEach(pid -> Bureau.exit(pid, ExitReason.KILL));
            default -> {}
        }
    }

    private void down(Child child, ExitReason reason) {
        Pid pid = child.pid();
        if (pid == null || !reason.equals(ExitReason.NOPROC)) {
            finish(child, reason);
        } else if (reasons.containsKey(pid)) {
            finish(child, reasons.get(pid));
        } else if (ChildStop.isLinked(pid)) {
            ended.put(pid, child);
        } else {
            exitOf(child, pid);
        }
    }

    /// Its exit has come, but not been taken, or never comes, since it had unlinked itself.
    private void exitOf(Child child, Pid pid) {
        ExitReason reason =
                Bureau.poll(Exit.class, exit -> exit.from().equals(pid))
                        .map(Exit::reason)
                        .orElse(ExitReason.NOPROC);
        finish(child, reason);
    }

    private void finish(Child child, ExitReason reason) {
        if (!ChildStop.isExpected(child.spec(), reason)) unexpected.accept(child, reason);
    }
}
