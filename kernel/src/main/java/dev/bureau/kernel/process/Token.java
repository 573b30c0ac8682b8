package dev.bureau.kernel.process;

/// A tracer that follows messages, as a token of OTP's seq_trace does. What a process sends takes its tokens along; who
/// takes the message from its mailbox has those from then on, and no others; a process that is spawned has those of its
/// parent. An answer leaves who has asked with the tokens it has.
///
/// Immutable, since several processes have the same. A process has one of a class at most.
public interface Token extends Tracer {
    /// Whether the process that has it keeps it whatever it takes from its mailbox: until it is taken away, as it was given.
    default boolean stays() {
        return false;
    }

    /// What goes along with messages and to those who are spawned.
    default Token carried() {
        return this;
    }
}
