package dev.bureau.otp;

import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.application.ControllerRequest;
import dev.bureau.otp.application.Controllers;
import dev.bureau.otp.application.Environment;
import dev.bureau.otp.application.Masters;
import dev.bureau.otp.application.Spec;
import dev.bureau.otp.application.StartAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A part of a system that is started and stopped as a whole: a tree of supervised processes, what it needs to run first,
/// and how it is configured.
///
/// ```java
/// import static dev.bureau.otp.Supervisor.*;
///
/// record Chat() implements Application {
///     public Pid start() {
///         return Supervisor.startLink(ONE_FOR_ONE, worker("visits", new Counter()), worker("log", new Stock()));
///     }
/// }
///
/// Application.ensureAllStarted(new Chat());
/// Application.stop("chat");
/// ```
///
/// The class says all there is to say, as `application/0` and the callback module do in Elixir:
///
/// ```java
/// record Shop() implements Application {
///     public List<Application> applications() { return List.of(new Chat()); }   // what has to run before
///     public Map<String, Object> env() { return Map.of("port", 4000); }         // what holds unless configured
///     public Pid start() {
///         int port = Application.getEnv("port", Integer.class);
///         return Supervisor.startLink("shop", ONE_FOR_ALL, worker("till", new Till(port)));
///     }
/// }
/// ```
///
/// **When it ends by itself**, because its top supervisor has, its restart type decides: `TEMPORARY` (unless said
/// otherwise) reports it; `TRANSIENT` reports it if it ended normally, else stops the node; `PERMANENT` stops the node for
/// any reason. An application is never started again by itself: that is what its supervisors are for.
///
/// **When it is stopped**, [#prepStop] is called, the tree is shut down as supervisors do, [#stop()] is called, and then
/// each process that descends from the application and is still there is killed, supervised or not. Those that need it
/// are not stopped. A node that stops stops its applications first, the one started last first; one that takes more than
/// a minute is killed. Another limit is set by `Application.putEnv("kernel", "shutdownTimeout", ofSeconds(10))`.
///
/// **Processes.** `start`, [#startPhase], `prepStop` and `stop` run in one process of the application, which is the parent
/// of the tree. What one of them has for the next it keeps in a `ProcessLocal`: OTP's state argument. The object that
/// implements this is sent there: its fields hold nothing mutable. The group leader of the whole tree is the application
/// master, by which [#of] finds where a process belongs.
///
/// **Failure.** Methods here that ask for something that cannot be done throw an [ApplicationException], whose `error` says
/// what it was. Starting and stopping waits as long as it takes; other applications can be started and stopped meanwhile.
///
/// Applications belong to a node: to that of the calling process. Follows OTP's `application` and Elixir's `Application`
/// (AP-01 to AP-09), save for what concerns several nodes. Not for a library that has no processes, and not to
/// group servers within a program: a [Supervisor] does.
@SuppressWarnings(
        "AmbiguousMethodReference") // OTP calls both start: the callback and what has it called
public interface Application {
    /// Whether [#ensureAllStarted] starts one application after the other.
    enum Mode {
        SERIAL,

        /// Those that do not need each other at the same time.
        CONCURRENT
    }

    // ---- callbacks

    /// Starts the tree; returns its top supervisor, which is linked to the calling process, by `startLink`.
    ///
    /// @throws Exception the start fails: with the reason of a [StartException] or of an exit, or with a crash
    Pid start() throws Exception;

