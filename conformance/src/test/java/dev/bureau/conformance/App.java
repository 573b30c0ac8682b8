package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.Application;
import dev.bureau.otp.ApplicationInfo;
import dev.bureau.otp.Supervisor;
import java.util.List;
import java.util.Map;

/// An application that tells its boss which of its callbacks runs.
///
/// @param how starts the tree
record App(
        String name,
        Pid boss,
        How how,
        List<Application> applications,
        Map<String, Object> env,
        List<String> startPhases)
        implements Application {
    /// Starts a tree, in the application's process.
    interface How {
        Pid start(App app) throws Exception;
    }

    /// A callback has been called.
    record Did(String application, String callback) {}

    /// One of an application whose tree has no children.
    static App of(String name) {
        return new App(
                name,
                self(),
                _ -> Supervisor.startLink(Supervisor.ONE_FOR_ONE),
                List.of(),
                Map.of(),
                List.of());
    }

    App how(How other) {
        return new App(name, boss, other, applications, env, startPhases);
    }

    App needs(Application... others) {
        return new App(name, boss, how, List.of(others), env, startPhases);
    }

    App env(Map<String, Object> defaults) {
        return new App(name, boss, how, applications, defaults, startPhases);
    }

    App phases(String... phases) {
        return new App(name, boss, how, applications, env, List.of(phases));
    }

    @Override
    public Pid start() throws Exception {
        tell("start");
        return how.start(this);
    }

    @Override
    public void startPhase(String phase) {
        tell(phase);
        if (phase.equals("bad phase")) throw Bureau.exit("bad");
    }

    @Override
    public void prepStop() {
        tell("prepStop");
        if (name.startsWith("bad end")) throw new IllegalStateException("in prepStop");
    }

    @Override
    public void stop() {
        tell("stop");
        if (name.startsWith("bad end")) throw Bureau.exit("in stop");
    }

    private void tell(String callback) {
        send(boss, new Did(name, callback));
    }

    /// Expects that these callbacks have run, in this order.
    void did(String... callbacks) {
        for (String callback : callbacks) {
            Did did = assertReceive(Did.class, each -> each.application.equals(name));
            if (!did.callback.equals(callback)) {
                throw new AssertionError("expected " + callback + ", got: " + did);
            }
        }
    }

    /// The end of its top supervisor, its own.
    void die(Object reason) {
        exit(info(name).top().orElseThrow(), reason);
    }

    /// What is known of the application of that name.
    static ApplicationInfo info(String name) {
        return Application.loadedApplications().stream()
                .filter(each -> each.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    /// The names of those that run, the one started last first.
    static List<String> running() {
        return Application.startedApplications().stream().map(ApplicationInfo::name).toList();
    }
}
