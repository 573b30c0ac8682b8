package dev.bureau.otp;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;

/// What the process that has added a supervised handler is told when it goes: Erlang's `gen_event_EXIT` (GE-02).
public sealed interface HandlerExit {
    /// The manager.
    Pid manager();

    /// The id of the handler.
    Object handler();

    /// It is gone: `NORMAL` if it was deleted or has removed itself, `SHUTDOWN` if the manager ends, else why it failed.
    record Gone(Pid manager, Object handler, ExitReason reason) implements HandlerExit {}

    /// Another has its place, and is supervised as it was unless `by` supervises it.
    ///
    /// @param by who has put it there; the manager if the handler itself has
    record Swapped(Pid manager, Object handler, Object successor, Pid by) implements HandlerExit {}
}
