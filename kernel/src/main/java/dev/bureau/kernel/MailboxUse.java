package dev.bureau.kernel;

/// How a mailbox with a limit fares, at one instant.
///
/// @param limit its limit
/// @param messages how many messages are in it that count; room that is promised to a sender counts too
/// @param dropped how many have been dropped since the process was started
/// @param refused how often a sender has been refused, or has waited in vain, since then
/// @param waiting how many senders wait for room now
public record MailboxUse(
        MailboxLimit limit, int messages, long dropped, long refused, int waiting) {}
