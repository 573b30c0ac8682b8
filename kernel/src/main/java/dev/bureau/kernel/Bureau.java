package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.AliasMode;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Flushing;
import dev.bureau.kernel.process.GuestProcess;
import dev.bureau.kernel.process.Hibernating;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.Linking;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.LocalRef;
import dev.bureau.kernel.process.Monitoring;
import dev.bureau.kernel.process.Receiving;
import dev.bureau.kernel.process.Sending;
import dev.bureau.kernel.process.Sleeping;
import dev.bureau.kernel.process.Spawning;
import dev.bureau.kernel.process.Suspensions;
import dev.bureau.kernel.process.TimerRef;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The words of the process model, to be imported statically.
///
/// ```java
/// import module dev.bureau.kernel;
/// import static dev.bureau.kernel.Bureau.*;
///
/// void main() {
///     Pid echo = spawn(() -> send(receive(Pid.class), "hello"));
///     send(echo, self());
///     IO.println(receive(String.class));
/// }
/// ```
///
/// Each method acts for the process whose thread calls it. A thread that is no process becomes a guest of the
/// default [Node] on first use: it has a pid and a mailbox, and can do all of this too.
///
/// A method of your own class hides all static imports of the same name: name yours differently from the ones here.
///
/// Follows `erlang` and Elixir's `Process` and `Kernel`. Messages are isolated: what is deeply immutable is passed by
/// reference, known mutable things are copied, anything else is refused by a [NotShareableException].
public final class Bureau {
    /// The reason of a process that has done its work.
    public static final ExitReason NORMAL = ExitReason.NORMAL;

    /// The reason that asks a process to stop.
    public static final ExitReason SHUTDOWN = ExitReason.SHUTDOWN;

    /// The reason that stops a process whether it wants or not.
    public static final ExitReason KILL = ExitReason.KILL;

    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    private Bureau() {}

    // ---- who and where

    /// The pid of the calling process.
    public static Pid self() {
        return asking().pid();
    }

    /// The node of the calling process.
    public static Node node() {
        return Node.current();
    }

    static LocalProcess process() {
        LocalProcess self = Current.processOrNull();
        return self != null ? self : GuestProcess.enterAgain(() -> Node.getDefault().local());
    }

    /// The calling process, for what only tells it something.
    private static LocalProcess asking() {
        LocalProcess self = process();
        self.ask();
        return self;
    }

    // ---- spawning

    /// Starts a process. Returns at once; a message sent right away is received.
    ///
    /// What `body` captures is isolated as a message is.
    ///
    /// @throws NotShareableException if it captures what cannot be shared
    /// @throws SystemLimit if the node has as many processes as it may
    public static Pid spawn(Body body) {
        return spawn(SpawnOptions.options(), body);
    }

    /// Starts a process with options.
    public static Pid spawn(SpawnOptions options, Body body) {
        return start(options, body, false, null).pid();
    }

    /// Starts a process that is linked to this one before it runs.
    public static Pid spawnLink(Body body) {
        return spawn(SpawnOptions.options().link(), body);
    }

    /// Starts a process that is monitored by this one before it runs.
    public static Spawned spawnMonitor(Body body) {
        return spawnMonitor(SpawnOptions.options(), body);
    }

    /// Starts a process with options and a monitor.
    public static Spawned spawnMonitor(SpawnOptions options, Body body) {
        return monitored(start(options, body, true, null));
    }

    /// Starts a process with options and a monitor whose message is what `as` makes of the [Down].
    public static Spawned spawnMonitor(
            SpawnOptions options, Body body, Function<? super Down, ?> as) {
        return monitored(start(options, body, true, as));
    }

    private static Spawned monitored(Spawning.Started started) {
        return new Spawned(started.pid(), Objects.requireNonNull(started.monitor()));
    }

    private static Spawning.Started start(
            SpawnOptions options,
            Body body,
            boolean monitor,
            @Nullable Function<? super Down, ?> as) {
        LocalProcess self = process();
        return Spawning.spawn(self.node(), self, body, options, monitor, as);
    }

