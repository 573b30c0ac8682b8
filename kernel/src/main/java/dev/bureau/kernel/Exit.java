package dev.bureau.kernel;

/// The message that stands for an exit signal in a process that traps exits: Erlang's `{'EXIT', From, Reason}`.
///
/// @param from the process that ended, or that called `exit(pid, reason)`
/// @param reason why
public record Exit(Pid from, ExitReason reason) {}
