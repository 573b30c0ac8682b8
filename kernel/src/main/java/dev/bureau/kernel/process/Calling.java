package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.isolation.Passage;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Request and reply between processes, as `gen:call` does it (OTP G-12 to G-16, A-06).
///
/// One reference is monitor, alias and tag of the reply: it ends the monitor when the reply comes, and a reply that comes
/// after the time limit is dropped. The reply is looked for only behind the place where the mailbox ended before.
public final class Calling {
    private Calling() {}

    /// Asks and waits. `request` makes the message from the reply address.
    public static <R> @Nullable Object call(
            LocalProcess self,
            Destination server,
            Function<From<R>, ?> request,
            @Nullable Duration limit) {
        self.enter();
        if (limit != null && limit.isNegative()) {
            throw new IllegalArgumentException(
                    "expected a time limit of zero or more, got: " + limit);
        }
        LocalPid target = Routing.find(self.node(), server);
        CallTag tag = new CallTag(self.pid(), self.nextReference(), self.mark(), server, target);
        Object message =
                Objects.requireNonNull(
                        request.apply(new From<>(self.pid(), tag)), "the request is null");
        if (target == null) {
            throw failed(ExitReason.NOPROC, server, message, limit, tag);
        }
        if (target.equals(self.pid())) {
            throw failed(new ExitReason.CallingSelf(), server, message, limit, tag);
        }
        if (self.has(Attention.TRACED)) {
            return Tracing.call(
                    self, server, message, () -> answer(self, server, target, message, tag, limit));
        }
        return answer(self, server, target, message, tag, limit);
    }

    /// Asks a process of this node whose mailbox has no limit, and does not wait yet: for who has more to say to it before.
    public static <R> Asked<R> ask(LocalProcess self, Pid server, Function<From<R>, ?> request) {
        self.enter();
        LocalPid target = (LocalPid) server;
        CallTag tag = new CallTag(self.pid(), self.nextReference(), self.mark(), target, target);
        Object message = request.apply(new From<>(self.pid(), tag));
        send(self, target, target, isolated(message, target), tag);
        return new Asked<>(target, message, tag);
    }

    /// A request that was sent, and whose answer is to be fetched.
    public static final class Asked<R> {
        private final LocalPid server;
        private final Object message;
        private final CallTag tag;

        private Asked(LocalPid server, Object message, CallTag tag) {
            this.server = server;
            this.message = message;
            this.tag = tag;
        }

        /// Waits for it.
        // The type was checked where the answer was given: reply(From<A>, A).
        @SuppressWarnings("unchecked")
        public @Nullable R answer(LocalProcess self) {
            self.waitsFor(tag);
            return (R) value(await(self, tag, null), server, message, tag, null);
        }

        /// Does without it: it does not come into the mailbox either.
        public void abandon(LocalProcess self) {
            giveUp(self, tag);
        }
    }

    private static @Nullable Object answer(
            LocalProcess self,
            Destination server,
            LocalPid target,
            Object message,
            CallTag tag,
            @Nullable Duration limit) {
        Tagged answer =
                target.process() instanceof LimitedProcess limited
                                && Admission.counts(self, limited, server, message)
                        ? askLimited(self, server, limited, message, tag, limit)
                        : ask(self, server, target, message, tag, limit);
        return value(answer, server, message, tag, limit);
    }

    private static @Nullable Object value(
            @Nullable Tagged answer,
            Destination server,
            Object message,
            CallTag tag,
            @Nullable Duration limit) {
        return switch (answer) {
            case Reply(_, var value) -> value;
            case Down(_, _, var reason) -> throw failed(reason, server, message, limit, tag);
            case null, default -> throw failed(late(tag), server, message, limit, tag);
        };
    }

    private static @Nullable Tagged ask(
            LocalProcess self,
            Destination server,
            LocalPid target,
            Object message,
            CallTag tag,
            @Nullable Duration limit) {
        Object isolated = isolated(message, target);
        self.waitsFor(tag);
        send(self, server, target, isolated, tag);
        return await(self, tag, limit);
    }