    /// Starts a process and returns before it is started; a [SpawnReply] tells what came of it (OTP P-07). It comes before
    /// anything that the process itself sends, its end included.
    public static Ref spawnRequest(SpawnOptions options, Body body) {
        return spawnRequest(options, body, SpawnReply.Wanted.ALWAYS);
    }

    /// Starts a process and returns before it is started; a [SpawnReply] tells what came of it if it is `wanted`.
    public static Ref spawnRequest(SpawnOptions options, Body body, SpawnReply.Wanted wanted) {
        return Spawning.request(process(), body, options, wanted, false);
    }

    /// As `spawnRequest`, with a monitor on the process: the reference is that of the monitor too. If the process is not
    /// started there is no monitor, and no [Down].
    public static Ref spawnRequestMonitor(SpawnOptions options, Body body) {
        return spawnRequestMonitor(options, body, SpawnReply.Wanted.ALWAYS);
    }

    /// As `spawnRequest`, with a monitor on the process.
    public static Ref spawnRequestMonitor(
            SpawnOptions options, Body body, SpawnReply.Wanted wanted) {
        return Spawning.request(process(), body, options, wanted, true);
    }

    /// Makes the reply to a `spawnRequest` not come; false if it has come already. A request to one's own node is over
    /// when it returns, as in OTP: then this is always false.
    public static boolean abandonSpawnRequest(Ref request) {
        return Spawning.abandon(process(), (LocalRef) request);
    }

    // ---- messages

    /// Sends a message; returns it. Sending to a process that has ended is silent. Never blocks, unless the receiver has a
    /// [MailboxLimit] that has its senders wait.
    ///
    /// @throws NotShareableException if the message holds what cannot be shared
    /// @throws NoSuchName if `to` is a local name that nobody has
    /// @throws MailboxFullException if the receiver has a [MailboxLimit], and refuses what is too much
    public static <M> M send(Destination to, M message) {
        Sending.send(process(), to, message, false);
        return message;
    }

    /// Sends a message to a local name; returns it.
    public static <M> M send(String name, M message) {
        return send(Name.local(name), message);
    }

    /// Sends a message that goes before all ordinary ones, through an alias that allows it (EEP 76); through any
    /// other destination it is an ordinary one.
    public static <M> M sendPriority(Destination to, M message) {
        Sending.send(process(), to, message, true);
        return message;
    }

    /// Sends a message to a local name, which is no such alias: what `send` does, and returns it.
    public static <M> M sendPriority(String name, M message) {
        return sendPriority(Name.local(name), message);
    }

    /// Takes the oldest message, whatever it is; waits for one if there is none.
    public static Object receive() {
        return Objects.requireNonNull(Receiving.take(process(), Object.class, null, null, null));
    }

    /// Takes the oldest message of a type; waits for one if there is none. Others stay where they are.
    ///
    /// With a sealed type, a `switch` over the result is checked for completeness by the compiler.
    public static <T> T receive(Class<T> type) {
        return Objects.requireNonNull(Receiving.take(process(), type, null, null, null));
    }

    /// Takes the oldest message of a type that `accepts` it.
    public static <T> T receive(Class<T> type, Predicate<? super T> accepts) {
        return Objects.requireNonNull(Receiving.take(process(), type, accepts, null, null));
    }

    /// Takes the oldest message of a type.
    ///
    /// @throws ReceiveTimeout if none has come within `limit`
    public static <T> T receive(Class<T> type, Duration limit) {
        return inTime(Receiving.take(process(), type, null, null, limit), type, limit);
    }

    /// Takes the oldest message of a type that `accepts` it.
    ///
    /// @throws ReceiveTimeout if none has come within `limit`
    public static <T> T receive(Class<T> type, Predicate<? super T> accepts, Duration limit) {
        return inTime(Receiving.take(process(), type, accepts, null, limit), type, limit);
    }

    /// Takes the oldest message of a type, or returns `otherwise` if none has come within `limit`: Erlang's `after`, as
    /// one more case of the type.
    public static <T> T receive(Class<T> type, Duration limit, T otherwise) {
        T message = Receiving.take(process(), type, null, null, limit);
        return message == null ? otherwise : message;
    }

