package dev.bureau.scheduler;

import java.util.concurrent.atomic.AtomicLongArray;

/// For how long each core ran nothing, because the machine, a virtual one, did not run.
///
/// Linux knows it too, and mostly does not count it as somebody's CPU time, but sometimes does: then a process would be charged nine
/// milliseconds for a slice of one. Those who are to look once in a tick see it by the looks that they miss.
final class StealTime {
    private final AtomicLongArray stolen = new AtomicLongArray(Cores.MOST);
    private final long tick;

    /// @param tick in nanoseconds
    StealTime(long tick) {
        this.tick = tick;
    }

    /// In nanoseconds, since any time in the past.
    ///
    /// @param core nothing is known of negative ones
    long of(int core) {
        return core < 0 ? 0 : stolen.get(core);
    }

    /// A thread that looks once in a tick, and goes before all others: if it does not, its core did not run.
    final class Witness {
        private long seen;

        /// Own thread: looks now, and has slept on this core since the last time.
        void look(long now, int core) {
            long since = now - seen;
            if (seen != 0 && core >= 0 && since > 2 * tick) {
                stolen.addAndGet(core, since - tick);
            }
            seen = now | 1;
        }

        /// Own thread: does not look for a while.
        void rest() {
            seen = 0;
        }
    }
}
