package dev.bureau.otp;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.supervision.ChildSpecs;
import dev.bureau.otp.supervision.GivenChildren;
import dev.bureau.otp.supervision.SupervisorLoop;
import dev.bureau.otp.supervision.SupervisorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A process that starts others, its children, and starts them again when they fail.
///
/// ```java
/// import static dev.bureau.otp.Supervisor.*;
///
/// Supervisor.startLink(ONE_FOR_ONE, worker("stack", new Stack(List.of("hello"))));
///
/// cast("stack", new Push("world"));
/// exit(whereis("stack").orElseThrow(), KILL);      // it comes back, with its first state
/// ```
///
/// Children are started one after another, in the order given, and stopped in the opposite order. A child that is
/// itself a supervisor makes a tree:
///
/// ```java
/// Supervisor.startLink("shop", REST_FOR_ONE.intensity(10, ofSeconds(60)),
///         worker("stock", new Stock()),
///         supervisor("counters", ONE_FOR_ONE, worker("left", new Counter()), worker("right", new Counter())));
/// ```
///
/// A class that implements this decides itself what to supervise, when it is started:
///
/// ```java
/// record Shop(int counters) implements Supervisor {
///     public Plan init() {
///         var children = new ArrayList<>(List.of(worker("stock", new Stock())));
///         for (int n = 1; n <= counters; n++) children.add(worker("counter " + n, new Counter()));
///         return supervise(ONE_FOR_ONE, children);
///     }
/// }
///
/// Supervisor.startLink("shop", new Shop(2));
/// Supervisor.startLink(ONE_FOR_ONE, supervisor("left shop", new Shop(2)), new Shop(3).childSpec());
/// ```
///
/// **Failure.** More restarts than its [Intensity] allows, and a supervisor stops all children and exits with `SHUTDOWN`,
/// so that its own supervisor can begin one level higher. If a child does not start at first, those before it are
/// stopped, and so is the supervisor ([FailedToStartChild]). When its parent ends, for whatever reason, it stops its
/// children and ends too. A killed one takes its children along by their links.
///
/// **Threading.** A supervisor does one thing at a time: while a child starts or is waited for to stop, requests wait. All
/// methods here that ask one wait for its answer without limit; a missing one ends the caller, as a call does. Between
/// messages it holds no stack.
///
/// A tree that is to be started and stopped as a whole, with what it needs, is an [Application].
///
/// Follows OTP's `supervisor` and Elixir's `Supervisor` (S-01 to S-27). For children that come and go by the thousand,
/// see [DynamicSupervisor], which is also what `simple_one_for_one` was for. Not for jobs whose failure should be told to
/// who ordered them: that is a [Task].
public interface Supervisor {
    /// Only what has ended is started again.
    Flags ONE_FOR_ONE = new Flags(Strategy.ONE_FOR_ONE, Intensity.DEFAULT, AutoShutdown.NEVER);

    /// When one has ended, all others are stopped, and all are started again: for children that cannot do without each
    /// other.
    Flags ONE_FOR_ALL = new Flags(Strategy.ONE_FOR_ALL, Intensity.DEFAULT, AutoShutdown.NEVER);

    /// When one has ended, those that were started after it are stopped, and it and they are started again: for children
    /// that need the ones before them.
    Flags REST_FOR_ONE = new Flags(Strategy.REST_FOR_ONE, Intensity.DEFAULT, AutoShutdown.NEVER);

    /// What happens to the siblings of a child that is to be started again (OTP S-08).
    enum Strategy {
        ONE_FOR_ONE,
        ONE_FOR_ALL,
        REST_FOR_ONE
    }

    /// Whether a supervisor ends when its significant children have ended by themselves (OTP S-21).
    enum AutoShutdown {
        NEVER,

        /// When the first of them has.
        ANY_SIGNIFICANT,

        /// When the last of them has.
        ALL_SIGNIFICANT
    }

    /// How a supervisor supervises: `ONE_FOR_ALL.intensity(10, ofSeconds(60))`.
    ///
    /// Immutable; each method returns changed ones.
    record Flags(Strategy strategy, Intensity intensity, AutoShutdown autoShutdown) {
        public Flags {
            Objects.requireNonNull(strategy, "strategy");
            Objects.requireNonNull(intensity, "intensity");
            Objects.requireNonNull(autoShutdown, "autoShutdown");
        }

