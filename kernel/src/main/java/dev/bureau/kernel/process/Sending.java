package dev.bureau.kernel.process;

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
        self.enter();
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
            sendToName(self, (Name) to, message);
        }
        self.giveWay();
    }

    private static void sendToName(LocalProcess self, Name name, Object message) {
        LocalPid target = Routing.find(self.node(), name);
        if (target != null) {
            Routing.deliver(name, target, isolated(message, target));
            return;
        }
        isolated(message, self.pid());
        if (!(name instanceof Name.Remote)) {
            throw new NoSuchName(name);
        }
    }

    private static Object isolated(@Nullable Object message, LocalPid to) {
        return Objects.requireNonNull(Isolation.pass(message, to), "a message must not be null");
    }
}
