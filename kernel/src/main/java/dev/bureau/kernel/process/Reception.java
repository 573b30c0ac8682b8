package dev.bureau.kernel.process;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What each signal does to the process that receives it.
///
/*
 * A message waits in the inbox until its receiver looks for one. Every other signal must take effect although the
 * receiver may be computing or blocked in Java code, so its sender tries to receive it on the receiver's behalf:
 *
 *   - nothing before it in the inbox: the effect is applied at once, no queueing, and a waiting receiver sleeps on;
 *   - else it is queued, and the sender receives all that is queued;
 *   - somebody else holds the lock: it is queued, SIGNALLED is raised, and that somebody looks again after unlocking.
 *
 * The last step loses nothing: the sender raises SIGNALLED, then fails to lock; the holder unlocks, then reads
 * SIGNALLED. If the sender's attempt failed, the holder's unlock comes after it.
 */
final class Reception {
    private Reception() {}

    /// Sends a signal that is not a plain message; false when the receiver is gone.
    static boolean signal(LocalPid to, Signal signal) {
        LocalProcess receiver = to.process();
        return receiver != null && signal(receiver, signal);
    }

    static boolean signal(LocalProcess receiver, Signal signal) {
        receiver.interleave();
        if (receiver.tryLock()) {
            if (receiver.isInboxEmpty()) {
                Outgoing effects = receive(receiver, signal, null);
                finish(receiver, effects);
                return true;
            }
            receiver.unlock();
        }
        if (!receiver.push(signal)) {
            return false;
        }
        receiver.interleave();
        receiver.raise(Attention.SIGNALLED);
        receiver.interleave();
        again(receiver);
        return true;
    }

    /// Receives for `process` whatever has been sent to it so far. Returns after it has been received, by whomever.
    static void onBehalf(LocalProcess process) {
        process.lock();
        finish(process, receiveAll(process));
    }

    /// After unlocking: receives signals whose sender found the lock taken.
    static void again(LocalProcess process) {
        while (process.has(Attention.SIGNALLED) && process.tryLock()) {
            Outgoing effects = receiveAll(process);
            boolean fatal = releaseAndWake(process);
            Outgoing.send(effects);
            endGuest(process, fatal);
        }
    }

    /// Unlocks, and sees to what has come of receiving.
    static void finish(LocalProcess process, @Nullable Outgoing effects) {
        boolean fatal = releaseAndWake(process);
        Outgoing.send(effects);
        endGuest(process, fatal);
        again(process);
    }

    /// Unlocks and wakes the owner for what has been received; whether the process has just begun to exit.
    private static boolean releaseAndWake(LocalProcess process) {
        Mailbox box = process.mailbox();
        if (box != null && box.hasReceived() && !process.has(Attention.RECEIVED)) {
            process.raise(Attention.RECEIVED);
        }
        boolean fatal = process.has(Attention.ROUSE);
        if (fatal) {
            process.raise(Attention.ROUSING);
            process.clear(Attention.ROUSE);
        }
        process.unlock();
        if (fatal) {
            process.rouse();
            process.clear(Attention.ROUSING);
        } else if (process.has(Attention.RECEIVED)) {
            process.wakeIfWaiting();
        }
        return fatal;
    }

    private static void endGuest(LocalProcess process, boolean fatal) {
        if (fatal && process instanceof GuestProcess guest) {
            guest.endAfterSignal();
        }
    }

    /// Lock holder: receives all that is queued; returns what has to be sent for it.
    static @Nullable Outgoing receiveAll(LocalProcess process) {
        if (process.has(Attention.SIGNALLED)) {
            process.clear(Attention.SIGNALLED);
        }
        Outgoing effects = null;
        Signal signal = process.takeAll();
        while (signal != null) {
            Signal younger = signal.next;
            effects = receive(process, signal, effects);
            signal = younger;
        }
        Mailbox box = process.mailbox();
        process.unread(box == null ? 0 : box.size());
        return effects;
    }

    /// Lock holder: the effect of one signal.
    static @Nullable Outgoing receive(
            LocalProcess process, Signal signal, @Nullable Outgoing effects) {
        if (process.has(Attention.EXITING)) {
            return receiveExiting(process, signal, effects);
        }
        switch (signal) {
            case Signal.Ask request -> {
                Monitors.watchersOf(process).add(request.tag);
                append(process, request);
            }
            case Signal.Message message -> append(process, message);
            case Signal.Tokened message -> append(process, message);
            case Signal.Aliased message -> {
                return receiveAliased(process, message, effects);
            }
            case Signal.Down down -> receiveDown(process, down);
            case Signal.Exit exit -> receiveExit(process, exit);
            case Signal.Link link -> linksOf(process).linkReceived(link.from);
            case Signal.Unlink unlink -> {
                linksOf(process).unlinkReceived(unlink.from);
                return Outgoing.queue(effects, unlink.from, new Signal.UnlinkAck(process.pid()));
            }
            case Signal.UnlinkAck ack -> linksOf(process).acknowledged(ack.from);
            case Signal.Monitor monitor -> Monitors.watchersOf(process).add(monitor.ref);
            case Signal.Demonitor demonitor -> {
                SmallSet<MonitorRef> watchers = process.monitoredBy;
                if (watchers != null) {
                    watchers.remove(demonitor.ref);
                }
            }
            case Signal.Counted _, Signal.Mark _ ->
                    throw new IllegalStateException("received " + signal);
        }
        return effects;
    }

