package dev.bureau.kernel.process;

import java.util.Objects;
import java.util.function.Function;

/// Stands for a message until the owner first looks at it: the function given to `monitor` or `trapExits` is the owner's
/// code and runs in the owner.
record Mapped<T>(T message, Function<? super T, ?> as) {
    Object apply() {
        return Objects.requireNonNull(
                as.apply(message), "the function that maps " + message + " returned null");
    }
}
