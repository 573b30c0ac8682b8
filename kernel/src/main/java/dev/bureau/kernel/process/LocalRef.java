package dev.bureau.kernel.process;

import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A reference made in this virtual machine.
///
/*
 * `mark` is the sequence number of the last message in the maker's mailbox when the reference was made: no older message
 * can contain it (OTP V-08). `alias` is guarded by the maker's reception lock; that it lies in the reference itself
 * spares every process a table of aliases. Of a CallTag it changes once, by compare-and-set.
 */
public non-sealed class LocalRef extends Ref {
    private static final VarHandle ALIAS;

    static {
        try {
            ALIAS = MethodHandles.lookup().findVarHandle(LocalRef.class, "alias", AliasMode.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final LocalPid maker;
    private final long number;
    private final long mark;
    private AliasMode alias = AliasMode.NONE;

    LocalRef(LocalPid maker, long number, long mark) {
        this.maker = maker;
        this.number = number;
        this.mark = mark;
    }

    @Override
    public final NodeId node() {
        return maker.node();
    }

    @Override
    public final Pid maker() {
        return maker;
    }

    @Override
    public final long number() {
        return number;
    }

    final LocalPid owner() {
        return maker;
    }

    final long mark() {
        return mark;
    }

    final AliasMode alias() {
        return alias;
    }

    final void alias(AliasMode mode) {
        alias = mode;
    }

    /// Without the lock: makes it none, if it was of that mode.
    final boolean endAlias(AliasMode mode) {
        return ALIAS.compareAndSet(this, mode, AliasMode.NONE);
    }
}
