package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Intensity;
import dev.bureau.otp.Start;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.supervision.SupervisorReports.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What supervisors of all kinds have in common: they trap exits, decide whether an ended child is to be started again, and
/// count how often that was so.
///
/*
 * A start that fails is tried again by a message to itself, which carries a number that the child holds too. So a try that
 * has been called off, or overtaken by another, is told from the one that counts.
 */
abstract class Supervising extends Loop {
    private final RestartWindow window = new RestartWindow();
    private long tries;

    // ---- what a kind of supervisor says

    abstract Intensity intensity();

    /// Its children, the latest first.
    abstract Collection<Child> children();

    /// The same, the first one first.
    abstract Collection<Child> inStartOrder();

    /// What it does about an end, in OTP's words.
    abstract String strategy();

    /// The running child of that pid.
    abstract @Nullable Child running(Pid pid);

    /// The child that a [TryAgain] is for, if it is still there.
    abstract @Nullable Child retried(Object child);

    /// Starts a child again, and whoever else its end concerns. It has no process any more.
    abstract void restart(Child child);

    /// A child has ended for good, by itself.
    abstract void endedForGood(Child child);

    /// A child cannot be started again, since the supervisor gives up.
    abstract void givenUp(Child child);

    /// The answer to a request that concerns this kind.
    ///
    /// @throws IllegalArgumentException if this kind does not answer it, or it is wrong
    abstract Object answer(SupervisorRequest<?> request);

    // ---- messages

    @Override
    protected final void handle(Object message) {
        switch (message) {
            case Exit(var pid, var reason) -> ended(pid, reason);
            case TryAgain(var id, var number) -> {
                Child child = retried(id);
                if (child != null && child.retry() == number) {
                    restartIfAllowed(child, ExitReason.of("its start has failed"));
                }
            }
            case Request(var from, SupervisorRequest<?> request) -> reply(from, request);
            default -> unexpected(module(), message, this::shownMessage);
        }
    }

    private <R> void reply(From<?> from, SupervisorRequest<R> request) {
        answer(from.as(request), result(request));
    }

    @SuppressWarnings("unchecked") // `answer` says what belongs to what
    private <R> SupervisorRequest.Answer<R> result(SupervisorRequest<R> request) {
        try {
            Object value =
                    switch (request) {
                        case SupervisorRequest.WhichChildren _ -> which();
                        case SupervisorRequest.CountChildren _ -> count();
                        case SupervisorRequest.Describe(var most) -> describe(most);
                        default -> answer(request);
                    };
            return new SupervisorRequest.Answer<>((R) value, null);
        } catch (IllegalArgumentException wrong) {
            return new SupervisorRequest.Answer<>(null, wrong.getMessage());
        }
    }

    private List<ChildInfo> which() {
        List<ChildInfo> all = new ArrayList<>(children().size());
        for (Child child : children()) all.add(info(child));
        return all;
    }

    /// What others are told of a child.
    ChildInfo info(Child child) {
        return new ChildInfo(child.spec().id(), child.status(), child.spec().type());
    }

    private SupervisorDescription describe(int most) {
        return new SupervisorDescription(
                strategy(),
                intensity(),
                window.count(intensity(), second()),
                children().size(),
                inStartOrder().stream()
                        .limit(most)
                        .map(child ->
                                new SupervisorDescription.OfChild(
                                        info(child), child.spec().restart()))
                        .toList());
    }

    private ChildCount count() {
        int specs = 0;
        int active = 0;
        int supervisors = 0;
        for (Child child : children()) {
            specs++;
            Pid pid = child.pid();
            // Not Bureau.isAlive, which waits for who is ending.
            if (pid instanceof LocalPid known && known.isAlive()) active++;
            if (child.spec().type() == ChildSpec.Type.SUPERVISOR) supervisors++;
        }
        return new ChildCount(specs, active, supervisors, specs - supervisors);
    }

    // ---- ends and restarts

    private void ended(Pid pid, ExitReason reason) {
        Child child = running(pid);
        // Not a child, or one that was stopped: its exit comes late.
        if (child == null) return;
        boolean again =
                switch (child.spec().restart()) {
                    case PERMANENT -> true;
                    case TRANSIENT -> !ExitReason.isOrderly(reason);
                    case TEMPORARY -> false;
                };
        if (again || !ExitReason.isOrderly(reason)) {
            report(Context.CHILD_TERMINATED, child, reason);
        }
        if (again) restartIfAllowed(child, reason);
        else endedForGood(child);
    }

    private void restartIfAllowed(Child child, ExitReason why) {
        if (window.allows(intensity(), second())) {
            Restarts.of(Bureau.node())
                    .tell(new Restarts.Restart(Bureau.self(), child.spec().id(), why));
            restart(child);
            return;
        }
        report(
                Context.SHUTDOWN,
                child,
                ExitReason.of(
                        "more than "
                                + intensity().restarts()
                                + " restarts within "
                                + intensity().period().toSeconds()
                                + " s"));
        givenUp(child);
        stop(ExitReason.SHUTDOWN, null);
    }

    private static long second() {
        return TimeUnit.NANOSECONDS.toSeconds(Current.process().node().nanoTime());
    }

    /// Asks itself to try a start again, after what has come meanwhile; the number of that try.
    final long tryAgain(Object child) {
        long number = ++tries;
        Bureau.send(Bureau.self(), new TryAgain(child, number));
        return number;
    }

    // ---- for them

    /// Starts a child.
    final Start start(Child child) {
        Start outcome = ChildStart.start(child.spec());
        if (outcome instanceof Start.Started(var pid, _)) {
            SupervisorReports.progress(name(), child.spec(), pid);
        }
        return outcome;
    }

    final void report(Context context, Child child, ExitReason reason) {
        SupervisorReports.error(context, name(), child.spec(), child.pid(), reason);
    }

    @Override
    protected final Object state() {
        return which();
    }

    @Override
    protected final Object shownState() {
        return which();
    }

    @Override
    protected final void replaceState(Object state) {
        throw new UnsupportedOperationException(
                "expected no new state for a supervisor, whose state is its children; start and stop those");
    }
}
