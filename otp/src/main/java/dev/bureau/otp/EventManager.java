package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.events.ManagerLoop;
import dev.bureau.otp.events.ManagerRequest;
import dev.bureau.otp.events.ManagerRequest.Outcome;
import dev.bureau.otp.gen.Starting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event manager: a process that tells events to handlers, which are added and removed while it runs.
///
/// ```java
/// record Alarm(String what) {}
/// record Seen() implements Call<Integer> {}
///
/// record AlarmCounter() implements EventHandler<Integer, Alarm> {
///     public Integer init() {
///         return 0;
///     }
///
///     public Reaction<Integer> handle(Alarm alarm, Integer seen) {
///         return keep(seen + 1);
///     }
///
///     public Reaction<Integer> handleCall(Call<?> request, Integer seen) {
///         return switch (request) {
///             case Seen question -> reply(question, seen, seen);
///             default -> unexpected(request);
///         };
///     }
/// }
///
/// Pid alarms = EventManager.startLink("alarms");
/// EventManager.add(alarms, new AlarmCounter());
/// EventManager.notify(alarms, new Alarm("fire"));
/// int seen = EventManager.call(alarms, AlarmCounter.class, new Seen());
/// ```
///
/// A handler is known by its class, or by the id it is added with; ids may occur twice, then the newest is meant. The newest
/// is told first.
///
/// **Failure.** A handler that throws is removed alone. One that is *supervised* is linked to who added it, by the manager's
/// process: that one is told of its end by a [HandlerExit], and when it ends itself, the handler is removed. A manager ends
/// as a [GenServer] does, and traps exits; before it ends, each handler's `terminate` is called.
///
/// **Threading.** All handlers run in the manager's process. Events are isolated as all messages are.
///
/// Follows OTP's `gen_event` (GE-01 to GE-04). Not where one handler must not hold up another, or each needs a process
/// anyway: then a [Registry] with duplicate keys is what tells them.
public final class EventManager {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    private EventManager() {}

    /// A handler and what `Sys` knows of it: the state of a manager is a list of these, newest handler first.
    public record HandlerState(Object id, Object state) {
        public HandlerState {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(state, "the state is null");
        }
    }

    // ---- events

    /// Tells all handlers of an event. Never blocks, unless the manager has a limit for its mailbox that has senders wait.
    ///
    /// @throws dev.bureau.kernel.NoSuchName if `manager` is a local name that nobody has
    public static void notify(Destination manager, Object event) {
        Bureau.send(manager, new ManagerRequest.Notification(event));
    }

    /// Tells all handlers of an event.
    public static void notify(String manager, Object event) {
        notify(Name.local(manager), event);
    }

    /// Tells all handlers of an event, and returns when all have handled it.
    ///
    /// @throws ExitException if there is no such manager
    public static void syncNotify(Destination manager, Object event) {
        ManagerLoop.ask(manager, new ManagerRequest.Sync(event), null);
    }

    /// Tells all handlers of an event, and returns when all have handled it.
    public static void syncNotify(String manager, Object event) {
        syncNotify(Name.local(manager), event);
    }

    // ---- handlers

    /// Adds a handler, known by its class.
    ///
    /// @throws CallbackFailedException if its `init` throws
    public static void add(Destination manager, EventHandler<?, ?> handler) {
        add(manager, handler.getClass(), handler);
    }

    /// Adds a handler, known by its class, to the manager of a local name.
    public static void add(String manager, EventHandler<?, ?> handler) {
        add(Name.local(manager), handler);
    }

    /// Adds a handler.
    ///
    /// @throws CallbackFailedException if its `init` throws
    public static void add(Destination manager, Object id, EventHandler<?, ?> handler) {
        value(manager, new ManagerRequest.Add(id, handler, null), null);
    }

    /// Adds a handler to the manager of a local name.
    public static void add(String manager, Object id, EventHandler<?, ?> handler) {
        add(Name.local(manager), id, handler);
    }

    /// Adds a handler, known by its class, that goes when this process ends; a [HandlerExit] tells when it has gone before.
    /// This process and the manager are linked from then on.
    ///
    /// @throws CallbackFailedException if its `init` throws
    public static void addSupervised(Destination manager, EventHandler<?, ?> handler) {
        addSupervised(manager, handler.getClass(), handler);
    }

