package dev.bureau.kernel.isolation;

import org.jspecify.annotations.Nullable;

/// Immutable but for what it holds: the same reference if no child changed, else built anew from the changed children.
abstract non-sealed class Shell extends Shape {
    /// A new one like `source` over `children`.
    ///
    /// @throws RuntimeException if that does not work; the walk makes a refusal of it
    abstract Object rebuild(Object source, @Nullable Object[] children);

    /// Whether it must be built anew even if no child changed.
    boolean alwaysRebuilt() {
        return false;
    }

    /// Whether `rebuilt` still holds `children` now that they are complete; asked only where `rebuild` may have seen them
    /// incomplete, in a cycle.
    boolean holds(Object rebuilt, @Nullable Object[] children) {
        return true;
    }
}
