package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import org.jspecify.annotations.Nullable;

/// From a destination to the process behind it.
public final class Routing {
    private Routing() {}

    /// The live process that a pid or a name stands for, or null.
    public static @Nullable LocalPid find(LocalNode node, Destination destination) {
        return switch (destination) {
            case LocalPid pid -> pid.process() == null ? null : pid;
            case LocalRef alias -> alias.owner().process() == null ? null : alias.owner();
            case Name name -> find(node, name);
        };
    }

    private static @Nullable LocalPid find(LocalNode node, Name name) {
        return switch (name) {
            case Name.Local local -> pidOf(node.names().find(local.name()));
            case Name.Remote remote -> find(node, remote);
            case Name.Via via -> {
                Pid found = via.registrar().whereisName(via.key()).orElse(null);
                yield found == null ? null : find(node, found);
            }
        };
    }

    private static @Nullable LocalPid find(LocalNode node, Name.Remote remote) {
        NodeId id = node.id();
        return remote.node().name().equals(id.name())
                ? pidOf(node.names().find(remote.name()))
                : null;
    }

    private static @Nullable LocalPid pidOf(@Nullable LocalProcess process) {
        return process == null ? null : process.pid();
    }

    /// Puts a message, isolated before, into the inbox of `to`, which `destination` has led to; dropped when that process
    /// is gone (OTP X-02), or when the destination is an alias that has ended.
    public static void deliver(Destination destination, LocalPid to, Object isolated) {
        LocalProcess receiver = to.process();
        if (receiver != null) {
            receiver.push(message(destination, isolated));
        }
    }

    /// The same, by a process whose thread calls.
    static void deliver(LocalProcess self, Destination destination, LocalPid to, Object isolated) {
        LocalProcess receiver = to.process();
        if (receiver != null) {
            receiver.push(
                    self.has(Attention.TRACED)
                            ? tracedMessage(self, destination, to, isolated)
                            : message(destination, isolated),
                    self);
        }
    }

    private static Signal tracedMessage(
            LocalProcess self, Destination destination, LocalPid to, Object isolated) {
        if (destination instanceof LocalRef) {
            Tracing.sent(self, destination, to, isolated);
            return message(destination, isolated);
        }
        return Tracing.message(self, destination, to, isolated);
    }

    private static Signal message(Destination destination, Object isolated) {
        return destination instanceof LocalRef alias
                ? new Signal.Aliased(alias, isolated, false)
                : new Signal.Message(isolated);
    }
}
