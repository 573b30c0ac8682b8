package dev.bureau.kernel;

/// A message that belongs to a reference: an answer to a request, the end of something monitored, a timer.
///
/// `receive(ref, Type.class)` takes the first such message of its reference and does not look at messages that were in
/// the mailbox before the reference was made, however many there are.
public interface Tagged {
    /// The reference it belongs to.
    Ref ref();
}