    private static void send(
            LocalProcess self, Destination server, LocalPid target, Object isolated, CallTag tag) {
        LocalProcess process = target.process();
        if (process == null) {
            Monitors.refuse(self, tag);
        } else if (server instanceof LocalRef || self.has(Attention.TRACED)) {
            Monitors.tell(self, tag, target);
            Routing.deliver(self, server, target, isolated);
        } else if (!process.push(new Signal.Ask(isolated, tag), self)) {
            Monitors.refuse(self, tag);
        }
    }

    private static Object isolated(Object message, LocalPid target) {
        // What the runtime has put around it needs no look.
        return message instanceof Request(_, var payload) && Isolation.isImmutable(payload)
                ? message
                : Objects.requireNonNull(Isolation.pass(message, target));
    }

    /// Waiting for room in its mailbox is a part of the time.
    private static @Nullable Tagged askLimited(
            LocalProcess self,
            Destination server,
            LimitedProcess target,
            Object message,
            CallTag tag,
            @Nullable Duration limit) {
        Passage request = Isolation.prepare(message, target.pid());
        Monitors.tell(self, tag, target.pid());
        long begin = self.node().nanoTime();
        try {
            Admission.ask(self, server, target, request, tag, limit);
        } catch (Throwable interrupted) {
            abandon(self, tag, interrupted);
            throw interrupted;
        }
        self.waitsFor(tag);
        return await(self, tag, limit == null ? null : left(limit, self, begin));
    }

    private static Duration left(Duration limit, LocalProcess self, long begin) {
        Duration left = limit.minusNanos(self.node().nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// The answer, or the Down; null if it has not come within the limit.
    private static @Nullable Tagged await(
            LocalProcess self, CallTag tag, @Nullable Duration limit) {
        Tagged answer;
        try {
            answer = Receiving.take(self, Tagged.class, null, tag, limit);
            if (answer == null) {
                answer = giveUp(self, tag);
            }
        } catch (Throwable interrupted) {
            abandon(self, tag, interrupted);
            throw interrupted;
        }
        self.waitsFor(null);
        return answer;
    }

    /// The answer may have come just before; then it counts.
    private static @Nullable Tagged giveUp(LocalProcess self, CallTag tag) {
        if (tag.close()) {
            Outgoing.send(tag.takeBack(null));
            return null;
        }
        return Receiving.take(self, Tagged.class, null, tag, Duration.ZERO);
    }

    /// The caller ends, or goes on if it is a guest: it must not find the answer in its mailbox.
    private static void abandon(LocalProcess self, CallTag tag, Throwable interrupted) {
        self.waitsFor(null);
        if (tag.close()) {
            Outgoing.send(tag.takeBack(null));
        } else if (interrupted instanceof ExitException) {
            Receiving.take(self, Tagged.class, null, tag, Duration.ZERO);
        }
    }

    private static ExitReason late(CallTag tag) {
        ExitReason cycle = CallCycles.behind(tag);
        return cycle != null ? cycle : ExitReason.TIMEOUT;
    }

    private static ExitException failed(
            ExitReason reason,
            Destination server,
            Object request,
            @Nullable Duration limit,
            CallTag tag) {
        // What was asked for, without what the runtime has put around it.
        Object asked = request instanceof Request(_, var payload) ? payload : request;
        return new ExitException(
                new ExitReason.CallFailed(reason, server, asked, limit, tag.owner()));
    }

    /// What the owner waits for now, a monitor, or null when it no longer does; for other waits than those of a call.
    public static void waits(LocalProcess self, @Nullable LocalRef monitor) {
        self.waitsFor((MonitorRef) monitor);
    }

    /// Makes the answer to a request be that its mailbox was full.
    public static void refuse(LocalRef tag, Destination server, MailboxFullException full) {
        Admission.refuse(tag, server, full.reason());
    }

    /// Answers.
    public static void reply(LocalProcess self, From<?> from, @Nullable Object value) {
        self.enter();
        LocalRef tag = (LocalRef) from.tag();
        LocalProcess caller = tag.owner().process();
        if (caller != null) {
            Object isolated = Isolation.pass(value, tag.owner());
            if (tag instanceof MonitorRef monitor && monitor.target == self.pid()) {
                Monitors.answered(self, monitor);
            }
            Reply reply = new Reply(tag, isolated);
            if (self.has(Attention.TRACED)) {
                Tracing.sent(self, tag, tag.owner(), reply);
            }
            caller.push(new Signal.Aliased(tag, reply, false), self);
        }
    }
}
