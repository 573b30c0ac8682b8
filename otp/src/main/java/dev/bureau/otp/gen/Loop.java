package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Timeout;
import dev.bureau.kernel.process.CrashedWith;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.GuestProcess;
import dev.bureau.kernel.process.Linking;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Receiving;
import dev.bureau.kernel.process.Serving;
import dev.bureau.kernel.process.Shown;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.otp.DebugOptions;
import dev.bureau.otp.Sys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The loop of a behaviour: takes one message after the other, sees to what concerns all behaviours, and gives the rest
/// to the callbacks. Its process alone touches it.
///
/*
 * While its mailbox is empty a behaviour holds no stack and no thread: `run` returns. So nothing of an
 * activation lives in local variables; what is to last lives in this object.
 *
 * The end comes in three ways: a callback says so, an exit signal comes from the parent (only who traps exits gets here),
 * or `Sys` asks for it. In all `terminate` runs first; then the process exits with the reason, by an ExitException, for
 * which the kernel writes no report of its own. An exit signal to one that does not trap ends it in the kernel, without
 * `terminate`.
 */
public abstract class Loop implements Serving {
    /// What came of initialising.
    public sealed interface Initial {
        record Up() implements Initial {}

        record Ignore() implements Initial {}

        record Failed(ExitReason reason) implements Initial {}

        record Stop(ExitReason reason) implements Initial {}
    }

    /// Thrown by [#stop] to end the loop in order.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        final transient ExitReason reason;
        final transient @Nullable Runnable last;

