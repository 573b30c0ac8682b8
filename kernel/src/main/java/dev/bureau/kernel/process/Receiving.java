package dev.bureau.kernel.process;

import dev.bureau.kernel.Tagged;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Selective receive (OTP V-01 to V-10).
///
/*
 * The mailbox is searched oldest first, once; while the process waits only what has come since is looked at. With a
 * reference the search begins where the mailbox ended when the reference was made.
 *
 * `take` is one long method on purpose: its frames are what a waiting process keeps in memory.
 */
public final class Receiving {
    private Receiving() {}

    /// Takes the first message of `type` that belongs to `ref` (null: to any) and that `accepts` it (null: any); null
    /// when none comes within `limit` (null: no limit).
    public static <T> @Nullable T take(
            LocalProcess self,
            Class<T> type,
            @Nullable Predicate<? super T> accepts,
            @Nullable LocalRef ref,
            @Nullable Duration limit) {
        self.enter();
        self.giveWay();
        WaitTimer timer = null;
        // The last message that was looked at, and how the mailbox was arranged by then.
        Signal.Carrying seen = null;
        int arranged = 0;
        boolean searched = false;
        try {
            while (true) {
                if (ref instanceof CallTag call) {
                    Signal.Aliased answer = self.answerInInbox(call);
                    if (answer != null && self.takeSingle(answer)) {
                        if (call.close()) {
                            Outgoing.send(call.takeBack(null));
                            return cast(answer.payload);
                        }
                        Outgoing.send(Outgoing.drop(null, answer.payload));
                    }
                }
                Signal.Message single = self.singleMessage(seen);
                // Each message is looked at once: a single one that does not match is passed over
                // below.
                Signal.Message passed = null;
                if (single != null) {
                    if (!matches(single.payload, type, accepts, ref)) {
                        passed = single;
                    } else if (self.takes(single)) {
                        return cast(single.payload);
                    }
                }
                Mailbox box = self.mailbox();
                // What has been received is older than what lies in the inbox: that is taken over
                // when nothing is left to look at, not for each message.
                boolean receives = searched || box == null || box.first() == null || box.isUrgent();
                if (receives) {
                    self.receiveSignals();
                    box = self.mailbox();
                }
                if (box != null) {
                    if (box.rearranged() != arranged) {
                        arranged = box.rearranged();
                        seen = null;
                    }
                    Signal.Carrying message =
                            seen == null ? begin(box, self, ref) : next(box, self, ref, seen);
                    while (message != null) {
                        Object payload = Mailbox.payload(message);
                        if (message != passed && matches(payload, type, accepts, ref)) {
                            if (box.take(message)) {
                                if (isTraced(self, message)) {
                                    Tracing.taken(self, message, ref);
                                }
                                return cast(payload);
                            }
                            // Dropped while we looked at it, and unlinked.
                            seen = null;
                            message = begin(box, self, ref);
                            continue;
                        }
                        seen = message;
                        message = next(box, self, ref, message);
                    }
                }
                searched = true;
                if (!receives) {
                    continue;
                }
                if (limit != null) {
                    if (timer == null) {
                        timer = WaitTimer.start(self, limit);
                    }
                    if (timer == null || !timer.isPending()) {
                        return null;
                    }
                }
                self.interleave();
                self.awaitWake();
                self.endWait();
                if (Thread.interrupted()) {
                    self.interrupted();
                }
                self.enter();
            }
        } finally {
            if (timer != null) {
                timer.stop(self);
            }
        }
    }

    /// Takes the oldest message; null, at once, when there is none.
    public static @Nullable Object next(LocalProcess self) {
        self.enter();
        self.giveWay();
        Signal.Message single = self.singleMessage(null);
        if (single != null && self.takes(single)) {
            return single.payload;
        }
        Mailbox box = self.mailbox();
        if (box == null || box.first() == null || box.isUrgent()) {
            self.receiveSignals();
            box = self.mailbox();
        }
        while (box != null) {
            Signal.Carrying first = box.first();
            if (first == null) {
                return null;
            }
            Object payload = Mailbox.payload(first);
            // Else it was dropped while we looked at it.
            if (box.take(first)) {
                if (isTraced(self, first)) {
                    Tracing.taken(self, first, null);
                }
                return payload;
            }
        }
        return null;
    }

    private static boolean isTraced(LocalProcess self, Signal.Carrying message) {
        return message instanceof Signal.Tokened || self.has(Attention.TRACED);
    }

    /// The message to begin with. Priority messages stand in front of all others, so with a reference they are looked
    /// at too.
    static Signal.@Nullable Carrying begin(Mailbox box, LocalProcess self, @Nullable LocalRef ref) {
        if (ref == null || ref.owner() != self.pid() || box.lastPriority() != null) {
            return box.first();
        }
        return box.firstSince(ref.mark());
    }

    /// The message to look at after `seen`: with a reference, behind the priority messages comes what is younger than it.
    static Signal.@Nullable Carrying next(
            Mailbox box, LocalProcess self, @Nullable LocalRef ref, Signal.Carrying seen) {
        if (ref == null || seen != box.lastPriority() || ref.owner() != self.pid()) {
            return Mailbox.next(seen);
        }
        return box.firstSince(ref.mark());
    }

    private static <T> boolean matches(
            Object payload,
            Class<T> type,
            @Nullable Predicate<? super T> accepts,
            @Nullable LocalRef ref) {
        if (!type.isInstance(payload) && !(type.isPrimitive() && boxed(type).isInstance(payload))) {
            return false;
        }
        if (ref != null && !(payload instanceof Tagged tagged && ref.equals(tagged.ref()))) {
            return false;
        }
        return accepts == null || accepted(accepts, Receiving.<T>cast(payload));
    }

    /// A guard that fails is no match (OTP V-03).
    private static <T> boolean accepted(Predicate<? super T> accepts, T candidate) {
        try {
            return accepts.test(candidate);
        } catch (RuntimeException noMatch) {
            return false;
        }
    }

    private static Class<?> boxed(Class<?> primitive) {
        return MethodType.methodType(primitive).wrap().returnType();
    }

    /// Its class was checked; for `int.class` and kin a cast by the class object would fail.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object payload) {
        return (T) payload;
    }

    /// Waits until the mailbox holds a message, and takes none.
    static void awaitAny(LocalProcess self) {
        self.enter();
        while (true) {
            self.receiveSignals();
            Mailbox box = self.mailbox();
            if (box != null && box.first() != null) {
                return;
            }
            self.interleave();
            self.awaitWake();
            self.endWait();
            if (Thread.interrupted()) {
                self.interrupted();
            }
            self.enter();
        }
    }
}
