package dev.bureau.shell;

import dev.bureau.kernel.Node;
import dev.bureau.observer.Observer;
import dev.bureau.observer.events.FlightEvents;
import dev.bureau.observer.events.NodeEvents;
import dev.bureau.shell.attach.HostNode;
import dev.bureau.shell.attach.Listener;
import java.nio.file.Path;
import java.util.Objects;

/// A door in a running node: `bureau attach NAME` opens a shell behind it, and `bureau nodes` lists it.
///
/// ```java
/// try (var _ = AttachPoint.open(node(), "shop")) {
///     chat();
/// }
/// ```
///
/// It is a socket of the operating system in a folder that only the user of this virtual machine can enter. Whoever comes in
/// is in the node: lines typed there are Java, can read and change everything, and are not checked in any way. Do not open one where
/// users of the same account are not to be trusted with that.
///
/// **Failure.** A name that another node of this user has is refused, with the number of its process. What a session does
/// wrong ends its line, or the process of its lines, and nothing else.
///
/// **Threading.** May be opened and closed by any thread. A session's compiler runs on a thread of the operating system, its
/// lines in a process of the node, at high priority for as long as they are short: so it answers when all schedulers are
/// busy. While nobody is attached, it costs one waiting thread, and a few words for each of the last crashes.
///
/// **What else it does.** The node is one to be looked into, so from then on its last crashes are remembered ([Observer#crashes()]), it writes into
/// each recording of JDK Flight Recorder ([FlightEvents]) and publishes its events ([NodeEvents]), which cost nothing while nobody wants them. It does not
/// look out for alarms, which are logged: a program that is to do so calls [Observer#alarms()]; `bureau run --name` does.
///
/// Follows Erlang's remote shell (`erl -remsh`, `iex --remsh`), without the distribution protocol.
public final class AttachPoint implements AutoCloseable {
    private final Listener listener;

    private AttachPoint(Listener listener) {
        this.listener = listener;
    }

    /// Opens a node under a name, to lines that see the code of this virtual machine.
    ///
    /// @throws AttachException if the name is taken, or there is no place for a socket that is closed to other users
    public static AttachPoint open(Node node, String name) {
        String program = System.getProperty("sun.java.command", "").split(" ")[0];
        return open(node, name, program, ProgramCode.ofThisVirtualMachine());
    }

    /// Opens a node under a name.
    ///
    /// @param program what runs there, for `bureau nodes`
    /// @param code what lines at the prompt see
    /// @throws AttachException if the name is taken, or there is no place for a socket that is closed to other users
    public static AttachPoint open(Node node, String name, String program, ProgramCode code) {
        Objects.requireNonNull(node, "node");
        var host = HostNode.of(node, name, program, code);
        var open = new AttachPoint(Listener.start(host));
        // From now on crashes are remembered, for whoever attaches after them, and recordings and
        // handlers of telemetry find what they want.
        var _ = Observer.of(node);
        FlightEvents.start(node);
        NodeEvents.publish(node);
        return open;
    }

    /// The socket's file.
    public Path socket() {
        return listener.socket();
    }

    /// Closes the door, and ends the sessions. The node goes on.
    @Override
    public void close() {
        listener.close();
    }
}