    /// Takes the oldest message of a type that `accepts` it, or returns `otherwise` after `limit`.
    public static <T> T receive(
            Class<T> type, Predicate<? super T> accepts, Duration limit, T otherwise) {
        T message = Receiving.take(process(), type, accepts, null, limit);
        return message == null ? otherwise : message;
    }

    /// Takes the first message of a type that belongs to a reference, looking only behind the place where the mailbox
    /// ended when the reference was made (OTP V-08).
    public static <T extends Tagged> T receive(Ref ref, Class<T> type) {
        return Objects.requireNonNull(Receiving.take(process(), type, null, (LocalRef) ref, null));
    }

    /// Takes the first message of a type that belongs to a reference.
    ///
    /// @throws ReceiveTimeout if none has come within `limit`
    public static <T extends Tagged> T receive(Ref ref, Class<T> type, Duration limit) {
        return inTime(Receiving.take(process(), type, null, (LocalRef) ref, limit), type, limit);
    }

    private static <T> T inTime(@Nullable T message, Class<T> type, Duration limit) {
        if (message == null) {
            throw new ReceiveTimeout(type.getSimpleName(), limit);
        }
        return message;
    }

    /// Takes the oldest message of a type if it is there now.
    public static <T> Optional<T> poll(Class<T> type) {
        return poll(type, Duration.ZERO);
    }

    /// Takes the oldest message of a type that `accepts` it if it is there now.
    public static <T> Optional<T> poll(Class<T> type, Predicate<? super T> accepts) {
        return poll(type, accepts, Duration.ZERO);
    }

    /// Takes the oldest message of a type if one comes within `limit`.
    public static <T> Optional<T> poll(Class<T> type, Duration limit) {
        return Optional.ofNullable(Receiving.take(process(), type, null, null, limit));
    }

    /// Takes the oldest message of a type that `accepts` it if one comes within `limit`.
    public static <T> Optional<T> poll(
            Class<T> type, Predicate<? super T> accepts, Duration limit) {
        return Optional.ofNullable(Receiving.take(process(), type, accepts, null, limit));
    }

    // ---- calls

    /// Asks a server and waits for the answer, for five seconds at most.
    ///
    /// The server receives a [Request] and answers with [#reply(From, Object)]. If it has ended, ends meanwhile or does
    /// not answer in time, this process exits with [ExitReason.CallFailed], unless it catches the [ExitException]. The
    /// server is not told of a time-out; its late answer is dropped.
    public static <R> R call(Destination server, Call<R> request) {
        return call(server, request, CALL_LIMIT);
    }

    /// Asks a server under a local name.
    public static <R> R call(String server, Call<R> request) {
        return call(Name.local(server), request, CALL_LIMIT);
    }

    /// Asks a server and waits for the answer, for `limit` at most.
    public static <R> R call(Destination server, Call<R> request, Duration limit) {
        Objects.requireNonNull(request, "request");
        return answer(Calling.call(process(), server, from -> new Request(from, request), limit));
    }

    /// Asks a server under a local name and waits for the answer, for `limit` at most.
    public static <R> R call(String server, Call<R> request, Duration limit) {
        return call(Name.local(server), request, limit);
    }

    /// Asks with a message that holds its reply address: `record Get(From<Integer> from) implements Msg` is asked by
    /// `int n = call(pid, Get::new)`.
    public static <R> R call(Destination server, Function<From<R>, ?> request) {
        return call(server, request, CALL_LIMIT);
    }

    /// Asks a server under a local name with a message that holds its reply address.
    public static <R> R call(String server, Function<From<R>, ?> request) {
        return call(Name.local(server), request, CALL_LIMIT);
    }

    /// Asks with a message that holds its reply address, for `limit` at most.
    public static <R> R call(Destination server, Function<From<R>, ?> request, Duration limit) {
        return answer(Calling.call(process(), server, request, limit));
    }

    /// Asks a server under a local name with a message that holds its reply address, for `limit` at most.
    public static <R> R call(String server, Function<From<R>, ?> request, Duration limit) {
        return call(Name.local(server), request, limit);
    }

    /// Asks a server and waits for the answer however long it takes: for what has to end before this process can go on, such
    /// as a long import. That the server ends is still heard of. A circle of such calls waits for ever: prefer a generous limit.
    public static <R> R callForever(Destination server, Call<R> request) {
        Objects.requireNonNull(request, "request");
        return answer(Calling.call(process(), server, from -> new Request(from, request), null));
    }

