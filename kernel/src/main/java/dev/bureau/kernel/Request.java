package dev.bureau.kernel;

/// What a server receives for a call: Erlang's `{'$gen_call', From, Request}`. It answers with `reply(from, ...)`.
///
/// @param from who waits
/// @param payload what was asked
public record Request(From<?> from, Call<?> payload) {}
