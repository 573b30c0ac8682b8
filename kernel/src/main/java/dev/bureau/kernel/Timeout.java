package dev.bureau.kernel;

/// What a timer of `startTimer` delivers: Erlang's `{timeout, Ref, Message}`.
///
/// @param ref the timer
/// @param message what was given to it
public record Timeout(Ref ref, Object message) implements Tagged {}