    /// Asks a server under a local name and waits for the answer however long it takes.
    public static <R> R callForever(String server, Call<R> request) {
        return callForever(Name.local(server), request);
    }

    /// Asks with a message that holds its reply address, and waits for the answer however long it takes.
    public static <R> R callForever(Destination server, Function<From<R>, ?> request) {
        return answer(Calling.call(process(), server, request, null));
    }

    /// Asks a server under a local name with a message that holds its reply address, and waits for the answer however long it
    /// takes.
    public static <R> R callForever(String server, Function<From<R>, ?> request) {
        return callForever(Name.local(server), request);
    }

    // The type was checked where the answer was given: reply(From<R>, R).
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <R> R answer(@Nullable Object value) {
        return (R) value;
    }

    /// Answers a call; once, by any process. If the caller no longer waits, nothing happens.
    public static <R> void reply(From<R> from, R value) {
        Calling.reply(process(), from, value);
    }

    /// Sends a message that has no answer to a server. Never blocks and never fails, whether there is a server or not; unless
    /// that has a [MailboxLimit] which has its senders wait, or refuses them.
    ///
    /// @throws NotShareableException if the message holds what cannot be shared
    /// @throws MailboxFullException if the server has a [MailboxLimit], and refuses what is too much
    public static void cast(Destination server, Cast message) {
        Sending.cast(process(), server, message);
    }

    /// Sends a message that has no answer to a server under a local name, if there is one.
    public static void cast(String server, Cast message) {
        cast(Name.local(server), message);
    }

    // ---- links, monitors, aliases

    /// Links this process to another: if one ends abnormally, so does the other, unless it traps exits.
    ///
    /// @throws ExitException with `NOPROC` if it has ended and this process does not trap exits
    public static void link(Pid pid) {
        Linking.link(process(), (LocalPid) pid, false);
    }

    /// Links this process to another with options. They count until the link is made again with others: `link(pid)`
    /// takes them back.
    public static void link(Pid pid, LinkingOption... options) {
        boolean priority = List.of(options).contains(LinkingOption.PRIORITY);
        Linking.link(process(), (LocalPid) pid, priority);
    }

    /// Takes the link to a process back, if there is one. An [Exit] that is in the mailbox already stays there.
    public static void unlink(Pid pid) {
        Linking.unlink(process(), (LocalPid) pid);
    }

    /// Asks to be told by a [Down] message when a process ends; at once if it has. Each call is a monitor of its own.
    public static Ref monitor(Destination process) {
        return Monitoring.monitor(process(), process, null, AliasMode.NONE, false);
    }

    /// Monitors a process under a local name.
    public static Ref monitor(String name) {
        return monitor(Name.local(name));
    }

    /// Monitors a process; what arrives is what `as` makes of the [Down], so that it can be part of a sealed protocol:
    /// `monitor(worker, WorkerGone::new)`. The function runs in this process.
    public static Ref monitor(Destination process, Function<? super Down, ?> as) {
        return Monitoring.monitor(process(), process, as, AliasMode.NONE, false);
    }

    /// Monitors a process under a local name; what arrives is what `as` makes of the [Down].
    public static Ref monitor(String name, Function<? super Down, ?> as) {
        return monitor(Name.local(name), as);
    }

    /// Monitors a process with options.
    public static Ref monitor(Destination process, MonitorOption... options) {
        AliasMode alias = AliasMode.NONE;
        boolean priority = false;
        for (MonitorOption option : options) {
            switch (option) {
                case ALIAS -> alias = AliasMode.EXPLICIT;
                case ALIAS_UNTIL_DEMONITOR -> alias = AliasMode.DEMONITOR;
                case ALIAS_UNTIL_REPLY -> alias = AliasMode.REPLY_DEMONITOR;
                case PRIORITY -> priority = true;
            }
        }
        return Monitoring.monitor(process(), process, null, alias, priority);
    }

    /// Monitors a process under a local name with options.
    public static Ref monitor(String name, MonitorOption... options) {
        return monitor(Name.local(name), options);
    }