    /// Adds a supervised handler, known by its class, to the manager of a local name.
    public static void addSupervised(String manager, EventHandler<?, ?> handler) {
        addSupervised(Name.local(manager), handler);
    }

    /// Adds a supervised handler.
    ///
    /// @throws CallbackFailedException if its `init` throws
    public static void addSupervised(Destination manager, Object id, EventHandler<?, ?> handler) {
        value(manager, new ManagerRequest.Add(id, handler, Bureau.self()), null);
    }

    /// Adds a supervised handler to the manager of a local name.
    public static void addSupervised(String manager, Object id, EventHandler<?, ?> handler) {
        addSupervised(Name.local(manager), id, handler);
    }

    /// Removes a handler; what its `terminate` has left.
    ///
    /// @param argument told to `terminate` in a [Removal.Deleted]
    /// @throws NoSuchHandler if there is none of that id
    /// @throws CallbackFailedException if its `terminate` throws; it is gone then too
    @SuppressWarnings("unchecked") // the manager answers so
    public static Optional<Object> delete(Destination manager, Object id, Object argument) {
        return (Optional<Object>) value(manager, new ManagerRequest.Delete(id, argument), null);
    }

    /// Removes a handler from the manager of a local name.
    public static Optional<Object> delete(String manager, Object id, Object argument) {
        return delete(Name.local(manager), id, argument);
    }

    /// Puts `successor` in the place of a handler; it takes over what that has left. If there is no
    /// handler of that id it is added all the same. It is supervised as the other was.
    ///
    /// @param argument told to `terminate` in a [Removal.Deleted]
    /// @throws CallbackFailedException if its `takeOver` throws; the other is gone then too
    public static void swap(
            Destination manager,
            Object id,
            Object argument,
            Object successorId,
            EventHandler<?, ?> successor) {
        value(
                manager,
                new ManagerRequest.Swap(id, argument, successorId, successor, null, Bureau.self()),
                null);
    }

    /// Puts `successor` in the place of a handler of the manager of a local name.
    public static void swap(
            String manager,
            Object id,
            Object argument,
            Object successorId,
            EventHandler<?, ?> successor) {
        swap(Name.local(manager), id, argument, successorId, successor);
    }

    /// Puts `successor` in the place of a handler, supervised by this process.
    ///
    /// @throws CallbackFailedException if its `takeOver` throws; the other is gone then too
    public static void swapSupervised(
            Destination manager,
            Object id,
            Object argument,
            Object successorId,
            EventHandler<?, ?> successor) {
        Pid self = Bureau.self();
        value(
                manager,
                new ManagerRequest.Swap(id, argument, successorId, successor, self, self),
                null);
    }

    /// Puts `successor` in the place of a handler of the manager of a local name, supervised by this process.
    public static void swapSupervised(
            String manager,
            Object id,
            Object argument,
            Object successorId,
            EventHandler<?, ?> successor) {
        swapSupervised(Name.local(manager), id, argument, successorId, successor);
    }

    /// The ids of its handlers, newest first.
    @SuppressWarnings("unchecked") // the manager answers so
    public static List<Object> handlers(Destination manager) {
        return (List<Object>) value(manager, new ManagerRequest.Handlers(), null);
    }

    /// The ids of the handlers of the manager of a local name, newest first.
    public static List<Object> handlers(String manager) {
        return handlers(Name.local(manager));
    }

    /// Asks a handler and waits for its answer, for five seconds at most.
    ///
    /// @throws NoSuchHandler if there is none of that id
    /// @throws CallbackFailedException if it throws; it is removed then
    /// @throws ExitException as any call
    public static <R> R call(Destination manager, Object id, Call<R> request) {
        return call(manager, id, request, CALL_LIMIT);
    }

    /// Asks a handler of the manager of a local name.
    public static <R> R call(String manager, Object id, Call<R> request) {
        return call(Name.local(manager), id, request);
    }

