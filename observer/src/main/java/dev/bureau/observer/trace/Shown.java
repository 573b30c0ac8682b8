package dev.bureau.observer.trace;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.Serving;
import dev.bureau.otp.gen.Loop;
import org.jspecify.annotations.Nullable;

/// What is told of messages and reasons: no more than a behaviour allows by its `formatMessage` and `formatReason`. These are code of
/// the user's and may take long, so whoever tells calls them, not who is traced.
final class Shown {
    private Shown() {}

    /// What is shown of a call, if that is less than all of it.
    record Asked(Object payload) {}

    /// A message as its receiver shows it; an answer as the one who gives it does, if that one is known.
    static Object message(Object message, @Nullable Serving sender, @Nullable Serving receiver) {
        return switch (message) {
            case Request(_, var payload) -> {
                Object shown = by(receiver, payload);
                yield shown == payload ? message : new Asked(shown);
            }
            case Reply(var ref, var value) -> {
                Object shown = value == null ? null : by(sender == null ? receiver : sender, value);
                yield shown == value ? message : new Reply(ref, shown);
            }
            default -> by(receiver, message);
        };
    }

    private static Object by(@Nullable Serving behaviour, Object message) {
        return behaviour instanceof Loop loop ? loop.shownMessageSafely(message) : message;
    }

    static ExitReason reason(ExitReason reason, @Nullable Serving ended) {
        return ended == null ? reason : ended.shown(reason);
    }
}
