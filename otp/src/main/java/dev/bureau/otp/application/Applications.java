package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SystemLimit;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.ApplicationError;
import dev.bureau.otp.ApplicationInfo;
import dev.bureau.otp.ApplicationInfo.Status;
import dev.bureau.otp.ChildSpec.Restart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The applications of a node, as their controller sees them. What takes time is begun here and comes to its end with a
/// message, so nothing waits for anything else (OTP AP-09).
///
/*
 * running holds those that are RUNNING or STOPPING, the one started last first. byMaster holds those that have a master.
 */
final class Applications {
    private final Map<String, Loaded> all = new LinkedHashMap<>();
    private final Map<Pid, Loaded> byMaster = new HashMap<>();
    private final Deque<Loaded> running = new ArrayDeque<>();

    /// Who waits for all to be stopped, since the node is about to stop; null while it is not.
    private @Nullable From<Optional<ApplicationError>> closing;

    /// The master of the one that is being stopped for that.
    private @Nullable Pid awaited;

    // ---- requests

    void handle(ControllerRequest<?> request, From<?> from) {
        switch (request) {
            case ControllerRequest.LoadedApplications loaded ->
                    Bureau.reply(from.as(loaded), infos());
            case ControllerRequest.StartedApplications started ->
                    Bureau.reply(
                            from.as(started),
                            running.stream()
                                    .filter(each -> each.status() == Status.RUNNING)
                                    .map(Loaded::info)
                                    .toList());
            case ControllerRequest.StopAll stopAll -> stopAll(from.as(stopAll));
            case ControllerRequest.Load load -> load(load.spec(), from.as(load));
            case ControllerRequest.Unload unload -> unload(unload.application(), from.as(unload));
            case ControllerRequest.Start start ->
                    start(start.spec(), start.restart(), from.as(start));
            case ControllerRequest.Stop stop -> stop(stop.application(), from.as(stop));
        }
    }

    /// Of all that are loaded.
    List<ApplicationInfo> infos() {
        return all.values().stream().map(Loaded::info).toList();
    }

    private static void done(From<Optional<ApplicationError>> from) {
        Bureau.reply(from, Optional.empty());
    }

    private static void refuse(From<Optional<ApplicationError>> from, ApplicationError error) {
        Bureau.reply(from, Optional.of(error));
    }

    private void load(Spec spec, From<Optional<ApplicationError>> from) {
        Loaded known = all.get(spec.name());
        if (known != null) {
            refuse(from, alreadyLoaded(known, spec));
            return;
        }
        load(spec);
        done(from);
    }

    private Loaded load(Spec spec) {
        Environment.here().load(spec.name(), spec.env());
        Loaded loaded = new Loaded(spec);
        all.put(spec.name(), loaded);
        return loaded;
    }

    private static ApplicationError alreadyLoaded(Loaded known, Spec given) {
        return new ApplicationError.AlreadyLoaded(given.name(), known.spec().type(), given.type());
    }

    private void unload(String name, From<Optional<ApplicationError>> from) {
        Loaded known = all.get(name);
        if (known == null) {
            refuse(from, new ApplicationError.NotLoaded(name));
        } else if (known.master() != null) {
            refuse(from, new ApplicationError.Running(name));
        } else {
            all.remove(name);
            Environment.here().unload(name);
            done(from);
        }
    }

    // ---- starting

    private void start(Spec spec, Restart restart, From<Optional<ApplicationError>> from) {
        Loaded known = all.get(spec.name());
        if (closing != null) {
            refuse(from, new ApplicationError.NodeStopping(spec.name()));
        } else if (known != null && known.spec().type() != spec.type()) {
            refuse(from, alreadyLoaded(known, spec));
        } else {
            start(known == null ? load(spec) : known, spec, restart, from);
        }
    }

    private void start(
            Loaded one, Spec spec, Restart restart, From<Optional<ApplicationError>> from) {
        switch (one.status()) {
            case RUNNING -> refuse(from, new ApplicationError.AlreadyStarted(one.name()));
            case STARTING -> {
                // Who belongs to it would wait for himself.
                if (Masters.belongs(from.caller(), one.master())) {
                    refuse(from, new ApplicationError.AlreadyStarted(one.name()));
                } else {
                    one.waits(from);
                }
            }
            case STOPPING -> one.later(() -> start(spec, restart, from));
            case LOADED, ENDED -> {
                one.spec(spec);
                Environment.here().complete(spec.name(), spec.env());
                begin(one, restart, from);
            }
        }
    }

    private void begin(Loaded one, Restart restart, From<Optional<ApplicationError>> from) {
        ApplicationError missing = missing(one);
        if (missing != null) {
            if (missing instanceof ApplicationError.NotRunning) startFailed(one, restart, missing);
            refuse(from, missing);
            return;
        }
        try {
            Pid master = Bureau.spawnLink(new Master(Bureau.self(), one.spec()));
            one.waits(from);
            one.starts(restart, master);
            byMaster.put(master, one);
        } catch (SystemLimit full) {
            ApplicationError error =
                    new ApplicationError.StartFailed(one.name(), new ExitReason.Crash(full));
            startFailed(one, restart, error);
            refuse(from, error);
        }
    }

