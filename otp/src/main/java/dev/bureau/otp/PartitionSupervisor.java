package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.supervision.PartitionSupervisorLoop;
import dev.bureau.otp.supervision.Partitions;
import dev.bureau.otp.supervision.SupervisorRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Several processes of the same kind instead of one that would be a bottleneck; a key decides which of them to ask.
///
/// ```java
/// PartitionSupervisor.startLink("counters", _ -> new Counter().childSpec());
///
/// cast(PartitionSupervisor.via("counters", user.id()), new Increment());
/// ```
///
/// There are as many partitions as the node has schedulers, or as many as are asked for. A key always leads to the same
/// partition while their number is the same: an integer by its value, anything else by its hash code. So the processes must
/// not depend on each other. With partitions that are dynamic supervisors, many children can be started at the same time:
///
/// ```java
/// PartitionSupervisor.startLink("sessions", _ -> DynamicSupervisor.childSpec(DynamicSupervisor.flags()));
///
/// DynamicSupervisor.startChild(PartitionSupervisor.via("sessions", self()), session);
/// ```
///
/// **Failure** and **threading** are those of a [Supervisor], which it is; the ids of its children are the numbers of the
/// partitions, from 0. Finding the process of a key asks nobody.
///
/// Follows Elixir's `PartitionSupervisor` (PS-01 to PS-03). Not for one child for each user or thing: that is a
/// [DynamicSupervisor] with a [Registry].
public final class PartitionSupervisor {
    private PartitionSupervisor() {}

    /// Starts one with a local name and as many partitions as there are schedulers, linked to this process. `child` says
    /// how to start each partition; the id in its spec is not looked at.
    public static Pid startLink(String name, IntFunction<ChildSpec> child) {
        return startLink(name, Bureau.node().schedulers(), child);
    }

    /// Starts one with a local name and this number of partitions, linked to this process.
    public static Pid startLink(String name, int partitions, IntFunction<ChildSpec> child) {
        return startLink(StartOptions.named(name), Supervisor.ONE_FOR_ONE, partitions, child);
    }

    /// Starts one, linked to this process.
    ///
    /// @throws IllegalArgumentException if `options` have no name, `flags` an end of its own, or there is no partition
    /// @throws StartException if not all are up and this process traps exits; else this process goes down with it
    public static Pid startLink(
            StartOptions options,
            Supervisor.Flags flags,
            int partitions,
            IntFunction<ChildSpec> child) {
        return starter(options, flags, partitions, child).start().orThrow();
    }

    /// How to start one linked to whoever starts it: for a [ChildSpec], or to look at what comes of it. Calls `child` at
    /// once, for each partition.
    ///
    /// @throws IllegalArgumentException if `options` have no name, `flags` an end of its own, or there is no partition
    public static Starter starter(
            StartOptions options,
            Supervisor.Flags flags,
            int partitions,
            IntFunction<ChildSpec> child) {
        if (options.name() == null) {
            throw new IllegalArgumentException(
                    "expected a name, under which keys are looked up; to mend it: named(\"...\")");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "expected a number of partitions of one or more, got: " + partitions);
        }
        if (flags.autoShutdown() != Supervisor.AutoShutdown.NEVER) {
            throw new IllegalArgumentException(
                    "expected a partition supervisor to shut down NEVER by itself, got: "
                            + flags.autoShutdown());
        }
        List<ChildSpec> children = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            ChildSpec spec =
                    Objects.requireNonNull(child.apply(partition), "the child spec is null");
            children.add(
                    new ChildSpec(
                            partition,
                            new PartitionSupervisorLoop.NotedStart(partition, spec.start()),
                            spec.restart(),
                            spec.shutdown(),
                            spec.type(),
                            spec.significant()));
        }
        return new Starter(options, flags, List.copyOf(children));
    }

    /// One as a child of another supervisor, with a local name, which is its id too, and as many partitions as there are
    /// schedulers.
    public static ChildSpec childSpec(String name, IntFunction<ChildSpec> child) {
        return childSpec(name, Bureau.node().schedulers(), child);
    }

    /// One as a child of another supervisor, with a local name, which is its id too, and this number of partitions.
    public static ChildSpec childSpec(String name, int partitions, IntFunction<ChildSpec> child) {
        return ChildSpec.supervisor(
                name, starter(StartOptions.named(name), Supervisor.ONE_FOR_ONE, partitions, child));
    }

    /// Starts a partition supervisor linked to the calling process.
    public record Starter(StartOptions options, Supervisor.Flags flags, List<ChildSpec> children)
            implements ChildSpec.Starter {
        @Override
        public Start start() {
            return Starting.start(
                            () -> new PartitionSupervisorLoop(flags, children),
                            options,
                            Starting.Bond.LINK)
                    .start();
        }
    }

    // ---- finding a partition

    /// The partition that `key` leads to, wherever a destination is asked for. Whoever uses it ends with `NOPROC` if there is no
    /// such supervisor, except to cast.
    public static Name via(String supervisor, Object key) {
        return via(Name.local(supervisor), key);
    }

    /// The partition that `key` leads to.
    public static Name via(Name supervisor, Object key) {
        return Name.via(new Partitions.Names(supervisor), key);
    }

    /// How many partitions there are.
    ///
    /// @throws ExitException if there is no such supervisor
    public static int partitions(Destination supervisor) {
        return Partitions.of(supervisor, "partitions").size();
    }

    /// How many partitions the supervisor under a local name has.
    public static int partitions(String supervisor) {
        return partitions(Name.local(supervisor));
    }

    /// Changes the number of partitions, by stopping or starting the last ones; returns what it was. Most keys lead
    /// elsewhere afterwards. With none at all, looking up a key throws an [IllegalStateException].
    ///
    /// @throws IllegalArgumentException if `partitions` is not between zero and the number it was started with, or one does
    /// not start again
    public static int resize(Destination supervisor, int partitions) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.Resize(partitions));
    }

    /// Changes the number of partitions of the supervisor under a local name.
    public static int resize(String supervisor, int partitions) {
        return resize(Name.local(supervisor), partitions);
    }

    // ---- as with any supervisor

    /// Its partitions, the last first.
    public static List<ChildInfo> whichChildren(Destination supervisor) {
        return Supervisor.whichChildren(supervisor);
    }

    /// The partitions of the supervisor under a local name.
    public static List<ChildInfo> whichChildren(String supervisor) {
        return Supervisor.whichChildren(supervisor);
    }

    /// How many partitions it has, running or not.
    public static ChildCount countChildren(Destination supervisor) {
        return Supervisor.countChildren(supervisor);
    }

    /// How many partitions the supervisor under a local name has, running or not.
    public static ChildCount countChildren(String supervisor) {
        return Supervisor.countChildren(supervisor);
    }

    /// Stops all partitions and the supervisor, normally, and waits until it has ended, as long as that takes.
    ///
    /// @throws ExitException if there is none, or it ends for another reason
    public static void stop(Destination supervisor) {
        Supervisor.stop(supervisor);
    }

    /// Stops the supervisor of a local name.
    public static void stop(String supervisor) {
        stop(Name.local(supervisor));
    }

    /// Stops all partitions and the supervisor and waits until it has ended: for `limit` at most, or as long as it takes if
    /// that is null.
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    public static void stop(Destination supervisor, Object reason, @Nullable Duration limit) {
        Supervisor.stop(supervisor, reason, limit);
    }

    /// Stops the supervisor of a local name and waits until it has ended: for `limit` at most, or as long as it takes if that is null.
    public static void stop(String supervisor, Object reason, @Nullable Duration limit) {
        stop(Name.local(supervisor), reason, limit);
    }
}
