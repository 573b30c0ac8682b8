package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.FailedToStartChild;
import dev.bureau.otp.Intensity;
import dev.bureau.otp.Start;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Supervisor.AutoShutdown;
import dev.bureau.otp.Supervisor.Flags;
import dev.bureau.otp.Supervisor.Plan;
import dev.bureau.otp.supervision.SupervisorReports.Context;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Supervisor] at work.
public class SupervisorLoop extends Supervising {
    private final Supervisor module;
    private final Children children = new Children();
    private Flags flags = Supervisor.ONE_FOR_ONE;

    public SupervisorLoop(Supervisor module) {
        this.module = module;
    }

    // ---- beginning and end

    @Override
    protected final Initial initial() throws Exception {
        Bureau.trapExits(true);
        return switch (plan()) {
            case Plan.Ignore _ -> new Initial.Ignore();
            case Plan.Supervise(var chosen, var specs) -> {
                flags = chosen;
                specs.forEach(spec -> children.add(new Child(spec)));
                yield begin();
            }
        };
    }

    private Plan plan() throws Exception {
        @Nullable Plan plan = module.init();
        if (plan != null) return plan;
        throw new IllegalStateException(
                "expected supervise(flags, children) or ignore() from init of "
                        + module()
                        + ", got: null");
    }

    private Initial begin() {
        for (Child child : children.all()) {
            ExitReason failure = started(child, start(child));
            if (failure != null) {
                report(Context.START_ERROR, child, failure);
                terminate(ExitReason.SHUTDOWN);
                return new Initial.Stop(
                        new ExitReason.ShutdownWith(
                                new FailedToStartChild(child.spec().id(), failure)));
            }
        }
        return new Initial.Up();
    }

    @Override
    protected final void terminate(ExitReason reason) {
        ChildStop stop = new ChildStop();
        for (Child child : children.latestFirst()) stop(stop, child);
    }

    /// Takes note of what a start has come to; why there is no process, if there should be one.
    private @Nullable ExitReason started(Child child, Start outcome) {
        switch (outcome) {
            case Start.Started(var pid, _) -> children.runs(child, pid);
            case Start.Ignored _ -> gone(child);
            case Start.AlreadyStarted _, Start.Failed _ -> {}
        }
        return ChildStart.failure(outcome);
    }

    /// It has no process; a temporary one is forgotten.
    private void gone(Child child) {
        if (child.isTemporary()) children.remove(child);
        else children.stopped(child);
    }

    /// Waits for its end if it runs.
    private void stop(ChildStop stop, Child child) {
        Pid pid = child.pid();
        if (pid == null) return;
        ExitReason unexpected = stop.stop(child.spec(), pid);
        if (unexpected != null) report(Context.SHUTDOWN_ERROR, child, unexpected);
    }

    // ---- ends and restarts

    @Override
    final void restart(Child child) {
        switch (flags.strategy()) {
            case ONE_FOR_ONE -> startAgain(child);
            case REST_FOR_ONE -> restartGroup(children.since(child), child);
            case ONE_FOR_ALL -> restartGroup(children.all(), child);
        }
    }

    /// Whether it did not fail.
    private boolean startAgain(Child child) {
        ExitReason failure = started(child, start(child));
        if (failure == null) return true;
        report(Context.START_ERROR, child, failure);
        children.restarting(child, tryAgain(child.spec().id()));
        return false;
    }

    /// Stops `group` but `cause`, which has ended, and starts it again. If one does not start, it waits where it is: the
    /// next try begins with that one, with the strategy's rule for it (OTP S-15).
    private void restartGroup(List<Child> group, Child cause) {
        children.stopped(cause);
        ChildStop stop = new ChildStop();
        for (Child child : group.reversed()) {
            stop(stop, child);
            gone(child);
        }
        for (Child child : group) {
            if (!child.isTemporary() && !startAgain(child)) return;
        }
    }

    @Override
    final void endedForGood(Child child) {
        gone(child);
        if (!child.spec().significant()) return;
        boolean last = children.significant() == 0;
        if (flags.autoShutdown() == AutoShutdown.ANY_SIGNIFICANT
                || (flags.autoShutdown() == AutoShutdown.ALL_SIGNIFICANT && last)) {
            stop(ExitReason.SHUTDOWN, null);
        }
    }