    /// What it needs and is not there; null if all is.
    private @Nullable ApplicationError missing(Loaded one) {
        for (String needed : one.spec().applications()) {
            if (!isStarted(all.get(needed))) {
                return new ApplicationError.NotStarted(needed, one.name());
            }
        }
        for (String needed : one.spec().applications()) {
            Loaded other = all.get(needed);
            if (other != null && other.status() == Status.ENDED) {
                return new ApplicationError.NotRunning(needed, one.name());
            }
        }
        return null;
    }

    /// Whether it runs or has; one that is being started or stopped does not count.
    private static boolean isStarted(@Nullable Loaded one) {
        return one != null && (one.status() == Status.RUNNING || one.status() == Status.ENDED);
    }

    /// An application is up.
    void up(Pid master, Pid top) {
        Loaded one = byMaster.get(master);
        // If the node is about to stop, it is being killed.
        if (one == null || closing != null) return;
        one.up(top);
        running.addFirst(one);
        ApplicationReports.started(one.name());
        one.takeWaiting().forEach(Applications::done);
    }

    private static void startFailed(Loaded one, Restart restart, ApplicationError error) {
        ApplicationReports.notStarted(one.name(), error);
        boolean exitedNormally =
                error instanceof ApplicationError.StartFailed failed
                        && failed.reason().equals(ExitReason.NORMAL);
        if (restart == Restart.PERMANENT || (restart == Restart.TRANSIENT && !exitedNormally)) {
            failNode(error);
        }
    }

    // ---- ends

    /// A master has ended.
    void ended(Pid master, ExitReason reason) {
        Loaded one = byMaster.remove(master);
        if (one == null) return;
        Masters.leave(master);
        Status status = one.status();
        one.gone();
        running.remove(one);
        switch (status) {
            case STARTING -> {
                ApplicationError error =
                        closing != null
                                ? new ApplicationError.NodeStopping(one.name())
                                : reason instanceof ExitReason.Custom(ApplicationError why)
                                        ? why
                                        : new ApplicationError.StartFailed(one.name(), reason);
                // In this order: who is refused may stop the node himself.
                if (closing == null) startFailed(one, restartOf(one), error);
                one.takeWaiting().forEach(from -> refuse(from, error));
            }
            case RUNNING -> {
                ApplicationReports.ended(one.name(), one.restart(), reason);
                Restart restart = restartOf(one);
                if (restart == Restart.PERMANENT
                        || (restart == Restart.TRANSIENT && !reason.equals(ExitReason.NORMAL))) {
                    failNode(new ApplicationError.Ended(one.name(), restart, reason));
                }
            }
            default -> {
                ApplicationReports.stopped(one.name());
                one.takeWaiting().forEach(Applications::done);
            }
        }
        one.takeLater().forEach(Runnable::run);
        if (closing != null) stopNext();
    }

    private static Restart restartOf(Loaded one) {
        Restart restart = one.restart();
        return restart == null ? Restart.TEMPORARY : restart;
    }

    private static void failNode(ApplicationError why) {
        Current.process().node().fail(ExitReason.of(why));
    }

    // ---- stopping

    private void stop(String name, From<Optional<ApplicationError>> from) {
        Loaded known = all.get(name);
        if (known == null) {
            refuse(from, new ApplicationError.NotStarted(name, null));
            return;
        }
        switch (known.status()) {
            case RUNNING -> {
                known.waits(from);
                stop(known);
            }
            case ENDED -> {
                known.forgotten();
                done(from);
            }
            case STOPPING -> {
                // Who belongs to it would wait for himself.
                if (Masters.belongs(from.caller(), known.master())) {
                    refuse(from, new ApplicationError.NotStarted(name, null));
                } else {
                    known.later(() -> stop(name, from));
                }
            }
            case LOADED, STARTING -> refuse(from, new ApplicationError.NotStarted(name, null));
        }
    }

    private void stop(Loaded one) {
        one.stops();
        Bureau.send(Objects.requireNonNull(one.master()), new Master.Stop());
    }

    /// Stops all, the one started last first; those that are still being started are killed (OTP AP-05).
    private void stopAll(From<Optional<ApplicationError>> from) {
        closing = from;
        for (Loaded one : new ArrayList<>(byMaster.values())) {
            if (one.status() == Status.STARTING) {
                Bureau.send(Objects.requireNonNull(one.master()), new Master.Abort());
            }
        }
        stopNext();
    }

    private void stopNext() {
        Loaded last = running.peekFirst();
        if (last == null) {
            if (byMaster.isEmpty() && closing != null) done(closing);
            return;
        }
        Pid master = Objects.requireNonNull(last.master());
        if (Objects.equals(master, awaited)) return;
        awaited = master;
        if (last.status() == Status.RUNNING) stop(last);
        Bureau.sendAfter(
                Bureau.self(), new Notice.TimeUp(master), Environment.here().shutdownTimeout());
    }

    /// An application has had the time it has to stop.
    void timeUp(Pid master) {
        Loaded one = byMaster.get(master);
        if (one == null) return;
        ApplicationReports.tooSlow(one.name());
        Bureau.send(master, new Master.Abort());
    }
}
