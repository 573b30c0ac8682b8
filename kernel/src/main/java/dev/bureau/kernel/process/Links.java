package dev.bureau.kernel.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One end of the links of a process.
///
/*
 * The protocol of OTP 24 (link ids, here by counting). After `unlink(P)` this end ignores links and exits from P until
 * P has acknowledged: what arrives before that was sent on the old link. Signals between two processes keep their
 * order, so the first thing on a new link comes after the acknowledgement. For this to hold, a link and an
 * acknowledgement are queued at the other end while the lock under which this end changes is still held. Hence, whatever
 * both ends do at the same time, both end linked or both unlinked (OTP L-07, L-08).
 *
 * Guarded by the reception lock.
 */
final class Links {
    private final SmallSet<LocalPid> active = new SmallSet<>();
    private @Nullable Map<LocalPid, Integer> unlinking;

    /// Those among the active whose exit goes before all ordinary messages.
    private @Nullable SmallSet<LocalPid> urgent;

    boolean isLinked(LocalPid peer) {
        return active.contains(peer);
    }

    /// This end links; false when it is linked already.
    boolean link(LocalPid peer) {
        return active.add(peer);
    }

    /// This end asks for an exit that goes before all ordinary messages, or no longer does (OTP L-12).
    void urgent(LocalPid peer, boolean asked) {
        if (asked) {
            if (urgent == null) {
                urgent = new SmallSet<>();
            }
            urgent.add(peer);
        } else {
            forgetUrgent(peer);
        }
    }

    /// Whether the exit of `peer`, which has been received, goes before all ordinary messages.
    boolean forgetUrgent(LocalPid peer) {
        if (urgent == null || !urgent.remove(peer)) {
            return false;
        }
        if (urgent.isEmpty()) {
            urgent = null;
        }
        return true;
    }

    /// This end unlinks; false when there is nothing to take back.
    boolean unlink(LocalPid peer) {
        if (!active.remove(peer)) {
            return false;
        }
        forgetUrgent(peer);
        if (unlinking == null) {
            unlinking = new HashMap<>();
        }
        unlinking.merge(peer, 1, Integer::sum);
        return true;
    }

    /// The other end has linked.
    void linkReceived(LocalPid peer) {
        if (!isUnlinking(peer)) {
            active.add(peer);
        }
    }

    /// The other end has unlinked.
    void unlinkReceived(LocalPid peer) {
        active.remove(peer);
        forgetUrgent(peer);
    }

    /// The other end has seen one `unlink` of this one.
    void acknowledged(LocalPid peer) {
        if (unlinking != null) {
            unlinking.computeIfPresent(peer, (_, open) -> open == 1 ? null : open - 1);
            if (unlinking.isEmpty()) {
                unlinking = null;
            }
        }
    }

    /// The other end has ended; whether that concerns this one.
    boolean exitReceived(LocalPid peer) {
        return !isUnlinking(peer) && active.remove(peer);
    }

    private boolean isUnlinking(LocalPid peer) {
        return unlinking != null && unlinking.containsKey(peer);
    }

    Iterable<LocalPid> active() {
        return active;
    }

    List<LocalPid> toList() {
        return active.toList();
    }
}
