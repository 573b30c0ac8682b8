package dev.bureau.scheduler;

/// Measures what the fiber on a carrier runs: background work exactly, and what goes on after the lane was given away; all else is
/// sampled at the ticks of the clock.
///
/// It asks for the CPU time of the carrier, which leaves out the time in which the system ran others on its core. Where that is not
/// known, the wall clock has to do. And nobody has run while his core did not: see [StealTime].
///
/*
 * The carrier begins and ends a measurement. The watchdog begins one of what it finds running on a carrier whose lane it gives away,
 * and may find the CPU time out later; the carrier may end that at any moment, so each field is read once.
 */
final class CpuMeter {
    /// For so long CPU time is what the clock says. To read it is a system call, and takes longer than many a process runs;
    /// and where the system has run others meanwhile, that took longer than this.
    private static final long READING_NANOS = 100_000;

    /// Slices are shorter.
    private static final long LONG_NANOS = 2_000_000;

    private final Thread carrier;
    private final StealTime stealTime;

    /// When background work began; 0 if it runs other work.
    private volatile long timedSince;

    /// Since when it counts what runs although the lane was given away; 0 if it does not.
    private volatile long awaySince;

    /// The carrier's CPU time when it began to count, if known; else 0.
    private volatile long cpuSince;

    /// On which core timed work began, and what had been stolen from that by then.
    private volatile int core = -1;

    private volatile long stolenSince;

    /// Whether it was asked already if the core was stolen.
    private boolean doubted;

    // The carrier's CPU time when it was last read.
    private long cpuRead;
    private long cpuReadAt;

    CpuMeter(Thread carrier, StealTime stealTime) {
        this.carrier = carrier;
        this.stealTime = stealTime;
    }

    /// Carrier: what follows is timed.
    void begin() {
        long now = System.nanoTime();
        int on = Cores.current();
        cpuSince = cpuTime(now);
        stolenSince = stealTime.of(on);
        core = on;
        timedSince = now | 1;
    }

    /// The carrier's CPU time; read not long ago at the latest.
    private long cpuTime(long now) {
        long since = now - cpuReadAt;
        if (cpuRead > 0 && since < READING_NANOS) {
            return cpuRead + since;
        }
        cpuRead = CpuTime.ofCurrentThread();
        cpuReadAt = now;
        return cpuRead;
    }

    /// Watchdog: what runs is counted from now on, for no lane leads to the carrier any more.
    void beginAway() {
        if (awaySince != 0) {
            return;
        }
        if (timedSince == 0) {
            cpuSince = CpuTime.of(carrier);
        }
        awaySince = System.nanoTime() | 1;
    }

    /// Watchdog: counts CPU time from now on, if that was not known when the lane was given away.
    void calibrate(Fiber running) {
        if (cpuSince == 0) {
            long cpu = CpuTime.of(carrier);
            long since = since();
            // Zero if it has just come back.
            if (cpu > 0 && since != 0) {
                long now = System.nanoTime();
                running.addCpuNanos(now - since);
                timedSince = 0;
                awaySince = now | 1;
                cpuSince = cpu;
            }
        }
    }

    /// Carrier: what it has run so far is over; nothing that follows is counted.
    void end() {
        timedSince = 0;
        cpuSince = 0;
        doubted = false;
        awaySince = 0;
    }

    /// Carrier: it has a lane again.
    void endAway() {
        awaySince = 0;
    }

    boolean isRunning() {
        return timedSince != 0 || awaySince != 0;
    }

    boolean isTimed() {
        return timedSince != 0;
    }

    boolean knowsCpuTime() {
        return cpuSince != 0;
    }

    /// For how long, by the wall clock, timed work has run; 0 if there is none.
    long timedNanos() {
        return sinceThen(timedSince);
    }

    /// For how long, by the wall clock, something has run without a lane; 0 if nothing has.
    long awayNanos() {
        return sinceThen(awaySince);
    }

    private static long sinceThen(long since) {
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /// Carrier: how long the fiber has run, and will not go on.
    ///
    /// If that was long, whoever can tell that the core was stolen may not have done so yet, and waits for it now.
    long total() {
        long total = nanos();
        if (total > LONG_NANOS && !doubted && Thread.currentThread() == carrier) {
            doubted = true;
            Thread.yield();
            total = nanos();
        }
        return total;
    }

    /// How long the fiber has run by now, beside what the clock has sampled.
    long nanos() {
        long since = since();
        if (since == 0) {
            return 0;
        }
        long elapsed = System.nanoTime() - since;
        long cpu = cpuSince;
        if (cpu > 0 && elapsed >= READING_NANOS) {
            long now =
                    Thread.currentThread() == carrier
                            ? CpuTime.ofCurrentThread()
                            : CpuTime.of(carrier);
            if (now >= cpu) {
                return Math.min(now - cpu, notStolen(elapsed));
            }
        }
        return elapsed;
    }

    /// What is left of it without the time in which its core did not run.
    private long notStolen(long elapsed) {
        return timedSince == 0
                ? elapsed
                : Math.max(0, elapsed - (stealTime.of(core) - stolenSince));
    }

    private long since() {
        long timed = timedSince;
        return timed != 0 ? timed : awaySince;
    }
}
