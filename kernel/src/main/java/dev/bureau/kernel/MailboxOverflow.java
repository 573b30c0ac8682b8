package dev.bureau.kernel;

/// A message has found a mailbox full; what became of it is up to [MailboxLimit#whenFull()] of the limit.
///
/// @param receiver whose mailbox it is
/// @param limit its limit
/// @param sender who has sent what found it full: the process that was refused or waits, where that is what happens
/// @param message what was dropped, the oldest message if that is what is dropped; else what was refused or waits. Only to be
///     looked at while the listener runs, and not to be changed
public record MailboxOverflow(Pid receiver, MailboxLimit limit, Pid sender, Object message) {}