    @Override
    final void givenUp(Child child) {
        gone(child);
    }

    // ---- requests

    @Override
    Object answer(SupervisorRequest<?> request) {
        return switch (request) {
            case SupervisorRequest.StartChild(var spec) -> startChild(spec);
            case SupervisorRequest.RestartChild(var id) -> restartChild(id);
            case SupervisorRequest.TerminateChild(var id) -> terminateChild(id);
            case SupervisorRequest.DeleteChild(var id) -> deleteChild(id);
            case SupervisorRequest.WhichChild(var id) ->
                    Optional.ofNullable(children.withId(id)).map(this::info);
            case SupervisorRequest.GetChildSpec(var id) ->
                    Optional.ofNullable(children.withId(id)).map(Child::spec);
            default ->
                    throw new IllegalArgumentException(
                            "expected a partition supervisor, got the supervisor " + module());
        };
    }

    private ChildResult.OfStart startChild(ChildSpec spec) {
        ChildSpecs.check(flags, spec);
        Child known = children.withId(spec.id());
        if (known != null) {
            Pid pid = known.pid();
            return pid == null
                    ? new ChildResult.AlreadyPresent()
                    : new ChildResult.AlreadyStarted(pid);
        }
        Child child = new Child(spec);
        Start outcome = start(child);
        if (ChildStart.failure(outcome) == null) {
            children.add(child);
            started(child, outcome);
        }
        return switch (outcome) {
            case Start.Started(var pid, var info) -> new ChildResult.Started(pid, info);
            case Start.Ignored _ -> new ChildResult.Ignored();
            case Start.AlreadyStarted(var pid) -> new ChildResult.AlreadyStarted(pid);
            case Start.Failed(var reason) -> new ChildResult.Failed(reason);
        };
    }

    final ChildResult.OfRestart restartChild(Object id) {
        Child child = children.withId(id);
        if (child == null) return new ChildResult.NotFound();
        if (child.isRestarting()) return new ChildResult.Restarting();
        if (!child.isStopped()) return new ChildResult.Running();
        Start outcome = start(child);
        started(child, outcome);
        return switch (outcome) {
            case Start.Started(var pid, var info) -> new ChildResult.Started(pid, info);
            case Start.Ignored _ -> new ChildResult.Ignored();
            case Start.AlreadyStarted(var pid) -> new ChildResult.AlreadyStarted(pid);
            case Start.Failed(var reason) -> new ChildResult.Failed(reason);
        };
    }

    final boolean terminateChild(Object id) {
        Child child = children.withId(id);
        if (child == null) return false;
        stop(new ChildStop(), child);
        gone(child);
        return true;
    }

    private ChildResult.OfDelete deleteChild(Object id) {
        Child child = children.withId(id);
        if (child == null) return new ChildResult.NotFound();
        if (child.isRestarting()) return new ChildResult.Restarting();
        if (!child.isStopped()) return new ChildResult.Running();
        children.remove(child);
        return new ChildResult.Deleted();
    }

    // ---- what the kinds share asks

    @Override
    final Intensity intensity() {
        return flags.intensity();
    }

    @Override
    final Collection<Child> children() {
        return children.latestFirst();
    }

    @Override
    final Collection<Child> inStartOrder() {
        return children.all();
    }

    @Override
    final String strategy() {
        return flags.strategy().name().toLowerCase(Locale.ROOT);
    }

    @Override
    final @Nullable Child running(Pid pid) {
        return children.withPid(pid);
    }

    @Override
    final @Nullable Child retried(Object id) {
        return children.withId(id);
    }

    @Override
    protected final String module() {
        return module instanceof GivenChildren
                ? Supervisor.class.getName()
                : module.getClass().getName();
    }

    /// Takes over what `init` says now: children of the same id go on under their new specs, those it names first have
    /// to be started by hand, those it does not name stay.
    @Override
    protected final void changeCode(Object oldVersion, @Nullable Object extra) throws Exception {
        if (plan() instanceof Plan.Supervise(var chosen, var specs)) {
            flags = chosen;
            children.change(specs);
        }
    }
}
