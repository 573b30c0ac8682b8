package dev.bureau.kernel.process;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a process does about links and exit signals.
public final class Linking {
    private Linking() {}

    /// Links `self` to `peer` (OTP L-01 to L-03).
    public static void link(LocalProcess self, LocalPid peer) {
        self.enter();
        if (peer.equals(self.pid())) {
            return;
        }
        self.lock();
        boolean fresh = Reception.linksOf(self).link(peer);
        self.unlock();
        Reception.again(self);
        if (fresh && !isLinkable(peer, self)) {
            refused(self, peer);
        }
    }

    private static boolean isLinkable(LocalPid peer, LocalProcess self) {
        LocalProcess process = peer.process();
        return process != null
                && process.isAlive()
                && Reception.signal(process, new Signal.Link(self.pid()));
    }

    /// There is no such process: a message for those who trap, an error for the others.
    private static void refused(LocalProcess self, LocalPid peer) {
        // Only the owner changes it.
        if (self.trapExits) {
            Reception.signal(self, Reception.exitThroughLink(peer, ExitReason.NOPROC));
            return;
        }
        self.lock();
        if (self.links != null) {
            self.links.unlinkReceived(peer);
        }
        self.unlock();
        Reception.again(self);
        throw new ExitException(ExitReason.NOPROC);
    }

    /// Takes the link back: once this returns, nothing of it takes effect any more (OTP L-05).
    public static void unlink(LocalProcess self, LocalPid peer) {
        self.enter();
        self.lock();
        boolean linked = self.links != null && self.links.unlink(peer);
        self.unlock();
        Reception.again(self);
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
        // If it was meant for ourselves it has effect now.
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
        self.enter();
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
