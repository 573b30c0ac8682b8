package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a process does about monitors and aliases.
public final class Monitoring {
    private Monitoring() {}

    /// Starts a monitor; `alias` makes its reference an alias as well.
    public static LocalRef monitor(
            LocalProcess self,
            Destination watched,
            @Nullable Function<? super Down, ?> as,
            AliasMode alias,
            boolean priority) {
        self.enter();
        if (watched instanceof LocalRef) {
            throw new IllegalArgumentException(
                    "expected a pid or a name to monitor, got the alias " + watched);
        }
        LocalPid target = Routing.find(self.node(), watched);
        MonitorRef ref =
                new MonitorRef(
                        self.pid(),
                        self.nextReference(),
                        self.mark(),
                        Names.qualified(self.node(), watched),
                        as,
                        priority);
        ref.alias(alias);
        if (priority) {
            expectUrgent(self);
        }
        if (target == self.pid()) {
            return ref;
        }
        Monitors.watch(self, ref, target);
        return ref;
    }

    /// Waits until a process has ended.
    static void awaitEnd(LocalProcess self, LocalPid ending) {
        LocalRef monitor = monitor(self, ending, null, AliasMode.NONE, false);
        try {
            Receiving.take(self, Down.class, null, monitor, null);
        } catch (ExitException interrupted) {
            // A guest that goes on.
            demonitor(self, monitor);
            Flushing.down(self, monitor);
            throw interrupted;
        }
    }

    /// Ends a monitor; false when there was none (any more).
    public static boolean demonitor(LocalProcess self, LocalRef ref) {
        self.enter();
        return ref instanceof MonitorRef monitor
                && ref.owner() == self.pid()
                && Monitors.unwatch(self, monitor);
    }

    /// Whether the `Down` of a monitor is still to come.
    public static boolean isLive(LocalProcess self, LocalRef ref) {
        self.enter();
        self.lock();
        boolean live =
                ref instanceof MonitorRef monitor
                        && self.monitors != null
                        && self.monitors.contains(monitor);
        self.unlock();
        Reception.again(self);
        return live;
    }

    /// A new alias of the owner; `priority` allows priority messages through it.
    public static LocalRef alias(LocalProcess self, AliasMode mode, boolean priority) {
        self.enter();
        LocalRef ref =
                priority
                        ? new PriorityAlias(self.pid(), self.nextReference(), self.mark())
                        : self.ref();
        ref.alias(mode);
        if (priority) {
            expectUrgent(self);
        }
        return ref;
    }

    private static void expectUrgent(LocalProcess self) {
        self.lock();
        self.mailboxForMessage().expectUrgent();
        self.unlock();
        Reception.again(self);
    }

    /// Ends an alias; false when it was none of this process, or no longer.
    public static boolean unalias(LocalProcess self, LocalRef ref) {
        self.enter();
        if (ref.owner() != self.pid()) {
            return false;
        }
        // What was sent before but not received yet shall be judged by the alias as it is from now
        // on (OTP A-02), so nothing is received first.
        self.lock();
        boolean active = ref.alias() != AliasMode.NONE;
        ref.alias(AliasMode.NONE);
        self.unlock();
        Reception.again(self);
        return active;
    }
}
