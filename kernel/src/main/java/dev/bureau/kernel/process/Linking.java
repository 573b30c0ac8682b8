package dev.bureau.kernel.process;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a process does about links and exit signals.
public final class Linking {
    private Linking() {}

    /// Links `self` to `peer` (OTP L-01 to L-03). With `priority` the exit that comes of it goes before all ordinary
    /// messages; without, it no longer does if it did (OTP L-12).
    public static void link(LocalProcess self, LocalPid peer, boolean priority) {
        self.enter();
        if (peer.equals(self.pid())) {
            return;
        }
        self.lock();
        Links links = Reception.linksOf(self);
        Outgoing sent = null;
        boolean refused = false;
        if (!links.isLinked(peer)) {
            // Queued under the lock: an unlink of the peer that is received here comes before or
            // after both, the link of this end and the signal.
            sent = Outgoing.queue(null, peer, new Signal.Link(self.pid()));
            refused = sent == null || !links.link(peer);
        }
        if (priority) {
            self.mailboxForMessage().expectUrgent();
        }
        if (!refused) {
            links.urgent(peer, priority);
        }
        self.unlock();
        Outgoing.send(sent);
        Reception.again(self);
        if (sent != null && self.has(Attention.TRACED)) {
            Tracing.linked(self, peer, true);
        }
        if (refused) {
            refused(self, peer, priority);
        } else if (self.isClosed()) {
            // A guest that was ended meanwhile: perhaps before the peer had heard of the link.
            Reception.signal(peer, Reception.exitThroughLink(self.pid(), ExitReason.NOPROC));
        }
    }

    /// There is no such process: a message for those who trap, an error for the others.
    private static void refused(LocalProcess self, LocalPid peer, boolean priority) {
        // Only the owner changes it.
        if (!self.trapExits) {
            throw new ExitException(ExitReason.NOPROC);
        }
        Reception.signal(self, new Signal.Exit(new Exit(peer, ExitReason.NOPROC), false, priority));
    }

    /// Whether the owner is linked to `peer`: if that has ended, its exit has not been received yet.
    public static boolean isLinked(LocalProcess self, LocalPid peer) {
        self.enter();
        self.lock();
        boolean linked = self.links != null && self.links.isLinked(peer);
        self.unlock();
        Reception.again(self);
        return linked;
    }

    /// Takes the link back: once this returns, nothing of it takes effect any more (OTP L-05).
    public static void unlink(LocalProcess self, LocalPid peer) {
        self.enter();
        self.lock();
        boolean linked = self.links != null && self.links.unlink(peer);
        self.unlock();
        Reception.again(self);
        if (linked && self.has(Attention.TRACED)) {
            Tracing.linked(self, peer, false);
        }
        if (linked && !Reception.signal(peer, new Signal.Unlink(self.pid()))) {
            self.lock();
            if (self.links != null) {
                self.links.acknowledged(peer);
            }
            self.unlock();
            Reception.again(self);
        }
    }

    /// Sends an exit signal.
    public static void exit(LocalProcess self, LocalPid to, ExitReason reason, boolean priority) {
        self.enter();
        Reception.signal(to, new Signal.Exit(new Exit(self.pid(), reason), false, priority));
        seen(self, to);
    }

    /// What this process has sent to itself has effect now (OTP X-13), also when another was just receiving for it.
    private static void seen(LocalProcess self, LocalPid to) {
        if (to.equals(self.pid())) {
            Reception.onBehalf(self);
        }
        self.enter();
    }

    /// Sends an exit signal through an alias; with priority if that allows it.
    public static void exitThroughAlias(LocalProcess self, LocalRef alias, ExitReason reason) {
        self.enter();
        LocalProcess owner = alias.owner().process();
        if (owner != null) {
            Signal.Exit signal =
                    new Signal.Exit(
                            new Exit(self.pid(), reason), false, alias instanceof PriorityAlias);
            Reception.signal(owner, signal.through(alias));
        }
        seen(self, alias.owner());
    }

    /// From now on the exit of the parent arrives as it is, also if exits are mapped: who serves must know it.
    public static void serveParent(LocalProcess self) {
        self.lock();
        self.servesParent = true;
        self.unlock();
        Reception.again(self);
    }

    /// Returns what was set before.
    public static boolean trapExits(
            LocalProcess self, boolean trap, @Nullable Function<? super Exit, ?> as) {
        self.enter();
        self.lock();
        boolean before = self.trapExits;
        self.trapExits = trap;
        self.exitsAs = as;
        self.unlock();
        Reception.again(self);
        return before;
    }
}
