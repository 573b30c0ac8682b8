package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells tracers what processes do.
///
/*
 * A process whose bit TRACED is raised, in the word that each of its operations reads anyway, tells its own tracers, those of its node,
 * and its tokens. So nobody else pays for it.
 *
 * Invariant: a process that has a token or a tracer, or whose node has one, has the bit, save for the moment in which that is
 * attached. Who attaches publishes first and raises the bit then. Who finds nothing left, the owner mostly, lowers it; and since
 * something may just have been attached, looks again afterwards.
 *
 * A message to whose sender a token belongs is a Signal.Tokened, which the owner does not take without looking (see
 * SignalQueue.singleInInbox); so the receiver needs no bit for that.
 */
public final class Tracing {
    private Tracing() {}

    // ---- who traces

    /// Traces one process; false if it is gone.
    public static boolean attach(LocalPid pid, Tracer tracer) {
        LocalProcess process = pid.process();
        if (process == null) {
            return false;
        }
        process.lock();
        Traced traced = tracedOf(process);
        traced.tracers = Traced.with(traced.tracers, tracer);
        process.unlock();
        Reception.again(process);
        process.raise(Attention.TRACED);
        return !process.isClosed();
    }

    /// Traces it no longer.
    public static void detach(LocalPid pid, Tracer tracer) {
        LocalProcess process = pid.process();
        if (process == null || process.traced == null) {
            return;
        }
        process.lock();
        Traced traced = tracedOf(process);
        traced.tracers = Traced.without(traced.tracers, tracer);
        process.unlock();
        Reception.again(process);
    }

    /// Traces all processes of a node, those to come too.
    public static void attachToAll(LocalNode node, Tracer tracer) {
        node.tracers(all -> Traced.with(all, tracer));
        node.processesIterator().forEachRemaining(process -> process.raise(Attention.TRACED));
    }

    /// Traces those that are spawned from now on.
    public static void attachToNew(LocalNode node, Tracer tracer) {
        node.newcomersTracers(all -> Traced.with(all, tracer));
    }

    /// Ends both.
    public static void detach(LocalNode node, Tracer tracer) {
        node.tracers(all -> Traced.without(all, tracer));
        node.newcomersTracers(all -> Traced.without(all, tracer));
    }

    /// Lock holder; or nobody else knows of the process.
    private static Traced tracedOf(LocalProcess process) {
        Traced traced = process.traced;
        if (traced == null) {
            traced = new Traced();
            process.traced = traced;
        }
        return traced;
    }

    /// Owner: its token of that class.
    public static <T extends Token> @Nullable T token(LocalProcess self, Class<T> type) {
        Traced traced = self.traced;
        return traced == null ? null : Traced.find(traced.tokens, type);
    }

    /// Owner: from now on it has this token, or none of that class.
    public static <T extends Token> void token(
            LocalProcess self, Class<T> type, @Nullable T token) {
        Traced traced = self.traced;
        if (traced == null) {
            if (token == null) {
                return;
            }
            self.lock();
            traced = tracedOf(self);
            self.unlock();
            Reception.again(self);
        }
        traced.tokens = Traced.with(traced.tokens, type, token);
        if (token != null && !self.has(Attention.TRACED)) {
            self.raise(Attention.TRACED);
        }
    }

    /// Whether something traces it; for code between two operations.
    public static boolean isTraced(LocalProcess process) {
        return process.has(Attention.TRACED);
    }

    /// Whether that tracer is told what a process does.
    public static boolean isTracedBy(LocalProcess process, Tracer tracer) {
        if (!process.has(Attention.TRACED)) {
            return false;
        }
        Traced traced = process.traced;
        return Arrays.asList(process.node().tracers()).contains(tracer)
                || (traced != null && Arrays.asList(traced.tracers).contains(tracer));
    }

    // ---- what tracers ask

    /// The local name of a process, else its label, or null; as others see it who hold no lock.
    public static @Nullable Object nameOf(LocalProcess process) {
        String name = process.name;
        if (name != null) {
            return name;
        }
        Extras extras = process.extras;
        return extras == null ? null : extras.label;
    }

    // ---- what they are told

    /// Owner, traced: tells that it sends; the signal that it sends.
    static Signal message(LocalProcess self, Destination to, LocalPid receiver, Object isolated) {
        Token[] tokens = sent(self, to, receiver, isolated);
        return tokens.length == 0
                ? new Signal.Message(isolated)
                : new Signal.Tokened(isolated, tokens);
    }

    /// Owner, traced: tells that it sends; what goes along.
    static Token[] sent(LocalProcess self, Destination to, LocalPid receiver, Object isolated) {
        tell(self, tracer -> tracer.sent(self, to, receiver, isolated));
        return Traced.carried(tokensOf(self));
    }

    private static Token[] tokensOf(LocalProcess process) {
        Traced traced = process.traced;
        return traced == null ? Traced.NONE : traced.tokens;
    }

    /// Lock holder, traced: tells that a message is in the mailbox now.
    static void received(LocalProcess process, Signal.Carrying message) {
        Object payload = Mailbox.shownPayload(message);
        // Its tokens may be changing, and are not those of the message.
        each(process.node().tracers(), tracer -> tracer.received(process, payload));
        Traced traced = process.traced;
        if (traced != null) {
            each(traced.tracers, tracer -> tracer.received(process, payload));
        }
    }

