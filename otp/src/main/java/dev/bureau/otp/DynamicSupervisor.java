package dev.bureau.otp;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.supervision.DynamicSupervisorLoop;
import dev.bureau.otp.supervision.GivenFlags;
import dev.bureau.otp.supervision.SupervisorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A supervisor that begins without children and gets them while it runs: connections, sessions, games.
///
/// ```java
/// DynamicSupervisor.startLink("connections");
///
/// Pid connection = DynamicSupervisor.startChild("connections", Connection.spec(socket)).orThrow();
/// DynamicSupervisor.terminateChild("connections", connection);
/// ```
///
/// As a child of another: `DynamicSupervisor.childSpec("connections")`.
///
/// Its children are known by their pids; the ids in their specs are not looked at, and may be the same. They are
/// independent of each other: only what has ended is started again, and when the supervisor stops, all are told to at the
/// same time, each with its own time. A temporary child that has ended leaves nothing behind.
///
/// **Failure** and **threading** are those of a [Supervisor]. Starting, the end and stopping of a child take the same time
/// however many there are. If one supervisor that starts them one after the other is too slow, see
/// [PartitionSupervisor].
///
/// Follows Elixir's `DynamicSupervisor` (DS-01 to DS-06). Not for children that are known beforehand or depend on each
/// other: that is a [Supervisor].
public interface DynamicSupervisor {
    /// How it supervises: `flags().maxChildren(1000)`.
    ///
    /// Immutable; each method returns changed ones.
    ///
    /// @param intensity how many restarts are allowed, of all children together
    /// @param maxChildren how many children it may have, those that are about to be started again included
    record Flags(Intensity intensity, int maxChildren) {
        public Flags {
            Objects.requireNonNull(intensity, "intensity");
            if (maxChildren < 0) {
                throw new IllegalArgumentException(
                        "expected a number of children of zero or more, got: " + maxChildren);
            }
        }

        /// With so many restarts allowed within `period`, which is whole seconds.
        public Flags intensity(int restarts, Duration period) {
            return intensity(Intensity.of(restarts, period));
        }

        /// With so many restarts allowed.
        public Flags intensity(Intensity allowed) {
            return new Flags(allowed, maxChildren);
        }

        /// With so many children at most.
        public Flags maxChildren(int most) {
            return new Flags(intensity, most);
        }
    }

    /// What `init` comes to.
    sealed interface Plan {
        /// To supervise so.
        record Supervise(Flags flags) implements Plan {
            public Supervise {
                Objects.requireNonNull(flags, "flags");
            }
        }

        /// Not to be needed.
        record Ignore() implements Plan {}
    }

    /// The reason of a start that failed because there are as many children as there may be.
    record MaxChildren(int limit) {
        @Override
        public String toString() {
            return "the supervisor has as many children as it may: " + limit;
        }
    }

    /// Three restarts in five seconds, as many children as come.
    static Flags flags() {
        return new Flags(Intensity.DEFAULT, Integer.MAX_VALUE);
    }

    // ---- the callback, and what it returns

    /// Decides how to supervise, in the new process. Without effects: `Sys.changeCode` calls it again.
    ///
    /// @throws Exception the start fails
    Plan init() throws Exception;

    /// Supervises so.
    default Plan supervise(Flags flags) {
        return new Plan.Supervise(flags);
    }

    /// It is not needed: it ends normally, and the start comes to [Start.Ignored].
    default Plan ignore() {
        return new Plan.Ignore();
    }

    // ---- starting and stopping

    /// Starts one, linked to this process.
    static Pid startLink() {
        return startLink(StartOptions.options(), flags());
    }

    /// Starts one with a local name, linked to this process.
    static Pid startLink(String name) {
        return startLink(name, flags());
    }

    /// Starts one, linked to this process.
    static Pid startLink(Flags flags) {
        return startLink(StartOptions.options(), flags);
    }

    /// Starts one with a local name, linked to this process.
    static Pid startLink(String name, Flags flags) {
        return startLink(StartOptions.named(name), flags);
    }

    /// Starts one, linked to this process.
    ///
    /// @throws StartException if its name is taken
    static Pid startLink(StartOptions options, Flags flags) {
        return starter(options, flags).start().orThrow();
    }

    /// Starts one that decides itself how to supervise, linked to this process.
    static Pid startLink(DynamicSupervisor supervisor) {
        return startLink(StartOptions.options(), supervisor);
    }

    /// Starts one that decides itself how to supervise, with a local name, linked to this process.
    static Pid startLink(String name, DynamicSupervisor supervisor) {
        return startLink(StartOptions.named(name), supervisor);
    }

    /// Starts one that decides itself how to supervise, linked to this process.
    static Pid startLink(StartOptions options, DynamicSupervisor supervisor) {
        return starter(options, supervisor).start().orThrow();
    }

