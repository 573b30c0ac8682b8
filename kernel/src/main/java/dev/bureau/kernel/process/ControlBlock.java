package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a process knows of itself.
///
/*
 * Who may touch what
 *
 *   owner            the thread of the process
 *   lock holder      whoever holds the reception lock (SignalQueue): the owner, or a sender that receives a signal on
 *                    behalf of an owner which computes or blocks elsewhere, so that exit signals act on reception
 *
 *   links, unlinking, monitors, monitoredBy, trapExits, exitsAs, servesParent,
 *   exitReason, name                                                                     lock holder
 *   alias of a LocalRef, received part of the mailbox                                    lock holder
 *   messages of the mailbox, references, locals, body                                    owner
 *   waitTimer                                                                            see WaitTimer
 *   label, groupLeader                                                                   written by anyone, volatile
 *   waitsFor, asked                                                                      written by the owner, released
 *
 * Order. The JVM lays the fields of a class out behind those of its superclass, references in the order in which they are
 * declared. First stands what the owner reads in each of its operations, then what is seldom used, and last, in
 * SignalQueue, the inbox, which all who send write. Between the two lies more than a line of the cache (64 bytes):
 * nobody who sends takes away from the owner's core what it is working with.
 */
abstract class ControlBlock extends Attention {
    final LocalNode node;
    @Nullable Mailbox mailbox;
    LocalPid pid;
    long references;

    int slot;
    final @Nullable LocalPid parent;
    @Nullable Body body;
    @Nullable Locals locals;
    @Nullable WaitTimer waitTimer;

    @Nullable Links links;
    @Nullable SmallSet<MonitorRef> monitors;
    @Nullable SmallSet<MonitorRef> monitoredBy;
    boolean trapExits;
    @Nullable Function<? super Exit, ?> exitsAs;
    @Nullable ExitReason exitReason;
    @Nullable String name;
    @Nullable Extras extras;

    /// Made under the lock; see there.
    @Nullable Traced traced;

    /// The call whose answer it waits for, or its turn before a full mailbox; read by others who wait (CallCycles).
    @Nullable Wait waitsFor;

    /// The call that it has taken last, by [SignalQueue#takeSingle], and not answered: one more that monitors it.
    @Nullable CallTag asked;

    /// Lock holder: it serves the one that has spawned it, whose exit is no message like others to it.
    boolean servesParent;

    volatile Pid groupLeader;

    /// Owner: from whom it descends, if it was told.
    List<Pid> ancestors = List.of();

    /// Owner: its body is over; what it closes and reports now runs to its end.
    boolean ending;

    /// Owner: it has given its stack up, and its body is run when there is a message.
    boolean hibernating;

    /// It is given its pid a moment later, by the process table.
    @SuppressWarnings("NullAway")
    ControlBlock(LocalNode node, @Nullable LocalProcess parent) {
        this.node = node;
        this.parent = parent == null ? null : parent.pid;
        this.groupLeader = parent == null ? null : parent.groupLeader;
    }
}