    /// Ends a monitor: no [Down] of it is delivered from now on; one that is in the mailbox stays.
    ///
    /// @return whether the monitor was still live
    public static boolean demonitor(Ref monitor) {
        return Monitoring.demonitor(process(), (LocalRef) monitor);
    }

    /// Ends a monitor and takes its [Down] out of the mailbox if it is there.
    ///
    /// @return whether the monitor was still live: false if there was a message to take out
    public static boolean demonitorFlush(Ref monitor) {
        boolean live = demonitor(monitor);
        if (!live) {
            Flushing.down(process(), (LocalRef) monitor);
        }
        return live;
    }

    /// A new alias of this process: whoever has it can send through it until it is ended.
    public static Ref alias(AliasOption... options) {
        AliasMode mode = AliasMode.EXPLICIT;
        boolean priority = false;
        for (AliasOption option : options) {
            switch (option) {
                case REPLY -> mode = AliasMode.REPLY;
                case PRIORITY -> priority = true;
            }
        }
        return Monitoring.alias(process(), mode, priority);
    }

    /// Ends an alias of this process: what was sent through it and has not been received yet is dropped too.
    ///
    /// @return false if it was no alias of this process, or no longer one
    public static boolean unalias(Ref alias) {
        return Monitoring.unalias(process(), (LocalRef) alias);
    }

    /// A new unique reference.
    public static Ref ref() {
        return asking().ref();
    }

    // ---- exits

    /// Ends this process with a reason: an [ExitReason] or any object. Always throws; declared to return what it throws
    /// so that `throw exit("no")` can stand where a value is expected.
    public static ExitException exit(Object reason) {
        process().enter();
        throw new ExitException(reasonOf(reason));
    }

    /// Sends an exit signal to a process. It ends with that reason; if it traps exits it gets an [Exit] message, save
    /// for `KILL`. `NORMAL` does nothing to another process that does not trap.
    public static void exit(Pid pid, Object reason) {
        Linking.exit(process(), (LocalPid) pid, reasonOf(reason), false);
    }

    /// Sends an exit signal whose [Exit] message goes before all ordinary ones (EEP 76).
    public static void exitPriority(Ref alias, Object reason) {
        Linking.exitThroughAlias(process(), (LocalRef) alias, reasonOf(reason));
    }

    private static ExitReason reasonOf(Object reason) {
        ExitReason wanted = ExitReason.of(reason);
        return wanted instanceof ExitReason.Crash(var error)
                ? new ExitReason.Crash(CrashedWith.shareable(error))
                : (ExitReason) Objects.requireNonNull(Isolation.pass(wanted));
    }

    /// Whether exit signals become [Exit] messages from now on; returns what was before.
    public static boolean trapExits(boolean trap) {
        return Linking.trapExits(process(), trap, null);
    }

    /// Exit signals become what `as` makes of the [Exit] message, so that it can be part of a sealed protocol:
    /// `trapExits(WorkerExit::new)`. The function runs in this process.
    public static boolean trapExits(Function<? super Exit, ?> as) {
        return Linking.trapExits(process(), true, as);
    }

    // ---- names

    /// Gives a process a local name.
    ///
    /// @throws IllegalArgumentException if the name is taken, or the process has one or has ended
    public static void register(String name, Pid pid) {
        Name.local(name);
        LocalProcess self = process();
        self.enter();
        String obstacle = self.node().register(name, (LocalPid) pid);
        if (obstacle != null) {
            throw new IllegalArgumentException("cannot register '" + name + "': " + obstacle);
        }
    }

    /// Frees a local name.
    ///
    /// @throws NoSuchName if nobody has it
    public static void unregister(String name) {
        LocalProcess self = process();
        self.enter();
        if (!self.node().unregister(name)) {
            throw new NoSuchName(Name.local(name));
        }
    }

    /// The process that has a local name.
    public static Optional<Pid> whereis(String name) {
        return Node.current().whereis(name);
    }

    /// All local names, sorted.
    public static List<String> registered() {
        return Node.current().registered();
    }

    // ---- time

