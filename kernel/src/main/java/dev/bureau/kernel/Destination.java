package dev.bureau.kernel;

/// Where a message can be sent: a [Pid], a [Name], or a [Ref] that is an active alias.
public sealed interface Destination permits Pid, Ref, Name {}