        Stopped(ExitReason reason, @Nullable Runnable last) {
            super(null, null, false, false);
            this.reason = reason;
            this.last = last;
        }
    }

    /// What the timer of a time-out carries.
    private enum Idle {
        IDLE
    }

    private @Nullable Pid parent;
    private @Nullable Name name;
    private @Nullable Debug debug;
    private Sys.Mode mode = Sys.Mode.RUNNING;

    /// The message that is being handled, for reports.
    private @Nullable Object current;

    /// How many it has begun to handle.
    private int begun;

    /// The timer of a time-out that any message cancels, and its length; null when none is set.
    private @Nullable Ref timer;

    private @Nullable Duration timeout;

    /// The calling process, a guest if need be.
    public static LocalProcess process() {
        Bureau.self();
        return Current.process();
    }

    /// Whether that is how a callback ends its process in order, and no failure.
    public static boolean isStop(Throwable thrown) {
        return thrown instanceof Stopped;
    }

    final void begin(@Nullable Pid parent, @Nullable Name name) {
        this.parent = parent;
        this.name = name;
        if (parent != null) Linking.serveParent(process());
    }

    /// Switches on what those who start it want to see.
    final void debug(DebugOptions wanted) {
        debugged(seen -> seen.begin(wanted));
    }

    // ---- what a kind of behaviour says

    /// Initialises.
    ///
    /// @throws Exception ends the process
    protected abstract Initial initial() throws Exception;

    /// Handles a message that is not for the loop itself.
    ///
    /// @throws Exception ends the process, after [#terminate]
    protected abstract void handle(Object message) throws Exception;

    /// A time-out of [#setTimeout] has come.
    ///
    /// @throws Exception ends the process, after [#terminate]
    protected void timedOut() throws Exception {}

    /// The last thing it does.
    ///
    /// @throws Exception becomes the reason of the end
    protected abstract void terminate(ExitReason reason) throws Exception;

    /// Whose callbacks it runs.
    protected abstract String module();

    /// The same, for those who look on.
    public final String behaviour() {
        return module();
    }

    /// What it keeps from message to message.
    protected abstract Object state();

    /// Replaces that.
    protected abstract void replaceState(Object state);

    /// What may be shown of its state.
    protected abstract Object shownState();

    /// What may be shown of a message it handles.
    protected Object shownMessage(Object message) {
        return message;
    }

    /// What may be shown of why it has ended.
    protected ExitReason shownReason(ExitReason reason) {
        return reason;
    }

    /// Carries the state over to a new version of the code.
    ///
    /// @throws Exception if it cannot
    protected abstract void changeCode(Object oldVersion, @Nullable Object extra) throws Exception;

    private boolean isParent(Pid pid) {
        return parent != null && parent.equals(pid);
    }

    // ---- for them

    protected final @Nullable Pid parent() {
        return parent;
    }

    /// Under which name it was started.
    protected final @Nullable Name name() {
        return name;
    }

    /// Ends the loop: `terminate`, then `last`, then the exit.
    protected final void stop(ExitReason reason, @Nullable Runnable last) {
        throw new Stopped(reason, last);
    }

    /// Asks for [#timedOut()] unless a message comes before.
    protected final void setTimeout(Duration after) {
        timeout = after;
        timer = Bureau.startTimer(Bureau.self(), Idle.IDLE, after);
    }

    /// Answers a caller.
    protected final <R> void answer(From<R> from, R value) {
        Bureau.reply(from, value);
        Debug seen = debug;
        if (seen != null) seen.see(new Sys.Event.Out(shownMessageSafely(value), from.caller()));
    }

    /// Refuses an answer to another request than the one that is handled: whoever asks now would get it, of another type.
    ///
    /// @param handled null if that is no request
    protected final void requireAnswerTo(@Nullable Object handled, Call<?> answered) {
        if (handled == null || (answered != handled && !answered.equals(handled))) {
            throw new IllegalStateException(
                    (handled == null
                                    ? "expected no answer, since no call is being handled"
                                    : "expected an answer to "
                                            + shownMessageSafely(handled)
                                            + ", which is being handled")
                            + ", got one to "
                            + shownMessageSafely(answered)
                            + "; to answer a call that came before keep its `from`, and reply(from, value)");
        }
    }

    /// Logs a message that nobody handles.
    ///
    /// @param shown what may be shown of it
    protected static void unexpected(String module, Object message, UnaryOperator<Object> shown) {
        Reports.unexpected(module, shownSafely(shown, message));
    }

    /// What is handled now that is no message, for reports.
    protected final void handling(Object what) {
        current = what;
    }

    /// Becomes the loop of the calling process, which was something else before; does not return.
    ///
    /// @throws Exception ends the process
    protected final void enter() throws Exception {
        LocalProcess self = process();
        if (self instanceof GuestProcess) {
            throw new IllegalStateException(
                    "expected a process that was started by spawn, got the guest "
                            + self
                            + ": start a "
                            + module()
                            + " by its start method instead");
        }
        Pid spawner = self.parent();
        if (spawner != null && Ancestry.own().isEmpty()) Ancestry.put(List.of(spawner));
        begin(spawner, null);
        serve();
    }

    /// Takes a message that is not for the loop itself: shows it and handles it. Who makes events of their own of it shows
    /// those.
    ///
    /// @throws Exception ends the process, after [#terminate]
    protected void take(Object message) throws Exception {
        begun(message);
        handle(message);
        done();
    }

    /// This is handled from now on.
    protected final void begun(Object event) {
        current = event;
        begun++;
        Debug seen = debug;
        if (seen != null) seen.see(new Sys.Event.In(shownEvent(event)));
    }

    /// What may be shown of it; if that is less than all of a request, without who asks.
    private Object shownEvent(Object event) {
        if (event instanceof Request(_, var payload)) {
            Object shown = shownMessageSafely(payload);
            return shown == payload ? event : shown;
        }
        return shownMessageSafely(event);
    }

    /// It is handled.
    protected final void done() {
        current = null;
        Debug seen = debug;
        if (seen != null) seen.see(new Sys.Event.Handled(shownSafely()));
    }

    @Override
    public final String initialCall() {
        return module() + ".init";
    }

    @Override
    public final int handling() {
        return current == null ? 0 : begun == 0 ? 1 : begun;
    }

    // ---- the loop

    /// Others see from now on that its process is this, also before it first waits, which a busy one may not do for long.
    final void serves() {
        process().serves(this);
    }

    /// Runs until the end; never returns.
    final void serve() throws Exception {
        serves();
        try {
            started();
            current = null;
        } catch (Throwable thrown) {
            end(thrown);
        }
        serve(process());
        Bureau.hibernate(this);
    }

    /// What is to be done before the first message.
    ///
    /// @throws Exception ends the process, after [#terminate]
    protected void started() throws Exception {}

    /// Handles what is in the mailbox.
    @Override
    public final void serve(LocalProcess self) {
        while (true) {
            Object message = Receiving.next(self);
            if (message == null) return;
            try {
                receive(self, message);
            } catch (Throwable thrown) {
                end(thrown);
            }
        }
    }

    private void receive(LocalProcess self, Object message) throws Exception {
        if (message instanceof SystemMessage system) {
            obey(system);
            return;
        }
        if (message instanceof Exit exit && isParent(exit.from())) {
            stop(exit.reason(), null);
        }
        if (message instanceof Timeout(var ref, var what) && what == Idle.IDLE) {
            if (timer != ref) return;
            timer = null;
            timeout = null;
            timedOut();
            return;
        }
        cancelTimeout();
        if (Tracing.isTraced(self)) Tracing.handle(self, module(), message, () -> take(message));
        else take(message);
    }

    /// Does what `Sys` asks for, until it may handle messages again. A time-out begins anew then (OTP G-11).
    private void obey(SystemMessage system) throws Exception {
        Duration after = timeout;
        cancelTimeout();
        answer(system);
        while (mode == Sys.Mode.SUSPENDED) receiveSuspended();
        if (after != null) setTimeout(after);
    }

    private void cancelTimeout() {
        Ref set = timer;
        if (set != null) {
            timer = null;
            timeout = null;
            Bureau.cancelTimer(set);
        }
    }

    private void receiveSuspended() throws Exception {
        Object message =
                Bureau.receive(
                        Object.class,
                        next ->
                                next instanceof SystemMessage
                                        || (next instanceof Exit exit && isParent(exit.from())));
        if (message instanceof SystemMessage system) {
            answer(system);
        } else if (message instanceof Exit exit) {
            stop(exit.reason(), null);
        }
    }

    // ---- the end

    /// Ends the process for what a callback has thrown.
    private void end(Throwable thrown) {
        // Who was told to exit ends of that, whatever its code has made of the interrupt (OTP
        // G-23).
        process().enter();
        ExitReason reason;
        Runnable last = null;
        switch (thrown) {
            case Stopped stopped -> {
                reason = stopped.reason;
                last = stopped.last;
            }
            case ExitException exit -> reason = exit.reason();
            case Exception failed -> reason = new ExitReason.Crash(failed);
            case Error failed -> reason = new ExitReason.Crash(failed);
            // The kernel is ending the process, or taking its stack down.
            default -> throw Loop.<RuntimeException>unchecked(thrown);
        }
        try {
            terminate(reason);
        } catch (ExitException exit) {
            reason = exit.reason();
        } catch (Exception | Error failed) {
            reason = new ExitReason.Crash(failed);
        }
        Reports.terminating(this, reason);
        if (last != null) last.run();
        throw new ExitException(reason);
    }

    /// The message that it was handling when it ended.
    final @Nullable Object handled() {
        return current;
    }

    /// What may be shown of a message; also for those who look on, in a thread of their own.
    public final Object shownMessageSafely(Object message) {
        return shownSafely(this::shownMessage, message);
    }

    protected static Object shownSafely(UnaryOperator<Object> shown, Object message) {
        try {
            return shown.apply(message);
        } catch (Exception | Error failed) {
            return "(formatMessage failed: " + failed + ")";
        }
    }

    @Override
    public final ExitReason shown(ExitReason reason) {
        return shownReasonSafely(this::shownReason, reason);
    }

    protected static ExitReason shownReasonSafely(
            UnaryOperator<ExitReason> shown, ExitReason reason) {
        try {
            return Objects.requireNonNull(shown.apply(reason));
        } catch (Exception | Error failed) {
            return new ExitReason.Custom("(formatReason failed: " + failed + ")");
        }
    }

    final Object shownSafely() {
        try {
            return shownState();
        } catch (Exception | Error failed) {
            return "(formatStatus failed: " + failed + ")";
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    // ---- what Sys asks

    private void answer(SystemMessage message) {
        From<?> from = message.from();
        switch (message.request()) {
            // Its end is the answer.
            case SystemMessage.Terminate(var reason) -> stop(reason, null);
            case SystemMessage.Suspend _ -> {
                mode = Sys.Mode.SUSPENDED;
                reply(from, new SystemMessage.Done<>(true));
            }
            case SystemMessage.Resume _ -> {
                mode = Sys.Mode.RUNNING;
                reply(from, new SystemMessage.Done<>(true));
            }
            default -> reply(from, outcome(message.request()));
        }
    }

    private SystemMessage.Answer<?> outcome(SystemMessage.Request<?> request) {
        try {
            return new SystemMessage.Done<>(answer(request));
        } catch (Refusal refused) {
            return new SystemMessage.Refused<>(String.valueOf(refused.getMessage()));
        } catch (Exception | Error failed) {
            return new SystemMessage.Failed<>(CrashedWith.shareable(failed));
        }
    }

    private @Nullable Object answer(SystemMessage.Request<?> request) throws Exception {
        return switch (request) {
            case SystemMessage.GetState _ -> state();
            case SystemMessage.ReplaceState(var change) -> {
                Object next =
                        Objects.requireNonNull(
                                change.apply(state()), "the new state of " + module() + " is null");
                replaceState(next);
                yield state();
            }
            case SystemMessage.GetStatus _ -> status();
            case SystemMessage.ChangeCode(var old, var extra) -> {
                if (mode != Sys.Mode.SUSPENDED) {
                    throw new Refusal("expected a suspended process; suspend it first");
                }
                changeCode(old, extra);
                yield true;
            }
            case SystemMessage.Statistics(var to) -> debugged(d -> d.statistics(to));
            case SystemMessage.Trace(var on) -> debugged(d -> d.trace(on));
            case SystemMessage.Log(var size) -> debugged(d -> d.log(size));
            case SystemMessage.Install(var id, var probe) -> debugged(d -> d.install(id, probe));
            case SystemMessage.Remove(var id) -> debugged(d -> d.remove(id));
            case SystemMessage.Terminate _, SystemMessage.Suspend _, SystemMessage.Resume _ ->
                    throw new IllegalArgumentException("answered before: " + request);
        };
    }

    private Sys.Status status() {
        Debug seen = debug;
        return new Sys.Status(
                Bureau.self(),
                module(),
                mode,
                parent,
                Ancestry.own(),
                Bureau.info(Bureau.self()).map(ProcessInfo::dictionary).orElse(Map.of()),
                Shown.copy(shownSafely()),
                seen != null && seen.isTracing(),
                seen != null && seen.isCounting(),
                seen == null ? List.of() : seen.events());
    }

    private @Nullable Object debugged(Function<Debug, @Nullable Object> use) {
        Debug seen = debug;
        if (seen == null) seen = new Debug(module());
        Object value = use.apply(seen);
        // Nothing is spent on it while nobody looks.
        debug = seen.isIdle() ? null : seen;
        return value;
    }

    @SuppressWarnings("unchecked")
    private static void reply(From<?> from, SystemMessage.Answer<?> answer) {
        try {
            Bureau.reply((From<Object>) from, answer);
        } catch (NotShareableException refused) {
            // Who looks on must not bring it down.
            Bureau.reply(
                    (From<Object>) from,
                    new SystemMessage.Refused<>("cannot be copied: " + refused.getMessage()));
        }
    }
}
