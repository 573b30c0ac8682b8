package dev.bureau.kernel.process;

import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.isolation.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sending a message (OTP ).
public final class Sending {
    private Sending() {}

    /// Sends `message`, isolated, to a pid, a name or an alias. `priority` counts for an alias that allows it.
    public static void send(LocalProcess self, Destination to, Object message, boolean priority) {
        if (!deliver(self, to, message, priority)
                && to instanceof Name name
                && !(name instanceof Name.Remote)) {
            throw new NoSuchName(name);
        }
    }

    /// As [#send], but a name that nobody has is silent (OTP G-20).
    public static void cast(LocalProcess self, Destination to, Cast message) {
        deliver(self, to, message, false);
    }

    /// False if nobody has the name.
    private static boolean deliver(
            LocalProcess self, Destination to, Object message, boolean priority) {
        self.enter();
        boolean found = true;
        if (to instanceof LocalPid pid) {
            LocalProcess receiver = pid.process();
            // Checked also when nobody receives it: whether a program is right must not depend on
            // that.
            Object isolated = isolated(message, pid);
            if (receiver != null) {
                receiver.push(new Signal.Message(isolated));
            }
        } else if (to instanceof LocalRef alias) {
            Object isolated = isolated(message, alias.owner());
            LocalProcess receiver = alias.owner().process();
            if (receiver != null) {
                receiver.push(
                        new Signal.Aliased(
                                alias, isolated, priority && alias instanceof PriorityAlias));
            }
        } else {
            found = deliverToName(self, (Name) to, message);
        }
        self.giveWay();
        return found;
    }

    private static boolean deliverToName(LocalProcess self, Name name, Object message) {
        LocalPid target = Routing.find(self.node(), name);
        if (target != null) {
            Routing.deliver(name, target, isolated(message, target));
            return true;
        }
        isolated(message, self.pid());
        return false;
    }

    private static Object isolated(@Nullable Object message, LocalPid to) {
        return Objects.requireNonNull(Isolation.pass(message, to), "a message must not be null");
    }
}
