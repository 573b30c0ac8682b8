package dev.bureau.kernel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Thrown by `send` and `cast` when the mailbox of the receiver is full and its limit has the sender refused, or has had it wait
/// for as long as it may. The message was not sent, and no resource in it has changed hands.
///
/// ```java
/// record Visit(Owned<?> client) {}
///
/// try {
///     send(adder, new Visit(socket));
/// } catch (MailboxFullException busy) {
///     socket.close();                       // still ours
/// }
/// ```
///
/// A `call` fails by an [ExitException] instead, with [#reason()] in it.
public final class MailboxFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Pid receiver;
    private final transient MailboxLimit limit;
    private final transient ExitReason.@Nullable CallCycle cycle;

    /// Made by the runtime.
    public MailboxFullException(
            Pid receiver, MailboxLimit limit, ExitReason.@Nullable CallCycle cycle) {
        super(text(receiver, limit, cycle));
        this.receiver = Objects.requireNonNull(receiver);
        this.limit = Objects.requireNonNull(limit);
        this.cycle = cycle;
    }

    private static String text(
            Pid receiver, MailboxLimit limit, ExitReason.@Nullable CallCycle cycle) {
        String full = ExitReason.format(new ExitReason.MailboxFull(receiver, limit));
        return cycle == null ? full : full + "\n" + ExitReason.format(cycle);
    }

    /// Whose mailbox is full.
    public Pid receiver() {
        return receiver;
    }

    /// The limit that it has.
    public MailboxLimit limit() {
        return limit;
    }

    /// The processes that wait for each other, the sender among them, if that is why there will be no room.
    public Optional<ExitReason.CallCycle> cycle() {
        return Optional.ofNullable(cycle);
    }

    /// What a call fails with in place of this.
    public ExitReason reason() {
        return cycle == null ? new ExitReason.MailboxFull(receiver, limit) : cycle;
    }
}
