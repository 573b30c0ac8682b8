package dev.bureau.kernel;

import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.LocalRef;

/// A unique reference: of a monitor, a timer, a request; or an alias, through which its owner can be reached for as long
/// as it wishes.
///
/// No two calls ever return equal references. A reference remembers where the mailbox of its maker ended when it was
/// made, so `receive(ref, ...)` never looks at older messages.
public abstract sealed class Ref implements Destination, Immutable permits LocalRef {
    /// For the runtime; references come from `ref()`, `monitor(...)`, `alias(...)` and the timers.
    protected Ref() {}

    /// The node on which it was made.
    public abstract NodeId node();

    /// The process that made it.
    public abstract Pid maker();

    /// The number that is unique among the references of its maker.
    public abstract long number();

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other instanceof Ref ref
                        && number() == ref.number()
                        && maker().equals(ref.maker()));
    }

    @Override
    public final int hashCode() {
        return maker().hashCode() * 31 + Long.hashCode(number());
    }

    @Override
    public final String toString() {
        return "#Ref<0." + maker().number() + "." + number() + ">";
    }
}
