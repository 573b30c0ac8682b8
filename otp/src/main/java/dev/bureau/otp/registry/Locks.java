package dev.bureau.otp.registry;

import static dev.bureau.kernel.Bureau.demonitor;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.reply;

import dev.bureau.kernel.From;
import dev.bureau.kernel.Ref;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/// The locks that a partition keeps: for each key one holder, and those who wait in the order in which they came.
///
/// The holder is monitored. Who has died while it waited is given the lock too, and gives it back at once.
final class Locks {
    /// Asks for the lock of a key; answered when it is there, with false at once if the asker holds it.
    record Acquire(Object key, From<Boolean> from) {}

    /// Gives the lock of a key back, or stops to wait for it.
    record Release(Object key, Ref ticket) {}

    private record Held(From<Boolean> holder, Ref monitor, Queue<From<Boolean>> waiting) {}

    private final Map<Object, Held> held = new HashMap<>();

    void acquire(Acquire wanted) {
        Held lock = held.get(wanted.key());
        if (lock == null) {
            grant(wanted.key(), wanted.from(), new ArrayDeque<>());
        } else if (lock.holder().caller().equals(wanted.from().caller())) {
            reply(wanted.from(), false);
        } else {
            lock.waiting().add(wanted.from());
        }
    }

    void release(Release released) {
        Held lock = held.get(released.key());
        if (lock == null) {
            return;
        }
        if (!lock.holder().tag().equals(released.ticket())) {
            lock.waiting().removeIf(asker -> asker.tag().equals(released.ticket()));
            return;
        }
        demonitor(lock.monitor());
        From<Boolean> next = lock.waiting().poll();
        if (next == null) {
            held.remove(released.key());
        } else {
            grant(released.key(), next, lock.waiting());
        }
    }

    private void grant(Object key, From<Boolean> to, Queue<From<Boolean>> waiting) {
        Ref end = monitor(to.caller(), _ -> new Release(key, to.tag()));
        held.put(key, new Held(to, end, waiting));
        reply(to, true);
    }
}
