package dev.bureau.kernel;

/// A new process and the monitor set on it before it ran.
///
/// @param pid the process
/// @param monitor the reference of its [Down] message
public record Spawned(Pid pid, Ref monitor) {}
