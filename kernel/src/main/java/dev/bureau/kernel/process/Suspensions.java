package dev.bureau.kernel.process;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Suspending and resuming (OTP P-14): counted per suspender, undone when the suspender ends.
///
/// A suspended process is not mounted again by its scheduler; what runs is stopped at its next operation of the runtime.
public final class Suspensions {
    private Suspensions() {}

    /// Suspends `target` once more; returns when its code no longer runs.
    public static void suspend(LocalProcess suspender, LocalPid target) {
        suspender.enter();
        LocalProcess process = target.process();
        if (process == suspender) {
            throw new IllegalArgumentException("a process cannot suspend itself");
        }
        if (process == null || !count(process, suspender.pid(), 1)) {
            throw new IllegalArgumentException("expected a process that is alive, got: " + target);
        }
        suspender.interleave();
        note(suspender, target, 1);
        if (suspender.isGuest()
                && suspender.has(Attention.EXITING)
                && note(suspender, target, -1)) {
            // Ended meanwhile, by another thread, and perhaps before this was noted.
            count(process, suspender.pid(), -1);
        }
        while (process.isMounted() && !process.has(Attention.EXITING)) {
            Thread.yield();
            suspender.enter();
        }
    }

    /// Takes one suspension back.
    public static void resume(LocalProcess suspender, LocalPid target) {
        suspender.enter();
        if (!note(suspender, target, -1)) {
            throw new IllegalArgumentException(
                    "expected a process that this one has suspended, got: " + target);
        }
        suspender.interleave();
        LocalProcess process = target.process();
        if (process != null) {
            count(process, suspender.pid(), -1);
        }
    }

    /// The suspender ends: whom it has suspended goes on. The suspended ends: its suspenders forget it by themselves.
    static void releaseAll(LocalProcess suspender, Extras extras) {
        suspender.lock();
        var open = new LinkedHashMap<>(extras.suspending);
        extras.suspending.clear();
        suspender.unlock();
        open.forEach((target, times) -> {
            suspender.interleave();
            LocalProcess process = target.process();
            if (process != null) {
                count(process, suspender.pid(), -times);
            }
        });
    }

    private static boolean note(LocalProcess suspender, LocalPid target, int change) {
        suspender.lock();
        try {
            Extras extras = extrasOf(suspender);
            Integer before = extras.suspending.get(target);
            if (change < 0 && before == null) {
                return false;
            }
            extras.suspending.merge(target, change, Suspensions::sum);
            return true;
        } finally {
            suspender.unlock();
            Reception.again(suspender);
        }
    }

    private static boolean count(LocalProcess target, LocalPid by, int change) {
        target.lock();
        boolean before;
        boolean after;
        try {
            if (target.has(Attention.EXITING)) {
                return false;
            }
            Extras extras = extrasOf(target);
            before = !extras.suspendedBy.isEmpty();
            extras.suspendedBy.merge(by, change, Suspensions::sum);
            after = !extras.suspendedBy.isEmpty();
            if (after && !before) {
                target.raise(Attention.SUSPENDED);
                target.hold();
            } else if (before && !after) {
                target.clear(Attention.SUSPENDED);
            }
        } finally {
            target.unlock();
        }
        Reception.again(target);
        if (before && !after) {
            target.release();
        }
        return true;
    }

    private static @Nullable Integer sum(Integer before, Integer change) {
        int now = before + change;
        return now <= 0 ? null : now;
    }

    static Extras extrasOf(LocalProcess process) {
        Extras extras = process.extras;
        if (extras == null) {
            extras = new Extras();
            process.extras = extras;
        }
        return extras;
    }
}
