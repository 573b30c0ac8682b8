package dev.bureau.micrometer;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Subscription;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.observer.events.NodeEvents;
import dev.bureau.otp.supervision.Restarts;
import dev.bureau.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a node does, as meters of Micrometer.
///
/// ```java
/// MeterRegistry registry = new SimpleMeterRegistry();
/// try (NodeMetrics metrics = NodeMetrics.of(node()).withHandlers()) {
///     metrics.bindTo(registry);
///     chat();
/// }
/// ```
///
/// | meter | what |
/// |---|---|
/// | `bureau.processes` | how many processes are alive |
/// | `bureau.processes.spawned`, `bureau.processes.ended` | how many have begun and ended so far |
/// | `bureau.processes.crashed` | how many have ended of an error that was reported |
/// | `bureau.restarts` | how often supervisors have started a child again |
/// | `bureau.schedulers` | how many processes can run at the same time |
/// | `bureau.schedulers.utilisation` | for what part of the time since the last look they had something to run, from 0 to 1 |
/// | `bureau.run.queue` | how many processes are runnable and wait |
/// | `bureau.schedulers.away` | how many carriers have not come back from what they run |
/// | `bureau.mailbox.overflows` | how many messages have found a mailbox full |
/// | `bureau.handler` | a timer of the messages that behaviours handle, with the tags `module` and `outcome` (`ok`, `failed`); [#withHandlers()] only |
///
/// All have the tag `node`. They are read when the registry is; between two of that they cost nothing. [#withHandlers()] has all processes traced, which
/// makes each of their messages slower.
///
/// For figures of single processes, of which there are too many for a registry, see [dev.bureau.observer.Observer#top(int)].
public final class NodeMetrics implements MeterBinder, AutoCloseable {
    private final Node node;
    private final LocalNode local;
    private final boolean handlers;

    /// Guarded by itself.
    private final List<Subscription> subscriptions = new ArrayList<>();

    private NodeMetrics(Node node, boolean handlers) {
        this.node = node;
        this.local = Nodes.local(node);
        this.handlers = handlers;
    }

    /// Those of a node.
    public static NodeMetrics of(Node node) {
        return new NodeMetrics(node, false);
    }

    /// With a timer of all handlers.
    public NodeMetrics withHandlers() {
        return new NodeMetrics(node, true);
    }

    /// Registers the meters; for each registry again.
    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of(Tag.of("node", node.id().toString()));
        processes(registry, tags);
        schedulers(registry, tags);
        Counter crashes =
                Counter.builder("bureau.processes.crashed")
                        .description("processes that have ended of an error")
                        .tags(tags)
                        .register(registry);
        Counter overflows =
                Counter.builder("bureau.mailbox.overflows")
                        .description("messages that have found a mailbox full")
                        .baseUnit(BaseUnits.MESSAGES)
                        .tags(tags)
                        .register(registry);
        keep(
                node.onReport(
                        System.Logger.Level.ERROR,
                        report -> {
                            if (report.kind() == Report.Kind.CRASH) crashes.increment();
                        }));
        keep(node.onOverflow(_ -> overflows.increment()));
        if (handlers) handlers(registry, tags);
    }

    private void processes(MeterRegistry registry, Tags tags) {
        Gauge.builder("bureau.processes", local, LocalNode::processCount)
                .description("processes that are alive")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("bureau.processes.spawned", local, LocalNode::spawnCount)
                .description("processes that have begun")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "bureau.processes.ended",
                        local,
                        of -> Math.max(0, of.spawnCount() - of.processCount()))
                .description("processes that have ended")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("bureau.restarts", Restarts.of(node), Restarts::count)
                .description("children that were started again")
                .tags(tags)
                .register(registry);
    }

    private void schedulers(MeterRegistry registry, Tags tags) {
        SchedulerMeter meter = new SchedulerMeter(local);
        Gauge.builder("bureau.schedulers", node, Node::schedulers)
                .description("processes that can run at the same time")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("bureau.schedulers.utilisation", meter, SchedulerMeter::utilisation)
                .description("part of the time in which schedulers had something to run")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("bureau.run.queue", meter, SchedulerMeter::runQueue)
                .description("processes that are runnable and wait")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("bureau.schedulers.away", meter, SchedulerMeter::away)
                .description("carriers that have not come back")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void handlers(MeterRegistry registry, Tags tags) {
        NodeEvents.publish(node);
        Telemetry telemetry = Telemetry.of(node);
        Object id = new Object();
        telemetry.attach(
                id,
                "bureau.handler.*",
                event ->
                        Timer.builder("bureau.handler")
                                .description("messages handled by behaviours")
                                .tags(tags)
                                .tag("module", event.metadata("module", String.class))
                                .tag("outcome", event.name().endsWith("stop") ? "ok" : "failed")
                                .register(registry)
                                .record(
                                        event.measurement("duration").longValue(),
                                        TimeUnit.NANOSECONDS));
        keep(() -> telemetry.detach(id));
    }

    private void keep(Subscription subscription) {
        synchronized (subscriptions) {
            subscriptions.add(subscription);
        }
    }

    /// Counts no longer. The meters stay in their registries.
    @Override
    public void close() {
        List<Subscription> all;
        synchronized (subscriptions) {
            all = List.copyOf(subscriptions);
            subscriptions.clear();
        }
        all.forEach(Subscription::close);
    }
}
