package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.DynamicSupervisor.Flags;
import dev.bureau.otp.DynamicSupervisor.Plan;
import dev.bureau.otp.Intensity;
import dev.bureau.otp.Start;
import dev.bureau.otp.supervision.SupervisorReports.Context;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [DynamicSupervisor] at work.
public final class DynamicSupervisorLoop extends Supervising {
    private final DynamicSupervisor module;
    private Flags flags = DynamicSupervisor.flags();

    /// By pid; one that is about to be started again by the pid that it had.
    private final Map<Pid, Child> children = new LinkedHashMap<>();

    public DynamicSupervisorLoop(DynamicSupervisor module) {
        this.module = module;
    }

    @Override
    protected Initial initial() throws Exception {
        Bureau.trapExits(true);
        return switch (plan()) {
            case Plan.Ignore _ -> new Initial.Ignore();
            case Plan.Supervise(var chosen) -> {
                flags = chosen;
                yield new Initial.Up();
            }
        };
    }

    private Plan plan() throws Exception {
        @Nullable Plan plan = module.init();
        if (plan != null) return plan;
        throw new IllegalStateException(
                "expected supervise(flags) or ignore() from init of " + module() + ", got: null");
    }

    @Override
    protected void terminate(ExitReason reason) {
        new StopTogether((child, why) -> report(Context.SHUTDOWN_ERROR, child, why))
                .stop(children.values());
    }

    // ---- ends and restarts

    @Override
    void restart(Child child) {
        Pid before = former(child);
        Start outcome = start(child);
        ExitReason failure = ChildStart.failure(outcome);
        if (failure != null) {
            report(Context.START_ERROR, child, failure);
            child.restarting(tryAgain(before));
            return;
        }
        children.remove(before);
        if (outcome instanceof Start.Started(var pid, _)) keep(child, pid);
    }

    @Override
    void endedForGood(Child child) {
        children.remove(former(child));
    }

    @Override
    void givenUp(Child child) {
        children.remove(former(child));
    }

    // ---- requests

    @Override
    Object answer(SupervisorRequest<?> request) {
        return switch (request) {
            case SupervisorRequest.StartChild(var spec) -> startChild(spec);
            case SupervisorRequest.TerminateChild(var pid) -> terminateChild(pid);
            default ->
                    throw new IllegalArgumentException(
                            "expected a Supervisor, got the DynamicSupervisor "
                                    + Bureau.self()
                                    + ", whose children have no ids: start and stop them, or list them");
        };
    }

    private ChildResult.OfStart startChild(ChildSpec spec) {
        if (spec.significant()) {
            throw new IllegalArgumentException(
                    "expected no significant child, since a DynamicSupervisor never shuts down for one\n  got: "
                            + ChildSpecs.text(spec));
        }
        if (children.size() >= flags.maxChildren()) {
            return new ChildResult.Failed(
                    ExitReason.of(new DynamicSupervisor.MaxChildren(flags.maxChildren())));
        }
        Child child = new Child(spec);
        return switch (start(child)) {
            case Start.Started(var pid, var info) -> {
                keep(child, pid);
                yield new ChildResult.Started(pid, info);
            }
            case Start.Ignored _ -> new ChildResult.Ignored();
            case Start.AlreadyStarted(var pid) -> new ChildResult.AlreadyStarted(pid);
            case Start.Failed(var reason) -> new ChildResult.Failed(reason);
        };
    }

    private boolean terminateChild(Object pid) {
        Child child = pid instanceof Pid known ? children.remove(known) : null;
        if (child == null) return false;
        Pid running = child.pid();
        if (running == null) return true;
        ExitReason unexpected = new ChildStop().stop(child.spec(), running);
        if (unexpected != null) report(Context.SHUTDOWN_ERROR, child, unexpected);
        return true;
    }

    private void keep(Child child, Pid pid) {
        child.runs(pid);
        children.put(pid, child);
    }

    /// The pid by which it is known here.
    private static Pid former(Child child) {
        return Objects.requireNonNull(child.lastPid());
    }

    // ---- what the kinds share asks

    @Override
    ChildInfo info(Child child) {
        return new ChildInfo(null, child.status(), child.spec().type());
    }

    @Override
    Intensity intensity() {
        return flags.intensity();
    }

    @Override
    Collection<Child> children() {
        return children.values();
    }

    @Override
    Collection<Child> inStartOrder() {
        return children.values();
    }

    @Override
    String strategy() {
        return "one_for_one, dynamic";
    }

    @Override
    @Nullable Child running(Pid pid) {
        Child child = children.get(pid);
        return child == null || child.isRestarting() ? null : child;
    }

    @Override
    @Nullable Child retried(Object pid) {
        return pid instanceof Pid known ? children.get(known) : null;
    }

    @Override
    protected String module() {
        return module instanceof GivenFlags
                ? DynamicSupervisor.class.getName()
                : module.getClass().getName();
    }

    /// Takes over the flags that `init` says now.
    @Override
    protected void changeCode(Object oldVersion, @Nullable Object extra) throws Exception {
        if (plan() instanceof Plan.Supervise(var chosen)) flags = chosen;
    }
}