    /// How to start one linked to whoever starts it: for a [ChildSpec], or to look at what comes of it.
    static Starter starter(StartOptions options, Flags flags) {
        return starter(options, new GivenFlags(new Plan.Supervise(flags)));
    }

    /// How to start one that decides itself how to supervise.
    static Starter starter(StartOptions options, DynamicSupervisor supervisor) {
        return new Starter(options, supervisor);
    }

    /// One as a child of another, with a local name, which is its id too.
    static ChildSpec childSpec(String name) {
        return childSpec(name, flags());
    }

    /// One as a child of another, with a local name, which is its id too.
    static ChildSpec childSpec(String name, Flags flags) {
        return ChildSpec.supervisor(name, starter(StartOptions.named(name), flags));
    }

    /// One that decides itself how to supervise as a child of another, with a local name, which is its id too.
    static ChildSpec childSpec(String name, DynamicSupervisor supervisor) {
        return ChildSpec.supervisor(name, starter(StartOptions.named(name), supervisor));
    }

    /// How another supervisor starts it, without a name: permanent, all the time it needs to shut down; its id is the name of
    /// its class.
    default ChildSpec childSpec() {
        return ChildSpec.supervisor(getClass().getName(), starter(StartOptions.options(), this));
    }

    /// One without a name as a child of another, such as a [PartitionSupervisor]; its id is the name of this class.
    static ChildSpec childSpec(Flags flags) {
        return ChildSpec.supervisor(
                DynamicSupervisor.class.getName(), starter(StartOptions.options(), flags));
    }

    /// Starts a dynamic supervisor linked to the calling process.
    record Starter(StartOptions options, DynamicSupervisor supervisor)
            implements ChildSpec.Starter {
        @Override
        public Start start() {
            return Starting.start(
                            () -> new DynamicSupervisorLoop(supervisor),
                            options,
                            Starting.Bond.LINK)
                    .start();
        }
    }

    /// Stops all children and the supervisor, normally, and waits until it has ended, as long as that takes.
    ///
    /// @throws ExitException if there is none, or it ends for another reason
    static void stop(Destination supervisor) {
        GenServer.stop(supervisor);
    }

    /// Stops the supervisor of a local name.
    static void stop(String supervisor) {
        stop(Name.local(supervisor));
    }

    /// Stops all children and the supervisor and waits until it has ended: for `limit` at most, or as long as it takes if
    /// that is null.
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    static void stop(Destination supervisor, Object reason, @Nullable Duration limit) {
        Stopping.stop(supervisor, ExitReason.of(reason), limit);
    }

    /// Stops the supervisor of a local name and waits until it has ended: for `limit` at most, or as long as it takes if that is null.
    static void stop(String supervisor, Object reason, @Nullable Duration limit) {
        stop(Name.local(supervisor), reason, limit);
    }

    // ---- asking one

    /// Starts a child. The reason of a [Start.Failed] is a [MaxChildren] if there are as many as there may be.
    ///
    /// @throws IllegalArgumentException if the child is significant
    static Start startChild(Destination supervisor, ChildSpec child) {
        return switch (SupervisorRequest.ask(supervisor, new SupervisorRequest.StartChild(child))) {
            case ChildResult.Started(var pid, var info) -> new Start.Started(pid, info);
            case ChildResult.Ignored _ -> Start.ignored();
            case ChildResult.AlreadyStarted(var pid) -> new Start.AlreadyStarted(pid);
            case ChildResult.Failed(var reason) -> Start.failed(reason);
            case ChildResult.AlreadyPresent present -> Start.failed(present);
        };
    }

    /// Starts a child of the supervisor under a local name.
    static Start startChild(String supervisor, ChildSpec child) {
        return startChild(Name.local(supervisor), child);
    }

    /// Stops a child; false if it is none.
    static boolean terminateChild(Destination supervisor, Pid child) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.TerminateChild(child));
    }

    /// Stops a child of the supervisor under a local name.
    static boolean terminateChild(String supervisor, Pid child) {
        return terminateChild(Name.local(supervisor), child);
    }

    /// Its children, in no order that means anything.
    static List<ChildInfo> whichChildren(Destination supervisor) {
        return Supervisor.whichChildren(supervisor);
    }

    /// The children of the supervisor under a local name.
    static List<ChildInfo> whichChildren(String supervisor) {
        return Supervisor.whichChildren(supervisor);
    }

    /// How many children it has. Looks at each.
    static ChildCount countChildren(Destination supervisor) {
        return Supervisor.countChildren(supervisor);
    }

    /// How many children the supervisor under a local name has.
    static ChildCount countChildren(String supervisor) {
        return Supervisor.countChildren(supervisor);
    }
}
