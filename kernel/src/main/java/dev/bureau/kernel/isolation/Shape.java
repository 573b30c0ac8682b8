package dev.bureau.kernel.isolation;

import org.jspecify.annotations.Nullable;

/// The verdict on a class whose instances have to be looked into: knows their children.
///
/// Shapes have no state of their own; one serves all instances of its class.
abstract sealed class Shape implements Verdict permits Shell, Container {
    static final @Nullable Object[] NO_CHILDREN = {};

    /// What `source` holds, in an array that the caller may write to.
    abstract @Nullable Object[] children(Object source);

    /// How the path names the way from `source` to its child number `index`; `children` may be copies already.
    abstract String step(Object source, @Nullable Object[] children, int index);

    /// What to advise if something behind child number `index` is refused, should that be better than the general advice.
    @Nullable String advice(int index) {
        return null;
    }

    /// Why child number `index` must pass by reference, or null if a copy of it will do.
    @Nullable String mustStay(int index) {
        return null;
    }

    /// Looks whether all in `source` is immutable, at no more than `budget` objects and without allocating.
    ///
    /// @return what is left of the budget, or -1 if it is not immutable or more would have to be looked at
    int look(Object source, int budget) {
        return -1;
    }

    /// [#look] at a child.
    static int lookAt(@Nullable Object child, int budget) {
        if (child == null) {
            return budget;
        }
        Verdict verdict = ClassVerdicts.of(child.getClass());
        if (verdict == Settled.IMMUTABLE) {
            return budget - 1;
        }
        return budget > 0 && verdict instanceof Shape shape ? shape.look(child, budget - 1) : -1;
    }
}
