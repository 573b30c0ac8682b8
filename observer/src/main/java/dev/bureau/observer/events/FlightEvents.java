package dev.bureau.observer.events;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Report.Subscription;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.kernel.process.Carriers;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.kernel.process.Sample;
import dev.bureau.kernel.process.Tracer;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.otp.supervision.Restarts;
import java.lang.ref.WeakReference;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/// Writes what happens on a node into JDK Flight Recorder, while there is a recording that wants it.
///
/// ```java
/// try (var _ = FlightEvents.start(node())) {
///     chat();
/// }
/// ```
///
/// The events are those of [ProcessEvents]: which a recording has, its settings say. What none wants costs nothing, and before the first recording
/// nothing of the recorder is loaded. `bureau run`, and a node that has a name, do this by themselves, so a recording that is started by
/// `jcmd PID JFR.start` or `-XX:StartFlightRecording` has them.
///
/// Whether events of single processes and handlers are wanted is looked at when a recording starts or stops, and each second while one has
/// `dev.bureau.Processes`.
/*
 * The recorder knows the node through a weak reference only, so that it keeps none that was stopped and forgotten.
 */
public final class FlightEvents implements AutoCloseable {
    private static final int MOST_MAILBOXES = 100;

    private static final NodeLocal<FlightEvents> OF_NODE = NodeLocal.of(FlightEvents::new);

    private final Node node;
    private final LocalNode local;
    private final Runnable statistics = this::statistics;
    private final Runnable mailboxes = this::mailboxes;
    private final Runnable spares = this::carriers;
    private final Listener listener = new Listener(this);
    private final Tracer tracer = new Lives();

    // Guarded by this.
    private boolean started;
    private boolean installed;
    private boolean traces;
    private @Nullable Subscription restarts;

    private FlightEvents(Node node) {
        this.node = node;
        this.local = Nodes.local(node);
    }

    /// Writes them from now on, until it is closed; more than once has no further effect.
    public static FlightEvents start(Node node) {
        Restarts.of(node); // before, since the value of one node-local does not ask for another
        FlightEvents events = OF_NODE.get(node);
        events.begin();
        return events;
    }

    private void begin() {
        synchronized (this) {
            if (started) return;
            started = true;
        }
        FlightRecorder.addListener(listener); // who is told at once if there is a recorder
    }

    /// There is a recorder.
    private void install() {
        synchronized (this) {
            if (!started || installed) return;
            installed = true;
        }
        for (Class<? extends Event> type : ProcessEvents.ALL) FlightRecorder.register(type);
        FlightRecorder.addPeriodicEvent(ProcessEvents.Processes.class, statistics);
        FlightRecorder.addPeriodicEvent(ProcessEvents.LongMailbox.class, mailboxes);
        FlightRecorder.addPeriodicEvent(ProcessEvents.CarrierAway.class, spares);
        adapt();
    }

    /// Writes no more.
    @Override
    public void close() {
        FlightRecorder.removeListener(listener);
        boolean had;
        synchronized (this) {
            had = installed;
            started = false;
            installed = false;
        }
        if (!had) return;
        for (Runnable each : List.of(statistics, mailboxes, spares)) {
            FlightRecorder.removePeriodicEvent(each);
        }
        adapt();
    }

    private static final class Listener implements FlightRecorderListener {
        private final WeakReference<FlightEvents> events;

        Listener(FlightEvents events) {
            this.events = new WeakReference<>(events);
        }

        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            FlightEvents live = live();
            if (live != null) live.install();
        }

        @Override
        public void recordingStateChanged(Recording recording) {
            FlightEvents live = live();
            if (live != null) live.adapt();
        }

