package dev.bureau.kernel.isolation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message that could pass, before what moves with it has changed hands: [#commit] or [#abort] is called, once, by the thread
/// that prepared it.
public final class Passage {
    private final Object message;
    private final @Nullable Walk walk;

    Passage(@Nullable Object message, @Nullable Walk walk) {
        this.message = Objects.requireNonNull(message, "a message must not be null");
        this.walk = walk;
    }

    /// What the receiver gets.
    public Object message() {
        return message;
    }

    /// Whether there is a [Movable] in it.
    public boolean moves() {
        return walk != null && walk.moves();
    }

    /// What moves has changed hands.
    public void commit() {
        if (walk != null) {
            walk.settle(true);
        }
    }

    /// Nothing moves.
    public void abort() {
        if (walk != null) {
            walk.settle(false);
        }
    }
}
