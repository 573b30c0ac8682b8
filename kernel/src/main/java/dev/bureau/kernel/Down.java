package dev.bureau.kernel;

/// The message a monitor sends once, when what it watched has ended: Erlang's `{'DOWN', Ref, process, Object, Reason}`.
///
/// @param ref the monitor
/// @param process what was monitored: the pid, or the name if it was monitored by name
/// @param reason why it ended; `NOPROC` if it did not exist, `NOCONNECTION` if its node is out of reach
public record Down(Ref ref, Destination process, ExitReason reason) implements Tagged {}