        private @Nullable FlightEvents live() {
            FlightEvents found = events.get();
            if (found != null && !found.local.isStopped()) return found;
            if (found == null) FlightRecorder.removeListener(this);
            else found.close();
            return null;
        }
    }

    /// Traces all processes while somebody wants to know of each.
    private synchronized void adapt() {
        boolean wanted =
                installed
                        && (new ProcessEvents.ProcessStart().isEnabled()
                                || new ProcessEvents.ProcessEnd().isEnabled()
                                || new ProcessEvents.SlowHandler().isEnabled());
        if (wanted != traces) {
            traces = wanted;
            if (wanted) Tracing.attachToAll(local, tracer);
            else Tracing.detach(local, tracer);
        }
        boolean restartsWanted = installed && new ProcessEvents.Restart().isEnabled();
        Subscription had = restarts;
        if (restartsWanted && had == null) {
            restarts = Restarts.of(node).listen(FlightEvents::restart);
        } else if (!restartsWanted && had != null) {
            had.close();
            restarts = null;
        }
    }

    private static void restart(Restarts.Restart restart) {
        ProcessEvents.Restart event = new ProcessEvents.Restart();
        if (!event.shouldCommit()) return;
        event.supervisor = restart.supervisor().toString();
        event.child = text(restart.child());
        event.reason = text(restart.reason());
        event.commit();
    }

    /// By the recorder, each second while somebody wants these.
    private void statistics() {
        if (local.isStopped()) {
            close();
            return;
        }
        ProcessEvents.Processes event = new ProcessEvents.Processes();
        event.node = node.id().toString();
        event.count = local.processCount();
        event.spawned = local.spawnCount();
        event.restarts = Restarts.of(node).count();
        event.commit();
        adapt();
    }

    private void mailboxes() {
        if (local.isStopped()) return;
        Sample now = Sample.of(local);
        int[] written = new int[1];
        now.since(
                now,
                (process, _, _, _, queued) -> {
                    if (queued < ProcessEvents.LongMailbox.LEAST || written[0] == MOST_MAILBOXES) {
                        return;
                    }
                    written[0]++;
                    ProcessEvents.LongMailbox event = new ProcessEvents.LongMailbox();
                    event.process = process.pid().toString();
                    event.name = name(process);
                    event.messages = queued;
                    event.commit();
                });
    }

    private void carriers() {
        if (local.isStopped()) return;
        for (Carriers.Carrier carrier : Carriers.of(local).carriers()) {
            boolean away = carrier.duty() == Carriers.Duty.AWAY;
            if (!away && !carrier.pinned()) continue;
            ProcessEvents.CarrierAway event = new ProcessEvents.CarrierAway();
            event.carrier = carrier.thread();
            event.process = String.valueOf(carrier.running());
            event.pinned = carrier.pinned();
            event.away = carrier.awayNanos();
            event.commit();
        }
    }

    private static String name(LocalProcess process) {
        Object name = Tracing.nameOf(process);
        return name == null ? "" : text(name);
    }

    private static String text(Object value) {
        return BoundedText.of(value, 200);
    }

    private static final class Lives implements Tracer {
        @Override
        public void spawned(@Nullable LocalProcess parent, LocalProcess child) {
            ProcessEvents.ProcessStart event = new ProcessEvents.ProcessStart();
            if (!event.shouldCommit()) return;
            event.process = child.pid().toString();
            event.parent = parent == null ? "" : parent.pid().toString();
            event.name = name(child);
            event.initialCall = Inspection.initialCall(child);
            event.commit();
        }

        @Override
        public void ended(LocalProcess process, ExitReason reason) {
            ProcessEvents.ProcessEnd event = new ProcessEvents.ProcessEnd();
            if (!event.shouldCommit()) return;
            event.process = process.pid().toString();
            event.name = name(process);
            event.reason = text(reason);
            event.orderly = ExitReason.isOrderly(reason);
            event.commit();
        }

        @Override
        public void handle(LocalProcess self, String module, Object message, Handling work)
                throws Exception {
            ProcessEvents.SlowHandler event = new ProcessEvents.SlowHandler();
            event.begin();
            try {
                work.run();
            } finally {
                event.end();
                if (event.shouldCommit()) {
                    event.process = self.pid().toString();
                    event.module = module;
                    event.message = message.getClass().getName();
                    event.commit();
                }
            }
        }
    }

    @Override
    public String toString() {
        return "FlightEvents[" + node + "]";
    }
}
