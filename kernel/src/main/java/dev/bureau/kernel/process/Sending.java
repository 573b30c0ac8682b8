package dev.bureau.kernel.process;

import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Isolation;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sending a message (OTP ).
public final class Sending {
    private Sending() {}

    /// Sends `message`, isolated, to a pid, a name or an alias. `priority` counts for an alias that allows it.
    public static void send(LocalProcess self, Destination to, Object message, boolean priority) {
        if (!deliver(self, to, message, priority, null)) {
            refuseUnknown(to);
        }
    }

    /// As [#send]; where a mailbox is full and its senders are parked, for `limit` at most.
    public static void sendWithin(
            LocalProcess self, Destination to, Object message, @Nullable Duration limit) {
        if (!deliver(self, to, message, false, limit)) {
            refuseUnknown(to);
        }
    }

    private static void refuseUnknown(Destination to) {
        if (to instanceof Name name && !(name instanceof Name.Remote)) {
            throw new NoSuchName(name);
        }
    }

    /// As [#send], but a name that nobody has, or that its registrar fails to look up, is silent (OTP G-20).
    public static void cast(LocalProcess self, Destination to, Cast message) {
        if (to instanceof Name.Via name) {
            self.enter();
            deliverToName(self, name, findQuietly(self, name), message, null);
            self.giveWay();
        } else {
            deliver(self, to, message, false, null);
        }
    }

    private static @Nullable LocalPid findQuietly(LocalProcess self, Name.Via name) {
        try {
            return Routing.find(self.node(), name);
        } catch (RuntimeException unknown) {
            return null;
        }
    }

    /// Tells a process something on behalf of the runtime: it counts for no limit, and nobody waits.
    public static void tell(LocalProcess self, Pid to, Object message) {
        self.enter();
        Object isolated = isolated(message, (LocalPid) to);
        LocalProcess receiver = ((LocalPid) to).process();
        if (receiver != null) {
            receiver.push(new Signal.Message(isolated), self);
        }
        self.giveWay();
    }

    /// False if nobody has the name.
    private static boolean deliver(
            LocalProcess self,
            Destination to,
            Object message,
            boolean priority,
            @Nullable Duration limit) {
        self.enter();
        boolean found = true;
        if (to instanceof LocalPid pid) {
            LocalProcess receiver = pid.process();
            if (receiver instanceof LimitedProcess limited
                    && Admission.counts(self, limited, to, message)) {
                Admission.send(self, to, limited, message, limit);
            } else {
                // Checked also when nobody receives it: whether a program is right must not depend
                // on that.
                Object isolated = isolated(message, pid);
                if (receiver != null) {
                    receiver.push(message(self, pid, isolated), self);
                }
            }
        } else if (to instanceof LocalRef alias) {
            deliverToAlias(self, alias, message, priority && alias instanceof PriorityAlias, limit);
        } else {
            Name name = (Name) to;
            LocalPid target = Routing.find(self.node(), name);
            found = deliverToName(self, name, target, message, limit);
        }
        self.giveWay();
        return found;
    }

    private static void deliverToAlias(
            LocalProcess self,
            LocalRef alias,
            Object message,
            boolean priority,
            @Nullable Duration limit) {
        LocalProcess receiver = alias.owner().process();
        if (receiver instanceof LimitedProcess limited
                && !priority
                && Admission.counts(self, limited, alias, message)) {
            Admission.send(self, alias, limited, message, limit);
            return;
        }
        Object isolated = isolated(message, alias.owner());
        if (receiver != null) {
            if (self.has(Attention.TRACED)) {
                Tracing.sent(self, alias, alias.owner(), isolated);
            }
            receiver.push(new Signal.Aliased(alias, isolated, priority), self);
        }
    }

    private static Signal message(LocalProcess self, LocalPid to, Object isolated) {
        return self.has(Attention.TRACED)
                ? Tracing.message(self, to, to, isolated)
                : new Signal.Message(isolated);
    }

    private static boolean deliverToName(
            LocalProcess self,
            Name name,
            @Nullable LocalPid target,
            Object message,
            @Nullable Duration limit) {
        if (target == null) {
            isolated(message, self.pid());
            return false;
        }
        if (target.process() instanceof LimitedProcess limited
                && Admission.counts(self, limited, name, message)) {
            Admission.send(self, name, limited, message, limit);
        } else {
            Routing.deliver(self, name, target, isolated(message, target));
        }
        return true;
    }

    private static Object isolated(@Nullable Object message, LocalPid to) {
        return Objects.requireNonNull(Isolation.pass(message, to), "a message must not be null");
    }
}
