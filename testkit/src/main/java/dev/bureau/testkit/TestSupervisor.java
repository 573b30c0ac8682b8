package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.trapExits;
import static java.time.Duration.ofSeconds;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.StartException;
import dev.bureau.otp.Supervisor;
import org.jspecify.annotations.Nullable;

/// The supervisor of what a test starts. It is there from the first child on, and as long as the test.
///
/// It is linked to a process that does nothing but keep it, not to the test: that may be trapping exits, and may be killed
/// by what it tests.
final class TestSupervisor {
    private static final NodeLocal<TestSupervisor> OF_NODE =
            NodeLocal.of(_ -> new TestSupervisor());

    private @Nullable Kept kept;

    private TestSupervisor() {}

    private record Kept(Pid keeper, Pid supervisor) {}

    private record Stop() {}

    private record Keeper(Pid test) implements Body {
        @Override
        public void run() {
            trapExits(true);
            // As many restarts as ExUnit's.
            Pid supervisor =
                    Supervisor.startLink(Supervisor.ONE_FOR_ONE.intensity(1_000_000, ofSeconds(1)));
            send(test, new Kept(self(), supervisor));
            receive(Stop.class);
            Supervisor.stop(supervisor);
        }
    }

    /// Starts a child.
    ///
    /// @throws AssertionError if it does not start
    static Pid start(ChildSpec spec) {
        ChildResult.OfStart started = Supervisor.startChild(OF_NODE.get(node()).supervisor(), spec);
        try {
            return started.orThrow();
        } catch (StartException failed) {
            throw new AssertionError(
                    "expected the child " + spec.id() + " to start: " + failed.getMessage(),
                    failed);
        }
    }

    /// Stops a child and forgets it; false if there is none of that id.
    static boolean stopChild(Object id) {
        Kept known = OF_NODE.get(node()).kept();
        if (known == null || !Supervisor.terminateChild(known.supervisor, id)) return false;
        Supervisor.deleteChild(known.supervisor, id);
        return true;
    }

    /// Stops all children of a node, the latest first. For a thread that is no process, or has been one.
    static void stop(Node node) {
        Kept known = OF_NODE.get(node).take();
        if (known != null) node.run(() -> stop(known));
    }

    /// Stops all children of the node of the calling process, the latest first.
    static void stop() {
        Kept known = OF_NODE.get(node()).take();
        if (known != null) stop(known);
    }

    private static void stop(Kept known) {
        Ref end = monitor(known.keeper);
        send(known.keeper, new Stop());
        receive(end, Down.class);
    }

    private synchronized Pid supervisor() {
        Kept known = kept;
        if (known == null) {
            Pid keeper = spawn(new Keeper(self()));
            known = receive(Kept.class, up -> up.keeper().equals(keeper));
            kept = known;
        }
        return known.supervisor;
    }

    private synchronized @Nullable Kept kept() {
        return kept;
    }

    private synchronized @Nullable Kept take() {
        Kept known = kept;
        kept = null;
        return known;
    }
}
