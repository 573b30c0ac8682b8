package dev.bureau.otp.application;

import dev.bureau.kernel.ExitException;
import dev.bureau.otp.Application;
import dev.bureau.otp.Application.Mode;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationException;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.RequestIds;
import dev.bureau.otp.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Starts applications and what they need, in the calling process; stops what it has started if one does not start (OTP
/// AP-01, AP-09).
public final class StartAll {
    /// Between two looks at what has been answered, which wait in between.
    private static final Duration LONG = Duration.ofHours(1);

    private final Restart restart;

    /// All that have to run, each behind those it needs.
    private final Map<String, Spec> plan = new LinkedHashMap<>();

    /// Those that did not run, in the order of their starts.
    private final List<String> started = new ArrayList<>();

    /// Why one has not started, the first of them.
    private @Nullable ApplicationError failure;

    private StartAll(Restart restart) {
        this.restart = restart;
    }

    /// Starts them.
    ///
    /// @throws ApplicationException if one does not start
    public static List<String> run(Restart restart, Mode mode, List<Application> wanted) {
        StartAll all = new StartAll(restart);
        Set<String> path = new LinkedHashSet<>();
        for (Application each : wanted) all.plan(each, path);
        switch (mode) {
            case SERIAL -> all.oneByOne();
            case CONCURRENT -> all.together();
        }
        ApplicationError failure = all.failure;
        if (failure != null) {
            all.undo();
            throw new ApplicationException(failure);
        }
        return List.copyOf(all.started);
    }

    /// Plans `one` behind what it needs; `path` are those that need it.
    private void plan(Application one, Set<String> path) {
        Spec spec = Spec.of(one);
        String name = spec.name();
        if (path.contains(name)) {
            List<String> cycle =
                    new ArrayList<>(path).subList(List.copyOf(path).indexOf(name), path.size());
            cycle.add(name);
            throw new ApplicationException(new ApplicationError.Cycle(cycle));
        }
        Spec known = plan.get(name);
        if (known != null) {
            if (known.type() == spec.type()) return;
            throw new ApplicationException(
                    new ApplicationError.AlreadyLoaded(name, known.type(), spec.type()));
        }
        path.add(name);
        for (Application needed : one.applications()) plan(needed, path);
        path.remove(name);
        plan.put(name, spec);
    }

    private void oneByOne() {
        for (Spec spec : plan.values()) {
            took(spec.name(), Controllers.ask(new ControllerRequest.Start(spec, restart)));
            if (failure != null) return;
        }
    }

    /// Starts each as soon as those it needs run.
    private void together() {
        Set<String> up = new LinkedHashSet<>();
        Map<String, Spec> left = new LinkedHashMap<>(plan);
        RequestIds<String> open = RequestIds.none();
        while (true) {
            if (failure == null) open = startReady(left, up, open);
            if (!(open.waitResponse(LONG)
                    instanceof RequestIds.Fetched(var response, var name, var rest))) {
                if (open.size() == 0) return;
                continue;
            }
            open = rest;
            took(name, outcome(response));
            up.add(name);
        }
    }

    private RequestIds<String> startReady(
            Map<String, Spec> left, Set<String> up, RequestIds<String> open) {
        RequestIds<String> more = open;
        Iterator<Spec> each = left.values().iterator();
        while (each.hasNext()) {
            Spec spec = each.next();
            if (!up.containsAll(spec.applications())) continue;
            each.remove();
            more =
                    more.send(
                            Controllers.find(),
                            new ControllerRequest.Start(spec, restart),
                            spec.name());
        }
        return more;
    }

    @SuppressWarnings("unchecked") // the controller answers a start with what stands in its way
    private static Optional<ApplicationError> outcome(Response<?> response) {
        return switch (response) {
            case Response.Answer(var value) -> (Optional<ApplicationError>) value;
            case Response.Failed(var reason, _) -> throw new ExitException(reason);
            case Response.None() -> Optional.empty();
        };
    }

    private void took(String name, Optional<ApplicationError> error) {
        if (error.isEmpty()) {
            started.add(name);
        } else if (!(error.get() instanceof ApplicationError.AlreadyStarted) && failure == null) {
            failure = error.get();
        }
    }

    private void undo() {
        for (String name : started.reversed()) {
            Controllers.ask(new ControllerRequest.Stop(name));
        }
    }
}