    /// Owner: it has taken a message, which is traced or is taken by one that is. One that answers (`ref`) changes nothing.
    static void taken(LocalProcess self, Signal.Carrying message, @Nullable LocalRef ref) {
        if (ref == null) {
            Token[] brought = message.tokens();
            Traced traced = self.traced;
            if (brought.length > 0) {
                if (traced == null) {
                    self.lock();
                    traced = tracedOf(self);
                    self.unlock();
                    Reception.again(self);
                }
                traced.tokens = Traced.taking(traced.tokens, brought);
                if (!self.has(Attention.TRACED)) {
                    self.raise(Attention.TRACED);
                }
                return;
            }
            if (traced != null) {
                traced.tokens = Traced.taking(traced.tokens, Traced.NONE);
            }
        }
        settle(self);
    }

    /// The child, in the table and not running, of a node that traces those to come.
    static void created(LocalProcess child) {
        for (Tracer tracer : child.node().newcomersTracers()) {
            attach(child.pid(), tracer);
        }
        if (isNeeded(child)) {
            child.raise(Attention.TRACED);
        }
    }

    /// Traced are the child, ready to run, its parent, or both.
    static void spawned(@Nullable LocalProcess parent, LocalProcess child) {
        Token[] tokens = parent == null ? Traced.NONE : Traced.carried(tokensOf(parent));
        Traced above = parent == null ? null : parent.traced;
        if (tokens.length > 0 || (above != null && above.tracers.length > 0)) {
            child.lock();
            Traced traced = tracedOf(child);
            traced.tokens = tokens;
            if (above != null) {
                for (Tracer tracer : above.tracers) {
                    if (tracer.followsSpawn()) {
                        traced.tracers = Traced.with(traced.tracers, tracer);
                    }
                }
            }
            child.unlock();
            Reception.again(child);
            if (isNeeded(child)) {
                child.raise(Attention.TRACED);
            }
        }
        // Each once, whether it traces the one, the other or both.
        Set<Tracer> told = new LinkedHashSet<>();
        for (Tracer[] some : tracersOf(child)) {
            told.addAll(Arrays.asList(some));
        }
        if (above != null) {
            told.addAll(Arrays.asList(above.tracers));
        }
        for (Tracer tracer : told) {
            if (!tracer.isOver()) {
                tracer.spawned(parent, child);
            }
        }
    }

    static void linked(LocalProcess self, LocalPid peer, boolean made) {
        tell(self, tracer -> tracer.linked(self, peer, made));
    }

    static void ended(LocalProcess process, ExitReason reason) {
        tell(process, tracer -> tracer.ended(process, reason));
    }

    /// Owner, traced: has a behaviour handle a message.
    ///
    /// @throws Exception as `work` does
    public static void handle(
            LocalProcess self, String module, Object message, Tracer.Handling work)
            throws Exception {
        Tracer.Handling all = work;
        for (Tracer[] some : tracersOf(self)) {
            for (Tracer tracer : some) {
                Tracer.Handling inner = all;
                all = () -> tracer.handle(self, module, message, inner);
            }
        }
        all.run();
    }

    /// Owner, traced: has a call made.
    static @Nullable Object call(
            LocalProcess self,
            Destination server,
            Object request,
            Supplier<@Nullable Object> work) {
        Supplier<@Nullable Object> all = work;
        for (Tracer[] some : tracersOf(self)) {
            for (Tracer tracer : some) {
                Supplier<@Nullable Object> inner = all;
                all = () -> tracer.call(self, server, request, inner);
            }
        }
        return all.get();
    }

    private static Tracer[][] tracersOf(LocalProcess self) {
        Traced traced = self.traced;
        return new Tracer[][] {
            self.node().tracers(), traced == null ? Traced.NOBODY : traced.tracers, tokensOf(self)
        };
    }

    private static void tell(LocalProcess process, Consumer<Tracer> what) {
        boolean over = each(process.node().tracers(), what);
        Traced traced = process.traced;
        if (traced != null) {
            over |= each(traced.tracers, what);
            each(traced.tokens, what);
        }
        if (over || !isNeeded(process)) {
            settle(process);
        }
    }

    /// Whether one of them is over.
    private static boolean each(Tracer[] tracers, Consumer<Tracer> what) {
        boolean over = false;
        for (Tracer tracer : tracers) {
            if (tracer.isOver()) {
                over = true;
            } else {
                what.accept(tracer);
            }
        }
        return over;
    }

    private static boolean isNeeded(LocalProcess process) {
        if (process.node().tracers().length > 0) {
            return true;
        }
        Traced traced = process.traced;
        return traced != null && (traced.tracers.length > 0 || traced.tokens.length > 0);
    }

    /// Lets go of what is over, and lowers the bit if nothing is left.
    private static void settle(LocalProcess process) {
        Traced traced = process.traced;
        if (traced != null && each(traced.tracers, _ -> {})) {
            process.lock();
            traced.tracers = Traced.lasting(traced.tracers);
            process.unlock();
            Reception.again(process);
        }
        if (!isNeeded(process)) {
            process.clear(Attention.TRACED);
            if (isNeeded(process)) {
                process.raise(Attention.TRACED);
            }
        }
    }
}
