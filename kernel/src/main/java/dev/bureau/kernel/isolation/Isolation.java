package dev.bureau.kernel.isolation;

import dev.bureau.kernel.NotShareableException;
import org.jspecify.annotations.Nullable;

/// Passes an object out of a process: gives back one that shares no mutable memory with it.
///
/// | what | how it passes |
/// |---|---|
/// | deeply immutable: boxes, strings, enums, `java.time`, records and final-field classes of such, lambdas that capture such | the same reference |
/// | arrays, collections of the JDK, and records, lambdas, `List.of()` ... that hold one | a copy, with sharing and cycles kept |
/// | a [Movable] | replaced by the handle for the receiver, once all else has passed |
/// | anything else | [NotShareableException], with the path to it |
///
/// A class judged immutable by its fields alone costs one read of a [ClassValue]. The copy equals the original wherever
/// the original's `equals` goes by content.
public final class Isolation {
    private Isolation() {}

    /// Passes `message` to nobody in particular; a [Movable] in it is refused.
    ///
    /// @throws NotShareableException if there is anything in it that cannot pass
    public static @Nullable Object pass(@Nullable Object message) {
        return Walk.isSettled(message) ? message : new Walk(null).pass(message);
    }

    /// Passes `message` to `target`; each [Movable] in it has changed hands on return, and none after an exception.
    ///
    /// @throws NotShareableException if there is anything in it that cannot pass
    public static @Nullable Object pass(@Nullable Object message, Movable.Target target) {
        return Walk.isSettled(message) ? message : new Walk(target).pass(message);
    }

    /// As [#pass(Object, Movable.Target)], but nothing has changed hands yet: for who does not know yet whether it will be sent.
    ///
    /// @throws NotShareableException if there is anything in it that cannot pass
    public static Passage prepare(@Nullable Object message, Movable.Target target) {
        if (Walk.isSettled(message)) {
            return new Passage(message, null);
        }
        Walk walk = new Walk(target);
        return new Passage(walk.prepare(message), walk);
    }

    /// Whether it is deeply immutable by its class alone: whoever has it may look at it at any time.
    public static boolean isImmutable(@Nullable Object message) {
        return message == null || ClassVerdicts.of(message.getClass()) == Verdict.Settled.IMMUTABLE;
    }
}