    /// Asks a handler and waits for its answer, for `limit` at most.
    ///
    /// @throws NoSuchHandler if there is none of that id
    /// @throws CallbackFailedException if it throws; it is removed then
    /// @throws ExitException as any call
    @SuppressWarnings("unchecked") // reply(Call<R>, R, ..) has checked it
    public static <R> R call(Destination manager, Object id, Call<R> request, Duration limit) {
        return (R) value(manager, new ManagerRequest.Ask(id, request), limit);
    }

    /// Asks a handler of the manager of a local name, and waits for `limit` at most.
    public static <R> R call(String manager, Object id, Call<R> request, Duration limit) {
        return call(Name.local(manager), id, request, limit);
    }

    /// Asks a handler and does not wait; see [RequestId]. To add it to others, see [RequestIds#add].
    ///
    /// @throws IllegalArgumentException if `manager` is an alias
    public static <R> RequestId<R> sendRequest(Destination manager, Object id, Call<R> request) {
        return RequestId.send(manager, request, new ManagerRequest.Ask(id, request), null);
    }

    /// Asks a handler of the manager of a local name and does not wait.
    public static <R> RequestId<R> sendRequest(String manager, Object id, Call<R> request) {
        return sendRequest(Name.local(manager), id, request);
    }

    private static Object value(
            Destination manager, ManagerRequest request, @Nullable Duration limit) {
        return switch (ManagerLoop.ask(manager, request, limit)) {
            case Outcome.Done(var value) -> value;
            case Outcome.Failed(var error) -> throw new CallbackFailedException(error);
            case Outcome.Absent(var id) -> throw new NoSuchHandler(id);
        };
    }

    // ---- starting and stopping

    /// Starts a manager without a link.
    public static Pid start() {
        return start(StartOptions.options());
    }

    /// Starts a manager without a link.
    ///
    /// @throws StartException if its name is taken
    public static Pid start(StartOptions options) {
        return ManagerLoop.start(options, Starting.Bond.NONE).start().orThrow();
    }

    /// Starts a manager linked to this process.
    public static Pid startLink() {
        return startLink(StartOptions.options());
    }

    /// Starts a manager with a local name, linked to this process.
    public static Pid startLink(String name) {
        return startLink(StartOptions.named(name));
    }

    /// Starts a manager linked to this process.
    ///
    /// @throws StartException if its name is taken
    public static Pid startLink(StartOptions options) {
        return starter(options).start().orThrow();
    }

    /// Starts a manager and a monitor on it.
    public static Spawned startMonitor(StartOptions options) {
        Starting.Outcome outcome = ManagerLoop.start(options, Starting.Bond.MONITOR);
        return new Spawned(outcome.start().orThrow(), Objects.requireNonNull(outcome.monitor()));
    }

    /// How to start a manager linked to whoever starts it: for a [ChildSpec], or to look at what comes of it.
    public static Starter starter(StartOptions options) {
        return new Starter(options);
    }

    /// One as a child of a supervisor, with a local name, which is its id too: permanent, five seconds to shut down.
    public static ChildSpec childSpec(String name) {
        return ChildSpec.worker(name, starter(StartOptions.named(name)));
    }

    /// Starts a manager linked to the calling process.
    public record Starter(StartOptions options) implements ChildSpec.Starter {
        @Override
        public Start start() {
            return ManagerLoop.start(options, Starting.Bond.LINK).start();
        }
    }

    /// Ends a manager in order, normally, and waits until it has ended, as long as that takes.
    ///
    /// @throws ExitException if there is none, or it ends for another reason
    public static void stop(Destination manager) {
        stop(manager, ExitReason.NORMAL, null);
    }

    /// Ends the manager of a local name in order.
    public static void stop(String manager) {
        stop(Name.local(manager));
    }

    /// Ends a manager in order and waits until it has ended: for `limit` at most, or as long as it takes if that is null.
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    public static void stop(Destination manager, Object reason, @Nullable Duration limit) {
        Stopping.stop(manager, ExitReason.of(reason), limit);
    }

    /// Ends the manager of a local name in order: waits for `limit` at most, or as long as it takes if that is null.
    public static void stop(String manager, Object reason, @Nullable Duration limit) {
        stop(Name.local(manager), reason, limit);
    }
}
