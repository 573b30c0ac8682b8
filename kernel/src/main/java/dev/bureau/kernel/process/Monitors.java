package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import org.jspecify.annotations.Nullable;

/// The watching end of monitors.
///
/// A monitor is live while its reference is in the watcher's set: a `Down` that arrives for one that is not, is dropped.
/// So there is exactly one `Down` a monitor, and none after `demonitor` (OTP M-06, M-09).
final class Monitors {
    private Monitors() {}

    /// Watcher, owner: starts to watch; the target is told, or the watcher that there is none.
    static void watch(LocalProcess watcher, MonitorRef ref, @Nullable LocalPid target) {
        ref.target = target;
        watcher.lock();
        monitorsOf(watcher).add(ref);
        watcher.unlock();
        Reception.again(watcher);
        tell(watcher, ref, target);
    }

    /// Watcher, owner: tells the target that it is watched, or the watcher that there is none.
    static void tell(LocalProcess watcher, MonitorRef ref, @Nullable LocalPid target) {
        if (target == null || !Reception.signal(target, new Signal.Monitor(ref))) {
            refuse(watcher, ref);
        } else if (watcher.isClosed()) {
            // A guest that was ended meanwhile: perhaps before the target had heard of the monitor.
            Reception.signal(target, new Signal.Demonitor(ref));
        }
    }

    /// Watcher, owner: tells it that there is nobody to watch.
    static void refuse(LocalProcess watcher, MonitorRef ref) {
        Reception.signal(watcher, Reception.down(ref, whyNot(watcher, ref.watched)));
    }

    /// Why there is nobody: there is no such process, or its node is out of reach (OTP M-03, M-04).
    private static ExitReason whyNot(LocalProcess watcher, Destination watched) {
        return watched instanceof Name.Remote remote
                        && !remote.node().name().equals(watcher.node().id().name())
                ? ExitReason.NOCONNECTION
                : ExitReason.NOPROC;
    }

    /// Lock holder: what a process watches.
    static SmallSet<MonitorRef> monitorsOf(LocalProcess watcher) {
        SmallSet<MonitorRef> monitors = watcher.monitors;
        if (monitors == null) {
            monitors = new SmallSet<>();
            watcher.monitors = monitors;
        }
        return monitors;
    }

    /// Lock holder: by whom a process is watched.
    static SmallSet<MonitorRef> watchersOf(LocalProcess watched) {
        SmallSet<MonitorRef> watchers = watched.monitoredBy;
        if (watchers == null) {
            watchers = new SmallSet<>();
            watched.monitoredBy = watchers;
        }
        return watchers;
    }

    /// Watcher, owner: stops to watch; whether the monitor was still live.
    static boolean unwatch(LocalProcess watcher, MonitorRef ref) {
        watcher.lock();
        boolean live = watcher.monitors != null && watcher.monitors.contains(ref);
        Outgoing effects = remove(watcher, ref, null);
        watcher.unlock();
        Outgoing.send(effects);
        Reception.again(watcher);
        return live;
    }

    /// Watcher, lock holder: ends a monitor and tells the target, unless it has fired.
    static @Nullable Outgoing remove(
            LocalProcess watcher, MonitorRef ref, @Nullable Outgoing effects) {
        SmallSet<MonitorRef> monitors = watcher.monitors;
        if (monitors == null || !monitors.remove(ref)) {
            return effects;
        }
        endAlias(ref);
        LocalPid target = ref.target;
        return target == null || target.process() == null
                ? effects
                : Outgoing.add(effects, target, new Signal.Demonitor(ref));
    }

    /// Watcher, lock holder: the watched one has ended; false if the monitor is not live any more.
    static boolean fires(LocalProcess watcher, MonitorRef ref) {
        if (ref instanceof CallTag call) {
            return call.close();
        }
        SmallSet<MonitorRef> monitors = watcher.monitors;
        if (monitors == null || !monitors.remove(ref)) {
            return false;
        }
        endAlias(ref);
        return true;
    }

    /// Watched, owner: answers the call that the monitor belongs to. It ends with the answer, so there is nothing left to tell
    /// the watcher, nor for him to take back.
    static void answered(LocalProcess watched, MonitorRef ref) {
        if (ref.alias() != AliasMode.REPLY_DEMONITOR) {
            return;
        }
        if (!watched.forgets(ref)) {
            watched.lock();
            SmallSet<MonitorRef> watchers = watched.monitoredBy;
            if (watchers != null) {
                watchers.remove(ref);
            }
            watched.unlock();
            Reception.again(watched);
        }
        ref.target = null;
    }

    /// Watcher, lock holder: the alias that lives as long as the monitor goes with it.
    static void endAlias(MonitorRef ref) {
        if (ref.alias() == AliasMode.DEMONITOR || ref.alias() == AliasMode.REPLY_DEMONITOR) {
            ref.alias(AliasMode.NONE);
        }
    }
}