    /// Lock holder: an exiting process sees nothing more. Who links to it or monitors it is told that it is gone when it
    /// is: until then its code may be in the middle of sending something, and that comes first (OTP X-16).
    private static @Nullable Outgoing receiveExiting(
            LocalProcess process, Signal signal, @Nullable Outgoing effects) {
        return switch (signal) {
            case Signal.Link _, Signal.Monitor _, Signal.Ask _ -> {
                signal.next = null;
                Suspensions.extrasOf(process).tooLate.add(signal);
                yield effects;
            }
            case Signal.Unlink unlink -> {
                linksOf(process).unlinkReceived(unlink.from);
                yield refuse(process, signal, effects);
            }
            default -> effects;
        };
    }

    /// What is answered for a process that has ended.
    static @Nullable Outgoing refuse(
            LocalProcess process, Signal signal, @Nullable Outgoing effects) {
        return switch (signal) {
            case Signal.Link link ->
                    Outgoing.add(
                            effects, link.from, exitThroughLink(process.pid(), ExitReason.NOPROC));
            case Signal.Unlink unlink ->
                    Outgoing.queue(effects, unlink.from, new Signal.UnlinkAck(process.pid()));
            case Signal.Monitor monitor ->
                    Outgoing.add(
                            effects, monitor.ref.owner(), down(monitor.ref, ExitReason.NOPROC));
            case Signal.Ask request ->
                    Outgoing.add(
                            effects, request.tag.owner(), down(request.tag, ExitReason.NOPROC));
            default -> effects;
        };
    }

    static Signal.Exit exitThroughLink(LocalPid from, ExitReason reason) {
        return new Signal.Exit(new dev.bureau.kernel.Exit(from, reason), true, false);
    }

    static Signal.Down down(MonitorRef ref, ExitReason reason) {
        return new Signal.Down(ref, new Down(ref, ref.watched, reason));
    }

    static Links linksOf(LocalProcess process) {
        Links links = process.links;
        if (links == null) {
            links = new Links();
            process.links = links;
        }
        return links;
    }

    private static void append(LocalProcess process, Signal.Carrying message) {
        process.mailboxForMessage().append(message);
        if (process.has(Attention.TRACED)) {
            Tracing.received(process, message);
        }
    }

    private static @Nullable Outgoing receiveAliased(
            LocalProcess process, Signal.Aliased message, @Nullable Outgoing effects) {
        LocalRef alias = message.alias;
        if (alias instanceof CallTag call) {
            return receiveAnswer(process, call, message, effects);
        }
        switch (alias.alias()) {
            case NONE -> {
                return Outgoing.drop(effects, message.payload);
            }
            case EXPLICIT, DEMONITOR -> append(process, message);
            case REPLY -> {
                alias.alias(AliasMode.NONE);
                append(process, message);
            }
            case REPLY_DEMONITOR -> {
                alias.alias(AliasMode.NONE);
                append(process, message);
                if (alias instanceof MonitorRef monitor) {
                    return Monitors.remove(process, monitor, effects);
                }
            }
        }
        return effects;
    }

    private static @Nullable Outgoing receiveAnswer(
            LocalProcess process, CallTag call, Signal.Aliased answer, @Nullable Outgoing effects) {
        if (!call.close()) {
            return Outgoing.drop(effects, answer.payload);
        }
        append(process, answer);
        return call.takeBack(effects);
    }

    private static void receiveDown(LocalProcess process, Signal.Down down) {
        if (!Monitors.fires(process, down.ref)) {
            return;
        }
        Function<? super Down, ?> as = down.ref.as;
        if (as != null) {
            down.payload = new Mapped<>((Down) down.payload, as);
        }
        append(process, down);
    }

    private static void receiveExit(LocalProcess process, Signal.Exit signal) {
        LocalPid from = signal.from;
        if (signal.alias != null && signal.alias.alias() == AliasMode.NONE) {
            return;
        }
        Links links = process.links;
        if (signal.throughLink) {
            if (links == null || !links.exitReceived(from)) {
                return;
            }
            if (links.forgetUrgent(from)) {
                signal.goFirst();
            }
        }
        ExitReason reason = signal.exit().reason();
        if (reason instanceof ExitReason.Kill && !signal.throughLink) {
            kill(process, ExitReason.KILLED);
        } else if (process.trapExits) {
            if (process.exitsAs != null && !(process.servesParent && from == process.parent())) {
                signal.payload = new Mapped<>(signal.exit(), process.exitsAs);
            }
            append(process, signal);
        } else if (!(reason instanceof ExitReason.Normal)
                || (!signal.throughLink && from.equals(process.pid()))) {
            kill(process, reason);
        }
    }

    private static void kill(LocalProcess process, ExitReason reason) {
        beginExit(process, reason);
        process.raise(Attention.ROUSE);
    }

    /// Lock holder: the process is over, with this reason. Its name is free before anybody can find it dead (P-15).
    static void beginExit(LocalProcess process, ExitReason reason) {
        if (process.has(Attention.EXITING)) {
            return;
        }
        process.exitReason = reason;
        if (process.name != null) {
            if (process.node().onAbnormalEnd() != null && !ExitReason.isOrderly(reason)) {
                Suspensions.extrasOf(process).formerName = process.name;
            }
            process.node().names().free(process);
        }
        process.raise(Attention.EXITING);
    }
}