    /// Sends a message after a while. If that process has ended by then, or nobody has the name, nothing happens. To a process
    /// other than this one, with a [MailboxLimit], it is sent as by a process of its own, which may wait or be refused.
    public static Ref sendAfter(Destination to, Object message, Duration delay) {
        return timer(to, message, delay, false);
    }

    /// Sends a message after a while to who has the local name then.
    public static Ref sendAfter(String name, Object message, Duration delay) {
        return sendAfter(Name.local(name), message, delay);
    }

    /// Sends a [Timeout] with a message after a while.
    public static Ref startTimer(Destination to, Object message, Duration delay) {
        return timer(to, message, delay, true);
    }

    /// Sends a [Timeout] with a message after a while to who has the local name then.
    public static Ref startTimer(String name, Object message, Duration delay) {
        return startTimer(Name.local(name), message, delay);
    }

    /// Sends a message at a point of [#monotonicTime()]; at once if that is over. For what is to happen at regular times
    /// without drifting: the next time is the last one plus a period, however late the message was handled.
    ///
    /// ```java
    /// record Tick() {}
    ///
    /// for (long next = monotonicTime(); ; next += ofMillis(100).toNanos()) {
    ///     sendAt(self(), new Tick(), next);
    ///     receive(Tick.class);
    /// }
    /// ```
    public static Ref sendAt(Destination to, Object message, long time) {
        return timerAt(to, message, time, false);
    }

    /// Sends a message at a point of [#monotonicTime()] to who has the local name then.
    public static Ref sendAt(String name, Object message, long time) {
        return sendAt(Name.local(name), message, time);
    }

    /// Sends a [Timeout] with a message at a point of [#monotonicTime()]; at once if that is over.
    public static Ref startTimerAt(Destination to, Object message, long time) {
        return timerAt(to, message, time, true);
    }

    /// Sends a [Timeout] with a message at a point of [#monotonicTime()] to who has the local name then.
    public static Ref startTimerAt(String name, Object message, long time) {
        return startTimerAt(Name.local(name), message, time);
    }

    private static Ref timerAt(Destination to, Object message, long time, boolean wrapped) {
        LocalProcess self = process();
        self.enter();
        return TimerRef.at(self, to, isolated(message), time, wrapped);
    }

    /// Nanoseconds of the clock that timers go by: from an arbitrary beginning, never back, the same for all processes of
    /// a node. In a simulation it is the virtual time.
    public static long monotonicTime() {
        return Node.current().local().nanoTime();
    }

    private static Ref timer(Destination to, Object message, Duration delay, boolean wrapped) {
        LocalProcess self = process();
        self.enter();
        return TimerRef.once(self, to, isolated(message), notNegative(delay), wrapped);
    }

    /// Sends a message again and again, for the first time after one period, until it is cancelled or the process has
    /// ended.
    public static Ref sendInterval(Destination to, Object message, Duration period) {
        LocalProcess self = process();
        self.enter();
        if (period.isZero()) {
            throw new IllegalArgumentException(
                    "expected a period of more than zero, got: " + period);
        }
        return TimerRef.each(self, to, isolated(message), notNegative(period));
    }

    /// Sends a message again and again to the process that has the local name now, until it is cancelled or that has ended.
    public static Ref sendInterval(String name, Object message, Duration period) {
        return sendInterval(Name.local(name), message, period);
    }

    private static Object isolated(Object message) {
        return Objects.requireNonNull(Isolation.pass(message), "a message must not be null");
    }