        /// With so many restarts allowed within `period`, which is whole seconds.
        public Flags intensity(int restarts, Duration period) {
            return intensity(Intensity.of(restarts, period));
        }

        /// With so many restarts allowed.
        public Flags intensity(Intensity allowed) {
            return new Flags(strategy, allowed, autoShutdown);
        }

        /// With an end of its own, when significant children have ended.
        public Flags autoShutdown(AutoShutdown when) {
            return new Flags(strategy, intensity, when);
        }
    }

    /// What `init` comes to.
    sealed interface Plan {
        /// To supervise these, so. Refused by an [IllegalArgumentException] if two children have the same id, or one does not
        /// go with `flags`.
        record Supervise(Flags flags, List<ChildSpec> children) implements Plan {
            public Supervise {
                Objects.requireNonNull(flags, "flags");
                children = List.copyOf(children);
                ChildSpecs.check(flags, children);
            }
        }

        /// Not to be needed.
        record Ignore() implements Plan {}
    }

    // ---- the callback, and what it returns

    /// Decides what to supervise, in the new process. Without effects: `Sys.changeCode` calls it again.
    ///
    /// @throws Exception the start fails
    Plan init() throws Exception;

    /// Starts and supervises these.
    default Plan supervise(Flags flags, ChildSpec... children) {
        return supervise(flags, List.of(children));
    }

    /// Starts and supervises these.
    default Plan supervise(Flags flags, List<ChildSpec> children) {
        return new Plan.Supervise(flags, children);
    }

    /// It is not needed: it ends normally, and the start comes to [Start.Ignored].
    default Plan ignore() {
        return new Plan.Ignore();
    }

    // ---- children

    /// A server under a local name, which is its id too: permanent, five seconds to shut down. What starts in another way is
    /// a [ChildSpec#worker].
    static ChildSpec worker(String name, GenServer<?, ?, ?> server) {
        return ChildSpec.worker(name, GenServer.starter(StartOptions.named(name), server));
    }

    /// A state machine under a local name, which is its id too: permanent, five seconds to shut down.
    static ChildSpec worker(String name, StateMachine<?, ?> machine) {
        return ChildSpec.worker(name, StateMachine.starter(StartOptions.named(name), machine));
    }

    /// A supervisor of these children under a local name, which is its id too: permanent, all the time it needs to shut down.
    /// What starts in another way is a [ChildSpec#supervisor].
    static ChildSpec supervisor(String name, Flags flags, ChildSpec... children) {
        return supervisor(name, given(flags, children));
    }

    /// A supervisor that decides itself what to supervise, under a local name, which is its id too: permanent, all the time it
    /// needs to shut down.
    static ChildSpec supervisor(String name, Supervisor supervisor) {
        return ChildSpec.supervisor(name, starter(StartOptions.named(name), supervisor));
    }

    /// How another supervisor starts it: permanent, all the time it needs to shut down; its id is the name of its class.
    /// [#supervisor(String, Supervisor)] gives it a name as well.
    default ChildSpec childSpec() {
        return ChildSpec.supervisor(getClass().getName(), starter(StartOptions.options(), this));
    }

    // ---- starting and stopping

    /// Starts a supervisor of these children, linked to this process. Returns when all are up.
    ///
    /// @throws IllegalArgumentException if two children have the same id, or one does not go with `flags`
    /// @throws StartException if not all are up and this process traps exits; else this process goes down with it
    static Pid startLink(Flags flags, ChildSpec... children) {
        return startLink(StartOptions.options(), flags, children);
    }

    /// Starts a supervisor of these children, linked to this process.
    static Pid startLink(Flags flags, List<ChildSpec> children) {
        return startLink(
                StartOptions.options(), new GivenChildren(new Plan.Supervise(flags, children)));
    }

    /// Starts a supervisor of these children with a local name, linked to this process.
    static Pid startLink(String name, Flags flags, ChildSpec... children) {
        return startLink(StartOptions.named(name), flags, children);
    }

    /// Starts a supervisor of these children with a local name, linked to this process.
    static Pid startLink(String name, Flags flags, List<ChildSpec> children) {
        return startLink(
                StartOptions.named(name), new GivenChildren(new Plan.Supervise(flags, children)));
    }

    /// Starts a supervisor of these children, linked to this process.
    static Pid startLink(StartOptions options, Flags flags, ChildSpec... children) {
        return startLink(options, given(flags, children));
    }

