package dev.bureau.otp;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;

/// What has come of a [RequestId]: Erlang's `{reply, Reply} | {error, {Reason, Server}} | timeout | no_reply`.
///
/// @param <R> the type of the answer
public sealed interface Response<R> {
    /// The answer.
    record Answer<R>(R value) implements Response<R> {}

    /// There will be none: the server was not there, or has ended meanwhile. Of an event manager also: it has no such handler,
    /// or that has failed; then the reason is a [ExitReason.Crash] of what [EventManager#call] throws, a [NoSuchHandler] or a
    /// [CallbackFailedException].
    record Failed<R>(ExitReason reason, Destination server) implements Response<R> {}

    /// Nothing yet, or the message that was looked at is about something else.
    record None<R>() implements Response<R> {}
}