    private static Duration notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("expected a time of zero or more, got: " + time);
        }
        return time;
    }

    /// Stops a timer; what was left of it, or empty if it has fired or been stopped: then its message is in the mailbox
    /// or will be in a moment. Any process may.
    public static Optional<Duration> cancelTimer(Ref timer) {
        process().enter();
        return timer instanceof TimerRef known ? known.cancel() : Optional.empty();
    }

    /// What is left of a timer; empty if it has fired or been stopped.
    public static Optional<Duration> readTimer(Ref timer) {
        process().enter();
        return timer instanceof TimerRef known ? known.left() : Optional.empty();
    }

    /// Stops a timer without waiting; the answer comes as a [TimerCancelled].
    public static void cancelTimerAsync(Ref timer) {
        send(self(), new TimerCancelled(timer, cancelTimer(timer)));
    }

    /// Asks without waiting what is left of a timer; the answer comes as a [TimerCancelled].
    public static void readTimerAsync(Ref timer) {
        send(self(), new TimerCancelled(timer, readTimer(timer)));
    }

    /// Sleeps. Messages wait meanwhile; exit signals take effect.
    public static void sleep(Duration time) {
        Sleeping.sleep(process(), notNegative(time));
    }

    /// Sleeps until this process is told to exit.
    public static void sleepForever() {
        Sleeping.sleep(process(), null);
    }

    /// `n` seconds.
    public static Duration ofSeconds(long n) {
        return Duration.ofSeconds(n);
    }

    /// `n` milliseconds.
    public static Duration ofMillis(long n) {
        return Duration.ofMillis(n);
    }

    /// `n` minutes.
    public static Duration ofMinutes(long n) {
        return Duration.ofMinutes(n);
    }

    /// Waits until there is a message, in as little memory as possible, and returns without taking it.
    public static void hibernate() {
        Hibernating.untilMessage(process());
    }

    /// Gives the stack up, waits until there is a message and goes on with `continuation` (OTP P-13). Never returns.
    public static void hibernate(Body continuation) {
        Hibernating.into(process(), continuation);
    }

    /// Runs what is known not to come back soon and not to let others run meanwhile: native code, a huge sort, a library
    /// that nobody wove. Others get another carrier within a millisecond instead of ten.
    ///
    /// Not needed for what blocks as Java does: sockets, locks, sleeping, JDBC over sockets.
    public static <T> T blocking(Callable<T> work) throws Exception {
        LocalProcess self = process();
        self.enter();
        self.blocking(true);
        try {
            return work.call();
        } finally {
            self.blocking(false);
            self.enter();
        }
    }

    // ---- looking at and changing processes

    /// Whether a process is alive; sees the effect of signals that this process has sent it before. If it is ending,
    /// waits until its name is free, its tables are gone and what it owned is closed.
    public static boolean isAlive(Pid pid) {
        return Inspection.isAlive(process(), (LocalPid) pid);
    }

    /// What is known of a process; empty when it has ended.
    public static Optional<ProcessInfo> info(Pid pid) {
        process().enter();
        return Optional.ofNullable(Inspection.info((LocalPid) pid));
    }

    /// Copies of up to `limit` unread messages of a process, oldest first; a text for what cannot be copied.
    public static List<Object> messages(Pid pid, int limit) {
        process().enter();
        return Inspection.messages((LocalPid) pid, limit);
    }

    /// Where the code of a process stands.
    public static List<StackTraceElement> stack(Pid pid) {
        process().enter();
        return Inspection.stack((LocalPid) pid);
    }

    /// The processes of this node that are alive.
    public static List<Pid> processes() {
        return Node.current().processes();
    }

    /// The processes of this node one after the other, without a list of them all.
    public static Iterator<Pid> processesIterator() {
        return Node.current().processesIterator();
    }

    /// Says what this process is, for lists, reports and the shell.
    public static void label(Object label) {
        Inspection.label(process(), isolated(label));
    }

    /// Sets this process's priority; returns the one before.
    public static Priority priority(Priority wanted) {
        LocalProcess self = process();
        self.enter();
        Priority before = self.schedulingPriority();
        self.schedulingPriority(wanted);
        return before;
    }

    /// The group leader of this process: inherited from the spawner.
    public static Pid groupLeader() {
        return asking().groupLeader();
    }

    /// Gives a process another group leader.
    public static void groupLeader(Pid pid, Pid leader) {
        process().enter();
        LocalProcess process = ((LocalPid) pid).process();
        if (process == null || !process.isAlive()) {
            throw new IllegalArgumentException("expected a process that is alive, got: " + pid);
        }
        process.groupLeader(leader);
    }

    /// Keeps a process from running until it is resumed, once for each call, or until this process ends. Returns when it
    /// has left its carrier. Its messages wait; it can still be ended.
    public static void suspend(Pid pid) {
        Suspensions.suspend(process(), (LocalPid) pid);
    }

    /// Takes one `suspend` of this process back.
    public static void resume(Pid pid) {
        Suspensions.resume(process(), (LocalPid) pid);
    }
}
