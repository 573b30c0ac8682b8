package dev.bureau.observer;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import java.time.Duration;

/// Sees what a running node does, without stopping it.
///
/// ```java
/// Observer observer = Observer.of(node());
/// Top top = observer.top(10);                             // who uses most CPU
/// IO.println(top);
/// IO.println(observer.stack(top.rows().getFirst().pid())); // and what for
/// ```
///
/// **Failure.** A process that has ended, or is of another node, is told by [NoSuchProcess].
///
/// **Threading.** Any thread may call, a process or not. Processes go on meanwhile.
///
/// Follows what OTP's `observer`, `etop` and `recon` show.
public final class Observer {
    /// For how long `top` looks, unless told otherwise.
    public static final Duration WINDOW = Duration.ofSeconds(1);

    private static final NodeLocal<Observer> OBSERVERS = NodeLocal.of(Observer::new);

    private final Node node;
    private final LocalNode local;

    private Observer(Node node) {
        this.node = node;
        this.local = Nodes.local(node);
    }

    /// The observer of a node: one and the same for all who ask.
    public static Observer of(Node node) {
        return OBSERVERS.get(node);
    }

    /// The node that it observes.
    public Node node() {
        return node;
    }

    // ---- processes

    /// The processes that use most CPU, within a second from now.
    public Top top(int most) {
        return top(most, Top.Order.CPU);
    }

    /// The processes that do most of something, within a second from now.
    public Top top(int most, Top.Order order) {
        return top(most, order, WINDOW);
    }

    /// The processes that do most of something, within `window` from now: for which it waits, if it is from 10 milliseconds to
    /// 10 minutes.
    public Top top(int most, Top.Order order, Duration window) {
        return new TopQuery(local, most, order).within(window);
    }

    /// What is known of a process, without what is in its messages, its state and its dictionary.
    ///
    /// @throws NoSuchProcess if it has ended, or is none of this node
    public ProcessDetails info(Pid pid) {
        return Inspecting.details(process(pid));
    }

    /// Where the code of a process stands.
    ///
    /// @throws NoSuchProcess if it has ended, or is none of this node
    public ProcessStack stack(Pid pid) {
        return Inspecting.stack(process(pid));
    }

    private LocalProcess process(Pid pid) {
        if (!pid.node().equals(node.id())) throw NoSuchProcess.ofAnother(node, pid);
        LocalProcess process = ((LocalPid) pid).process();
        if (process == null) throw NoSuchProcess.ended(pid);
        return process;
    }

    @Override
    public String toString() {
        return "Observer[" + node + "]";
    }
}
