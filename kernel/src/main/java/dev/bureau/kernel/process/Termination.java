package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.scheduler.Fiber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a process ends.
///
/*
 * In this order, of which the first three are what others can rely on (OTP P-15, P-16, X-16):
 *   1. the reason is fixed and the name is free, under the lock, by whatever comes first: a signal or the body's end;
 *   2. resources are closed;
 *   3. the pid leads nowhere, the table has no entry, the inbox takes nothing more;
 *   4. links and monitors that had come too late are answered with noproc, among them who asks whether it is alive;
 *   5. links and monitors are told, its own monitors are taken back, with pauses in which others run (OTP C-17).
 *
 * What this process sent before 3 stands in every inbox before what is sent after it.
 *
 * Once for each process: by its own thread or, for one whose code does not stop, by the Undertaker.
 */
final class Termination {
    private static final int TOLD_BETWEEN_YIELDS = 64;

    private Termination() {}

    /// The owner's last step; for a guest, or for what does not stop, whoever ends it.
    static void of(LocalProcess process, ExitReason bodyReason) {
        if (!process.raiseFirst(Attention.ENDING)) {
            process.node().undertaker().runaways().remove(process);
            return;
        }
        boolean signalled = process.has(Attention.EXITING);
        ExitReason reason = fixReason(process, bodyReason);
        AbnormalEnd.tell(process, reason, bodyReason, signalled || reason != bodyReason);
        if (process.has(Attention.TRACED)) {
            Tracing.ended(process, reason);
        }
        process.releaseSenders();
        Extras extras = process.extras;
        if (extras != null) {
            Suspensions.releaseAll(process, extras);
            Resources.closeAll(process);
        }
        LocalNode node = process.node();
        process.interleave();
        node.table().remove(process);
        process.interleave();
        process.lock();
        Signal late = process.close();
        CallTag asked = process.asked();
        if (asked != null) {
            Monitors.watchersOf(process).add(asked);
        }
        // Not copied: once they are taken away nobody else looks at them.
        Iterable<LocalPid> links = process.links == null ? List.of() : process.links.active();
        Iterable<MonitorRef> watchers =
                process.monitoredBy == null ? List.of() : process.monitoredBy;
        Iterable<MonitorRef> watched = process.monitors == null ? List.of() : process.monitors;
        process.links = null;
        process.monitoredBy = null;
        process.monitors = null;
        List<Signal> tooLate = process.extras == null ? List.of() : process.extras.tooLate;
        process.unlock();
        process.interleave();
        process.pid().forgetProcess();

        Outgoing.send(refuse(process, tooLate, late));
        int told = 0;
        for (LocalPid peer : links) {
            giveWay(process, ++told);
            Reception.signal(
                    peer, Reception.exitThroughLink(process.pid(), CrashedWith.shareable(reason)));
        }
        for (MonitorRef ref : watchers) {
            giveWay(process, ++told);
            Reception.signal(ref.owner(), Reception.down(ref, CrashedWith.shareable(reason)));
        }
        for (MonitorRef ref : watched) {
            if (ref.target != null) {
                giveWay(process, ++told);
                Reception.signal(ref.target, new Signal.Demonitor(ref));
            }
        }
        process.dropMailbox();
        node.ended(process);
    }

    /// Who has 100 000 links does not keep others waiting while it ends.
    private static void giveWay(LocalProcess process, int told) {
        if (told % TOLD_BETWEEN_YIELDS == 0 && process == Fiber.current()) {
            process.giveWay();
        }
    }

    /// Receives what came before the end, then fixes the reason unless a signal has.
    private static ExitReason fixReason(LocalProcess process, ExitReason bodyReason) {
        process.lock();
        Outgoing effects = Reception.receiveAll(process);
        Reception.beginExit(process, bodyReason);
        process.clear(Attention.ROUSE);
        ExitReason reason = process.exitReason;
        process.unlock();
        process.endSuspension();
        process.awaitRoused();
        Outgoing.send(effects);
        return reason == null ? bodyReason : reason;
    }

    private static @Nullable Outgoing refuse(
            LocalProcess process, List<Signal> tooLate, @Nullable Signal late) {
        Outgoing answers = null;
        for (Signal signal : tooLate) {
            answers = Reception.refuse(process, signal, answers);
        }
        for (Signal signal = late; signal != null; signal = signal.next) {
            answers = Reception.refuse(process, signal, answers);
        }
        return answers;
    }
}
