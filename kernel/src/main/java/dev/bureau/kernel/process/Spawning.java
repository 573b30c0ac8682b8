package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.SpawnReply;
import dev.bureau.kernel.SystemLimit;
import dev.bureau.kernel.isolation.Isolation;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Starting processes (OTP P-04 to P-07).
public final class Spawning {
    private Spawning() {}

    /// A new process and, if it was asked for, the monitor on it.
    public record Started(LocalPid pid, @Nullable LocalRef monitor) {}

    /// Starts a process. Link and monitor are in place before it runs, so its real end is always seen. `parent` is
    /// null when a thread outside starts it, which then can neither link nor monitor.
    public static Started spawn(
            LocalNode node,
            @Nullable LocalProcess parent,
            Body body,
            SpawnOptions options,
            boolean monitor,
            @Nullable Function<? super Down, ?> as) {
        if (parent != null) {
            parent.enter();
        }
        LocalProcess child = node.create(parent, options.mailbox());
        MonitorRef ref = monitor && parent != null ? monitorOf(parent, child, as) : null;
        return start(parent, child, body, options, ref);
    }

    /// Starts a process that is told, as the reference it gets, where to say that it is up: the monitor on it is an
    /// alias too. So the parent waits for one thing: its answer, or its end.
    public static Started spawnAnswering(
            LocalProcess parent, Function<? super LocalRef, Body> body, SpawnOptions options) {
        parent.enter();
        LocalProcess child = parent.node().create(parent, options.mailbox());
        MonitorRef ref = monitorOf(parent, child, null);
        ref.alias(AliasMode.EXPLICIT);
        return start(parent, child, body.apply(ref), options, ref);
    }

    private static MonitorRef monitorOf(
            LocalProcess parent, LocalProcess child, @Nullable Function<? super Down, ?> as) {
        MonitorRef ref =
                new MonitorRef(
                        parent.pid(),
                        parent.nextReference(),
                        parent.mark(),
                        child.pid(),
                        as,
                        false);
        ref.target = child.pid();
        return ref;
    }

    private static Started start(
            @Nullable LocalProcess parent,
            LocalProcess child,
            Body body,
            SpawnOptions options,
            @Nullable MonitorRef ref) {
        try {
            prepare(parent, child, body, options, ref);
            traceSpawn(parent, child);
            child.interleave();
            child.start();
        } catch (Throwable refused) {
            discard(child, parent, ref);
            throw refused;
        }
        return new Started(child.pid(), ref);
    }

    private static void traceSpawn(@Nullable LocalProcess parent, LocalProcess child) {
        if (child.has(Attention.TRACED) || (parent != null && parent.has(Attention.TRACED))) {
            Tracing.spawned(parent, child);
        }
    }

    /// Gives it all it needs to run.
    private static void prepare(
            @Nullable LocalProcess parent,
            LocalProcess child,
            Body body,
            SpawnOptions options,
            @Nullable MonitorRef ref) {
        child.interleave();
        // The body last: what it hands over has changed hands then.
        Object label = Isolation.pass(options.label());
        if (label != null) {
            Inspection.label(child, label);
        }
        child.body(
                (Body)
                        Objects.requireNonNull(
                                Isolation.pass(body, child.pid()), "the body is null"));
        child.schedulingPriority(options.priority());
        if (parent != null) {
            attach(parent, child, options, ref);
        }
    }

    /// Starts a process; the outcome comes as a [SpawnReply], if it is `wanted`, instead of being returned. With
    /// `monitor` the reference is that of a monitor on the process too.
    public static LocalRef request(
            LocalProcess self,
            Body body,
            SpawnOptions options,
            SpawnReply.Wanted wanted,
            boolean monitor) {
        self.enter();
        LocalProcess child;
        try {
            child = self.node().create(self, options.mailbox());
        } catch (SystemLimit refused) {
            return answer(self, self.ref(), failed(refused), wanted);
        }
        MonitorRef watch = monitor ? monitorOf(self, child, null) : null;
        LocalRef ref = watch == null ? self.ref() : watch;
        try {
            prepare(self, child, body, options, watch);
        } catch (NotShareableException refused) {
            discard(child, self, watch);
            return answer(self, ref, failed(refused), wanted);
        } catch (Throwable refused) {
            discard(child, self, watch);
            throw refused;
        }
        // Before it runs: whatever comes of it, its end too, comes after the reply.
        answer(self, ref, asked -> new SpawnReply.Started(asked, child.pid()), wanted);
        traceSpawn(self, child);
        child.interleave();
        try {
            child.start();
        } catch (Throwable refused) {
            Termination.of(child, ExitReason.NOPROC);
            throw refused;
        }
        return ref;
    }

    private static Function<LocalRef, SpawnReply> failed(Exception refused) {
        return ref -> new SpawnReply.Failed(ref, new ExitReason.Crash(refused));
    }

    private static LocalRef answer(
            LocalProcess self,
            LocalRef ref,
            Function<LocalRef, SpawnReply> outcome,
            SpawnReply.Wanted wanted) {
        SpawnReply reply = outcome.apply(ref);
        if (wanted.includes(reply)) {
            ref.alias(AliasMode.REPLY);
            self.push(new Signal.Aliased(ref, reply, false));
            // A request to one's own node is over when it returns, and cannot be abandoned any
            // more.
            Reception.onBehalf(self);
        }
        return ref;
    }

    /// The reply shall not come; false if it has.
    public static boolean abandon(LocalProcess self, LocalRef request) {
        return Monitoring.unalias(self, request);
    }

    private static void attach(
            LocalProcess parent,
            LocalProcess child,
            SpawnOptions options,
            @Nullable MonitorRef ref) {
        boolean link = options.isLinked();
        if (!link && ref == null) {
            return;
        }
        // The child has not run, but others may have found it in the list of processes.
        child.lock();
        if (link) {
            Reception.linksOf(child).link(parent.pid());
        }
        if (ref != null) {
            Monitors.watchersOf(child).add(ref);
        }
        child.unlock();
        Reception.again(child);

        parent.lock();
        if (parent.has(Attention.EXITING)) {
            parent.unlock();
            parent.enter();
            throw new IllegalStateException(parent + " goes on although it is exiting");
        }
        if (link) {
            Links links = Reception.linksOf(parent);
            links.link(child.pid());
            if (options.isLinkUrgent()) {
                parent.mailboxForMessage().expectUrgent();
                links.urgent(child.pid(), true);
            }
        }
        if (ref != null) {
            Monitors.monitorsOf(parent).add(ref);
        }
        parent.unlock();
        Reception.again(parent);
    }

    /// The child never ran: as if it had not been, for the parent; whoever else knows of it is told.
    private static void discard(
            LocalProcess child, @Nullable LocalProcess parent, @Nullable MonitorRef ref) {
        if (parent != null) {
            parent.lock();
            if (parent.links != null) {
                parent.links.unlinkReceived(child.pid());
            }
            if (parent.monitors != null && ref != null) {
                parent.monitors.remove(ref);
            }
            parent.unlock();
            Reception.again(parent);
        }
        Termination.of(child, ExitReason.NOPROC);
    }
}
