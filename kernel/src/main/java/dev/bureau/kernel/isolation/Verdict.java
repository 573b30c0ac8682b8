package dev.bureau.kernel.isolation;

/// What is known about the instances of one class.
sealed interface Verdict permits Verdict.Settled, Verdict.Refused, Shape {
    /// Needs no further look.
    enum Settled implements Verdict {
        /// Deeply immutable, by the class alone.
        IMMUTABLE,
        /// A [Movable].
        MOVABLE
    }

    /// Cannot pass: what is wrong with it, and how to mend it.
    record Refused(String what, String mending) implements Verdict {}
}
