package dev.bureau.kernel.isolation;

import org.jspecify.annotations.Nullable;

/// Mutable: always copied, in two steps, so that what it holds can refer back to the copy.
abstract non-sealed class Container extends Shape {
    /// An empty one of the same kind, or of the same length.
    abstract Object fresh(Object source);

    /// What the receiver gets to see of `fresh`: itself, or a wrapper.
    Object face(Object source, Object fresh) {
        return fresh;
    }

    /// Puts the children into `fresh`.
    ///
    /// @throws RuntimeException if that does not work; the walk makes a refusal of it
    abstract void fill(Object source, Object fresh, @Nullable Object[] children);

    /// Whether filling it hashes or compares the children, so that they must be complete.
    boolean arrangesByContent() {
        return false;
    }
}
