package dev.bureau.kernel.process;

import org.jspecify.annotations.Nullable;

/// What one process sends to another: a message, or one of the other signals of OTP's signal protocol.
///
/// All kinds go through one queue, so all arrive in the order in which they were sent (OTP X-01).
abstract sealed class Signal {
    /// In the inbox: the signal that came before. In the mailbox: the message that came after.
    @Nullable Signal next;

    /// Marks in place of a newest signal; never received.
    static final class Mark extends Signal {
        private final String text;

        Mark(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// `from` has linked to the receiver.
    static final class Link extends Signal {
        final LocalPid from;

        Link(LocalPid from) {
            this.from = from;
        }
    }

    /// `from` has taken the link back and waits for an [UnlinkAck].
    static final class Unlink extends Signal {
        final LocalPid from;

        Unlink(LocalPid from) {
            this.from = from;
        }
    }

    /// `from` has seen the [Unlink]: what it sends from now on belongs to a newer link.
    static final class UnlinkAck extends Signal {
        final LocalPid from;

        UnlinkAck(LocalPid from) {
            this.from = from;
        }
    }

    /// The maker of `ref` wants to be told when the receiver ends.
    static final class Monitor extends Signal {
        final MonitorRef ref;

        Monitor(MonitorRef ref) {
            this.ref = ref;
        }
    }

    /// It does no longer.
    static final class Demonitor extends Signal {
        final MonitorRef ref;

        Demonitor(MonitorRef ref) {
            this.ref = ref;
        }
    }

    /// A signal that is, or may become, a message in the mailbox; it serves as its node there.
    abstract static sealed class Carrying extends Signal
            permits Message, Tokened, Aliased, Counted, Down, Exit {
        /// In the mailbox: the message that came before.
        @Nullable Carrying previous;

        /// In the mailbox: counts the messages of this process.
        int sequence;

        Object payload;

        Carrying(Object payload) {
            this.payload = payload;
        }

        /// Whether it goes before all ordinary messages (EEP 76).
        boolean isPriority() {
            return false;
        }

        /// Whether it was dropped after it had come in.
        boolean isGone() {
            return false;
        }

        /// What traces it.
        Token[] tokens() {
            return Traced.NONE;
        }
    }

    /// A message to a pid or a name.
    static sealed class Message extends Carrying permits Ask {
        Message(Object payload) {
            super(payload);
        }
    }

    /// The request of a call, whose maker wants to be told as well when the receiver ends.
    static final class Ask extends Message {
        final CallTag tag;

        Ask(Object payload, CallTag tag) {
            super(payload);
            this.tag = tag;
        }
    }

    /// The same from a process that has tokens.
    static final class Tokened extends Carrying {
        private final Token[] tokens;

        Tokened(Object payload, Token[] tokens) {
            super(payload);
            this.tokens = tokens;
        }

        @Override
        Token[] tokens() {
            return tokens;
        }
    }

    /// A message to an alias.
    static final class Aliased extends Carrying {
        final LocalRef alias;
        private final boolean priority;

        Aliased(LocalRef alias, Object payload, boolean priority) {
            super(payload);
            this.alias = alias;
            this.priority = priority;
        }

        @Override
        boolean isPriority() {
            return priority;
        }
    }

    /// A message that counts, to a process whose mailbox has a limit. It is never queued in the inbox.
    ///
    /// What changes is guarded by the reception lock of the receiver.
    static final class Counted extends Carrying {
        /// The alias it was sent through, if any.
        final @Nullable LocalRef alias;

        /// Through which its sender waits for an answer, if it does.
        final @Nullable LocalRef tag;

        /// Whether it hands over a resource.
        final boolean moves;

        /// Among the messages that count: the one before, the one after.
        @Nullable Counted older;

        @Nullable Counted younger;

        /// It is no longer in the mailbox, though it may still be linked there.
        boolean dropped;

        /// Set by the sender before it is offered.
        Token[] tokens = Traced.NONE;

        Counted(Object payload, @Nullable LocalRef alias, @Nullable LocalRef tag, boolean moves) {
            super(payload);
            this.alias = alias;
            this.tag = tag;
            this.moves = moves;
        }

        /// Lock holder: whether the alias has ended.
        boolean hasEnded() {
            return alias != null && alias.alias() == AliasMode.NONE;
        }

        @Override
        boolean isGone() {
            return dropped;
        }

        @Override
        Token[] tokens() {
            return tokens;
        }
    }

    /// What the receiver has monitored has ended.
    static final class Down extends Carrying {
        final MonitorRef ref;

        Down(MonitorRef ref, dev.bureau.kernel.Down payload) {
            super(payload);
            this.ref = ref;
        }

        @Override
        boolean isPriority() {
            return ref.priority;
        }
    }

    /// An exit signal: sent by `exit(pid, reason)`, or through a link by a process that ends.
    static final class Exit extends Carrying {
        final LocalPid from;
        final boolean throughLink;
        private boolean priority;

        /// The alias it was sent through, if any: it counts only while that is active.
        @Nullable LocalRef alias;

        Exit(dev.bureau.kernel.Exit payload, boolean throughLink, boolean priority) {
            super(payload);
            this.from = (LocalPid) payload.from();
            this.throughLink = throughLink;
            this.priority = priority;
        }

        Exit through(LocalRef sentTo) {
            alias = sentTo;
            return this;
        }

        /// Lock holder: it has come through a link that was asked for this.
        void goFirst() {
            priority = true;
        }

        dev.bureau.kernel.Exit exit() {
            return (dev.bureau.kernel.Exit) payload;
        }

        @Override
        boolean isPriority() {
            return priority;
        }
    }
}
