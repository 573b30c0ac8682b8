package dev.bureau.kernel.isolation;

/// Something with one owner, handed over by passing it: after the move the giver's handle is dead and the receiver
/// has a new one.
///
/// A move has two phases, so that a message refused for something else in it moves nothing: [Isolation] prepares each
/// movable as it meets it and commits them all at the end, or aborts them all. The same movable met twice moves once.
public interface Movable {
    /// Makes the handle the receiver will have, without changing what this one can do.
    ///
    /// @throws RuntimeException if the caller may not give it away; its message tells why
    Transfer prepare(Target target);

    /// What is passed to nobody is given up: for a message that is dropped on its way.
    Target NOBODY = new Target() {};

    /// Who receives; whatever the implementation of a movable needs to know of it.
    interface Target {}

    /// A prepared move; either [#commit] or [#abort] is called, once, by the thread that prepared it.
    interface Transfer {
        /// The receiver's handle, dead until the commit.
        Object handle();

        /// Makes the receiver the owner; must not fail.
        void commit();

        /// Drops the receiver's handle; must not fail.
        void abort();
    }
}
