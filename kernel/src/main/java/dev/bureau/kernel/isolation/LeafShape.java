package dev.bureau.kernel.isolation;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Mutable, with nothing mutable inside: copied in one go.
final class LeafShape extends Container {
    private final UnaryOperator<Object> copy;

    LeafShape(UnaryOperator<Object> copy) {
        this.copy = copy;
    }

    @Override
    @Nullable Object[] children(Object source) {
        return NO_CHILDREN;
    }

    @Override
    Object fresh(Object source) {
        return copy.apply(source);
    }

    @Override
    void fill(Object source, Object fresh, @Nullable Object[] children) {}

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return Names.simple(source.getClass());
    }
}
