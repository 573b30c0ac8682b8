package dev.bureau.kernel.process;

import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;

/// A reference made in this virtual machine.
///
/*
 * `mark` is the sequence number of the last message in the maker's mailbox when the reference was made: no older message
 * can contain it (OTP V-08). `alias` is guarded by the maker's reception lock; that it lies in the reference itself
 * spares every process a table of aliases.
 */
public non-sealed class LocalRef extends Ref {
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
}
