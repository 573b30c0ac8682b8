package dev.bureau.observer.events;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Subscription;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.supervision.Restarts;
import dev.bureau.telemetry.Telemetry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Publishes what happens on a node through its [Telemetry].
///
/// ```java
/// NodeEvents.publish(node());
/// Telemetry.of(node()).attach("crashes", "bureau.process.crash", event -> IO.println(event.metadata()));
/// ```
///
/// | event | measurements | metadata |
/// |---|---|---|
/// | `bureau.process.spawn` | `count` | `pid`, `parent` if a process has spawned it |
/// | `bureau.process.exit` | `count` | `pid`, `reason` |
/// | `bureau.process.crash` | `count` | `report` ([Report]) |
/// | `bureau.supervisor.restart` | `count` | `supervisor`, `child` (its id), `reason` |
/// | `bureau.mailbox.overflow` | `count` | `overflow` ([dev.bureau.kernel.MailboxOverflow]) |
/// | `bureau.handler.stop` | `duration` | `pid`, `module`, `message` |
/// | `bureau.handler.exception` | `duration` | `pid`, `module`, `message`, `reason` |
/// | `bureau.alarm.set`, `bureau.alarm.clear` | `count` | `alarm` ([dev.bureau.observer.Alarm]); needs [dev.bureau.observer.Observer#alarms()] |
///
/// Each event is made only while somebody handles it. Those of `bureau.process.spawn`, `.exit` and `bureau.handler` have all processes
/// traced meanwhile, which makes each of their messages slower.
public final class NodeEvents {
    private static final NodeLocal<NodeEvents> OF_NODE = NodeLocal.of(NodeEvents::new);

    private final Node node;
    private final LocalNode local;
    private final Telemetry telemetry;

    // Guarded by this.
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    private NodeEvents(Node node) {
        this.node = node;
        this.local = Nodes.local(node);
        this.telemetry = Telemetry.of(node);
    }

    /// Publishes them from now on; more than once has no further effect.
    public static void publish(Node node) {
        Telemetry.of(node); // before, since the value of one node-local does not ask for another
        NodeEvents events = OF_NODE.get(node);
        events.begin();
    }

    private synchronized void begin() {
        if (subscriptions.putIfAbsent("", () -> {}) != null) return;
        telemetry.onChange(this::adapt);
        adapt();
    }

    /// Listens to what is wanted, and no longer to what is not.
    private synchronized void adapt() {
        boolean spawn = telemetry.isHandled("bureau.process.spawn");
        boolean exit = telemetry.isHandled("bureau.process.exit");
        boolean handle =
                telemetry.isHandled("bureau.handler.stop")
                        || telemetry.isHandled("bureau.handler.exception");
        on("lives", spawn || exit || handle, this::trace);
        on(
                "crash",
                telemetry.isHandled("bureau.process.crash"),
                () -> node.onReport(System.Logger.Level.ERROR, this::crash));
        on(
                "restart",
                telemetry.isHandled("bureau.supervisor.restart"),
                () -> Restarts.of(node).listen(this::restart));
        on(
                "overflow",
                telemetry.isHandled("bureau.mailbox.overflow"),
                () ->
                        node.onOverflow(overflow ->
                                telemetry.execute(
                                        "bureau.mailbox.overflow",
                                        Map.of("count", 1),
                                        Map.of("overflow", overflow))));
    }

    private void on(String what, boolean wanted, Supplier<Subscription> begin) {
        if (wanted) {
            subscriptions.computeIfAbsent(what, _ -> begin.get());
        } else {
            Subscription had = subscriptions.remove(what);
            if (had != null) had.close();
        }
    }

    private void crash(Report report) {
        if (report.kind() != Report.Kind.CRASH) return;
        telemetry.execute("bureau.process.crash", Map.of("count", 1), Map.of("report", report));
    }

    private void restart(Restarts.Restart restart) {
        telemetry.execute(
                "bureau.supervisor.restart",
                Map.of("count", 1),
                Map.of(
                        "supervisor",
                        restart.supervisor(),
                        "child",
                        restart.child(),
                        "reason",
                        restart.reason()));
    }

    private Subscription trace() {
        Tracer tracer = new Lives();
        Tracing.attachToAll(local, tracer);
        return () -> Tracing.detach(local, tracer);
    }

    private final class Lives implements Tracer {
        @Override
        public void spawned(@Nullable LocalProcess parent, LocalProcess child) {
            telemetry.execute(
                    "bureau.process.spawn",
                    Map.of("count", 1),
                    parent == null
                            ? Map.of("pid", child.pid())
                            : Map.of("pid", child.pid(), "parent", parent.pid()));
        }

        @Override
        public void ended(LocalProcess process, ExitReason reason) {
            telemetry.execute(
                    "bureau.process.exit",
                    Map.of("count", 1),
                    Map.of("pid", process.pid(), "reason", reason));
        }

        @Override
        public void handle(LocalProcess self, String module, Object message, Handling work)
                throws Exception {
            long begin = System.nanoTime();
            try {
                work.run();
            } catch (Exception | Error failed) {
                if (Loop.isStop(failed)) stopped(self, module, message, begin);
                else failed(self, module, message, begin, failed);
                throw failed;
            }
            stopped(self, module, message, begin);
        }

        private void stopped(LocalProcess self, String module, Object message, long begin) {
            telemetry.execute(
                    "bureau.handler.stop",
                    Map.of("duration", System.nanoTime() - begin),
                    Map.of("pid", self.pid(), "module", module, "message", message));
        }

        private void failed(
                LocalProcess self, String module, Object message, long begin, Throwable reason) {
            telemetry.execute(
                    "bureau.handler.exception",
                    Map.of("duration", System.nanoTime() - begin),
                    Map.of(
                            "pid",
                            self.pid(),
                            "module",
                            module,
                            "message",
                            message,
                            "reason",
                            reason));
        }
    }

    @Override
    public String toString() {
        return "NodeEvents[" + node + "]";
    }
}