    /// Goes on with a start, once for each of the [#startPhases].
    ///
    /// @throws Exception the start fails
    default void startPhase(String phase) throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName() + " has no startPhase and was to do phase " + phase);
    }

    /// Prepares for the end, before the tree is shut down; also called if the tree has ended by itself.
    ///
    /// @throws Exception is reported, and the end goes on
    default void prepStop() throws Exception {}

    /// Cleans up after the end of the tree.
    ///
    /// @throws Exception is reported, and the end goes on
    default void stop() throws Exception {}

    // ---- what it is

    /// What it is called on its node: the name of its class, with a small letter at first, unless said otherwise.
    default String name() {
        return Spec.defaultName(getClass());
    }

    /// What has to run before it does.
    default List<Application> applications() {
        return List.of();
    }

    /// Its environment, where nothing else is configured.
    default Map<String, Object> env() {
        return Map.of();
    }

    /// What [#startPhase] is called with after `start`, one after the other.
    default List<String> startPhases() {
        return List.of();
    }

    // ---- starting and stopping

    /// Starts an application whose end is only reported. What it needs must run.
    ///
    /// @throws ApplicationException if that does not, it runs already, or it does not start
    static void start(Application application) {
        start(application, Restart.TEMPORARY);
    }

    /// Starts an application.
    ///
    /// @param restart what its end means for the node
    /// @throws ApplicationException if what it needs does not run, it runs already, or it does not start; the node stops for
    /// that too unless `restart` is `TEMPORARY`
    static void start(Application application, Restart restart) {
        require(Controllers.ask(new ControllerRequest.Start(Spec.of(application), restart)));
    }

    /// Starts an application unless it runs.
    ///
    /// @throws ApplicationException if what it needs does not run, or it does not start
    static void ensureStarted(Application application) {
        ensureStarted(application, Restart.TEMPORARY);
    }

    /// Starts an application unless it runs.
    static void ensureStarted(Application application, Restart restart) {
        Controllers.ask(new ControllerRequest.Start(Spec.of(application), restart))
                .filter(error -> !(error instanceof ApplicationError.AlreadyStarted))
                .ifPresent(ApplicationException::raise);
    }

    /// Starts applications and, before them, what they need and what does not run yet, one after the other.
    ///
    /// @return the names of those that were started, in that order
    /// @throws ApplicationException if one does not start; those that were started here are stopped again
    static List<String> ensureAllStarted(Application... applications) {
        return ensureAllStarted(Restart.TEMPORARY, applications);
    }

    /// Starts applications and what they need, one after the other, all with the same restart type.
    static List<String> ensureAllStarted(Restart restart, Application... applications) {
        return ensureAllStarted(restart, Mode.SERIAL, applications);
    }

    /// Starts applications and what they need.
    static List<String> ensureAllStarted(Restart restart, Mode mode, Application... applications) {
        return StartAll.run(restart, mode, List.of(applications));
    }

    /// Stops an application and waits until it has ended. It can be started again.
    ///
    /// @throws ApplicationException if it is not started
    static void stop(String application) {
        require(Controllers.ask(new ControllerRequest.Stop(application)));
    }

    // ---- loading

    /// Makes an application known to the node, and sets its environment. To start it does that too.
    ///
    /// @throws ApplicationException if there is one of that name
    static void load(Application application) {
        require(Controllers.ask(new ControllerRequest.Load(Spec.of(application))));
    }

    /// Makes the node forget an application and its environment.
    ///
    /// @throws ApplicationException if it is not loaded, or runs
    static void unload(String application) {
        require(Controllers.ask(new ControllerRequest.Unload(application)));
    }

    /// The applications that are known to the node, in the order of loading.
    static List<ApplicationInfo> loadedApplications() {
        return Controllers.ask(new ControllerRequest.LoadedApplications());
    }

    /// The applications that run, the one started last first.
    static List<ApplicationInfo> startedApplications() {
        return Controllers.ask(new ControllerRequest.StartedApplications());
    }

    /// To which application a process belongs, if it is alive and belongs to one: that of the process which has spawned it.
    static Optional<String> of(Pid process) {
        return Masters.applicationOf(process);
    }

    // ---- the environment

    /// A value of the environment of an application.
    ///
    /// @throws IllegalArgumentException if it has none of that key, or one of another type
    static <T> T getEnv(String application, String key, Class<T> type) {
        return Environment.here().get(application, key, type);
    }

    /// A value of the environment of the application that the calling process belongs to.
    ///
    /// @throws IllegalArgumentException if it has none of that key, or one of another type, or the process belongs to none
    static <T> T getEnv(String key, Class<T> type) {
        return getEnv(Masters.ownApplication(), key, type);
    }

    /// A value of the environment of an application, if it has one of that key.
    ///
    /// @throws IllegalArgumentException if it is of another type
    static <T> Optional<T> findEnv(String application, String key, Class<T> type) {
        return Environment.here().find(application, key, type);
    }

    /// A value of the environment of the application that the calling process belongs to, if it has one of that key.
    ///
    /// @throws IllegalArgumentException if it is of another type, or the process belongs to no application
    static <T> Optional<T> findEnv(String key, Class<T> type) {
        return findEnv(Masters.ownApplication(), key, type);
    }

    /// All of the environment of an application.
    static Map<String, Object> getAllEnv(String application) {
        return Environment.here().all(application);
    }

    /// Sets a value until the application is unloaded; if it is not loaded yet, until then if it has one of its own for
    /// that key.
    ///
    /// @throws NotShareableException if the value cannot be shared
    static void putEnv(String application, String key, Object value) {
        Environment.here().put(application, key, value);
    }

    /// Configures applications, by their names: goes before what they say themselves, now and whenever they are loaded.
    ///
    /// @throws NotShareableException if a value cannot be shared
    static void putAllEnv(Map<String, Map<String, Object>> configuration) {
        Environment.here().configure(configuration);
    }

    /// Removes a value until the application is loaded anew.
    static void deleteEnv(String application, String key) {
        Environment.here().delete(application, key);
    }

    private static void require(Optional<ApplicationError> error) {
        error.ifPresent(ApplicationException::raise);
    }
}