    /// Starts a supervisor that decides itself what to supervise, linked to this process.
    static Pid startLink(Supervisor supervisor) {
        return startLink(StartOptions.options(), supervisor);
    }

    /// Starts a supervisor that decides itself what to supervise, with a local name, linked to this process.
    static Pid startLink(String name, Supervisor supervisor) {
        return startLink(StartOptions.named(name), supervisor);
    }

    /// Starts a supervisor that decides itself what to supervise, linked to this process.
    static Pid startLink(StartOptions options, Supervisor supervisor) {
        return starter(options, supervisor).start().orThrow();
    }

    /// How to start a supervisor of these children linked to whoever starts it: for a [ChildSpec], or to look at what
    /// comes of it.
    static Starter starter(Flags flags, ChildSpec... children) {
        return starter(StartOptions.options(), given(flags, children));
    }

    /// How to start a supervisor linked to whoever starts it.
    static Starter starter(StartOptions options, Supervisor supervisor) {
        return new Starter(options, supervisor);
    }

    /// Starts a supervisor linked to the calling process.
    record Starter(StartOptions options, Supervisor supervisor) implements ChildSpec.Starter {
        @Override
        public Start start() {
            return Starting.start(() -> new SupervisorLoop(supervisor), options, Starting.Bond.LINK)
                    .start();
        }
    }

    private static Supervisor given(Flags flags, ChildSpec... children) {
        return new GivenChildren(new Plan.Supervise(flags, List.of(children)));
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

    /// Adds a child, as the last one, and starts it.
    ///
    /// @throws IllegalArgumentException if it does not go with the flags of the supervisor
    static ChildResult.OfStart startChild(Destination supervisor, ChildSpec child) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.StartChild(child));
    }

    /// Adds a child to the supervisor under a local name.
    static ChildResult.OfStart startChild(String supervisor, ChildSpec child) {
        return startChild(Name.local(supervisor), child);
    }

    /// Starts a child again that has ended or was stopped (OTP S-19).
    static ChildResult.OfRestart restartChild(Destination supervisor, Object id) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.RestartChild(id));
    }

    /// Starts a child of the supervisor under a local name again.
    static ChildResult.OfRestart restartChild(String supervisor, Object id) {
        return restartChild(Name.local(supervisor), id);
    }

    /// Stops a child and keeps its spec, unless it is temporary; false if there is none with that id.
    static boolean terminateChild(Destination supervisor, Object id) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.TerminateChild(id));
    }

    /// Stops a child of the supervisor under a local name.
    static boolean terminateChild(String supervisor, Object id) {
        return terminateChild(Name.local(supervisor), id);
    }

    /// Forgets a child that does not run.
    static ChildResult.OfDelete deleteChild(Destination supervisor, Object id) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.DeleteChild(id));
    }

    /// Has the supervisor under a local name forget a child.
    static ChildResult.OfDelete deleteChild(String supervisor, Object id) {
        return deleteChild(Name.local(supervisor), id);
    }

    /// Its children, the one started last first.
    static List<ChildInfo> whichChildren(Destination supervisor) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.WhichChildren());
    }

    /// The children of the supervisor under a local name.
    static List<ChildInfo> whichChildren(String supervisor) {
        return whichChildren(Name.local(supervisor));
    }

    /// One of its children, without a look at the others (OTP 28).
    static Optional<ChildInfo> whichChild(Destination supervisor, Object id) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.WhichChild(id));
    }

    /// One of the children of the supervisor under a local name.
    static Optional<ChildInfo> whichChild(String supervisor, Object id) {
        return whichChild(Name.local(supervisor), id);
    }

    /// How many children it has. Looks at each.
    static ChildCount countChildren(Destination supervisor) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.CountChildren());
    }

    /// How many children the supervisor under a local name has.
    static ChildCount countChildren(String supervisor) {
        return countChildren(Name.local(supervisor));
    }

    /// The spec of a child.
    static Optional<ChildSpec> childSpec(Destination supervisor, Object id) {
        return SupervisorRequest.ask(supervisor, new SupervisorRequest.GetChildSpec(id));
    }

    /// The spec of a child of the supervisor under a local name.
    static Optional<ChildSpec> childSpec(String supervisor, Object id) {
        return childSpec(Name.local(supervisor), id);
    }
}
