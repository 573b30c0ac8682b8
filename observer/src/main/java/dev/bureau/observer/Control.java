package dev.bureau.observer;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Steers the processes of a running node. Apart from [Observer], which changes nothing, so that a surface can do without.
///
/// ```java
/// Pid pid = whereis("stack").orElseThrow();
/// Control.of(node()).kill(pid);
/// ```
///
/// All throw [NoSuchProcess] if the process has ended, or is none of this node. Any thread may call.
public final class Control implements Immutable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final NodeLocal<Control> CONTROLS = NodeLocal.of(Control::new);

    private final Node node;

    /// Who is suspended, and by which process of ours, whose end resumes it.
    private final Map<Pid, Pid> suspended = new ConcurrentHashMap<>();

    /// Asks a keeper whether it has suspended its process.
    private record Begin(From<Boolean> from) {}

    private Control(Node node) {
        this.node = node;
    }

    /// That of a node: one and the same for all who ask.
    public static Control of(Node node) {
        return CONTROLS.get(node);
    }

    /// Ends a process that cannot refuse; its `terminate` is not called (OTP X-08). What is left of code that does not stop is
    /// told by [Node#runaways].
    public void kill(Pid pid) {
        exit(pid, ExitReason.KILL);
    }

    /// Sends a process an exit signal: it ends, unless it traps exits or `reason` is `NORMAL`.
    public void exit(Pid pid, Object reason) {
        process(pid);
        Aside.asGuest(
                node,
                () -> {
                    Bureau.exit(pid, reason);
                    return true;
                });
    }

    /// Lets a process run no more until [#resume], or until the node ends. Returns whether its code has stopped within a
    /// second: it does with its next operation of the runtime or, if it is woven, its next loop. Nothing happens if it is
    /// suspended from here already.
    public boolean suspend(Pid pid) {
        process(pid);
        return Aside.asGuest(
                node,
                () -> {
                    if (suspended.containsKey(pid)) return true;
                    Pid keeper =
                            node.spawn(
                                    SpawnOptions.options().label("keeps " + pid + " suspended"),
                                    () -> keep(pid));
                    Pid other = suspended.putIfAbsent(pid, keeper);
                    if (other != null) {
                        Bureau.exit(keeper, ExitReason.KILL);
                        return true;
                    }
                    return begin(pid, keeper);
                });
    }

    private boolean begin(Pid pid, Pid keeper) {
        try {
            return Bureau.call(keeper, Begin::new, PATIENCE);
        } catch (ExitException failed) {
            if (failed.reason()
                    instanceof ExitReason.CallFailed(ExitReason.TimedOut _, _, _, _, _)) {
                return false;
            }
            suspended.remove(pid, keeper);
            throw NoSuchProcess.ended(pid);
        }
    }

    /// The body of a keeper.
    private static void keep(Pid pid) {
        Ref ended = Bureau.monitor(pid);
        Begin begin = Bureau.receive(Begin.class);
        try {
            Bureau.suspend(pid);
        } catch (IllegalArgumentException gone) {
            throw Bureau.exit(ExitReason.SHUTDOWN);
        }
        Bureau.reply(begin.from(), true);
        Bureau.receive(ended, Down.class);
    }

    /// Lets a process go on that was suspended from here; false if it was not.
    public boolean resume(Pid pid) {
        Pid keeper = suspended.remove(pid);
        if (keeper == null) {
            process(pid);
            return false;
        }
        return Aside.asGuest(
                node,
                () -> {
                    Ref end = Bureau.monitor(keeper);
                    Bureau.exit(keeper, ExitReason.KILL);
                    Bureau.receive(end, Down.class);
                    return true;
                });
    }

    /// Who is suspended from here, and alive.
    public List<Pid> suspended() {
        suspended.keySet().removeIf(pid -> ((LocalPid) pid).process() == null);
        return suspended.keySet().stream().sorted().toList();
    }

    private void process(Pid pid) {
        LocalProcess _ = Inspecting.process(node, pid);
    }

    @Override
    public String toString() {
        return "Control[" + node + "]";
    }
}
