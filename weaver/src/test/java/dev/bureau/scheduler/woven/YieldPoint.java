package dev.bureau.scheduler.woven;

/// Stands in for the scheduler's: counts the polls of a thread, and throws when it is told to.
public final class YieldPoint {
    private static final ThreadLocal<YieldPoint> OWN = ThreadLocal.withInitial(YieldPoint::new);

    private int polls;
    private int throwFrom = Integer.MAX_VALUE;

    private YieldPoint() {}

    public static void poll() {
        var own = OWN.get();
        if (++own.polls >= own.throwFrom) throw Killed.<RuntimeException>unchecked(new Killed());
    }

    /// Counts anew.
    public static void reset() {
        OWN.remove();
    }

    public static int polls() {
        return OWN.get().polls;
    }

    /// Throws at this poll, the first being 1, and at each after it.
    public static void throwFrom(int poll) {
        OWN.get().throwFrom = poll;
    }

    /// Neither an exception nor an error.
    public static final class Killed extends Throwable {
        private Killed() {
            super(null, null, false, true);
        }

        /// Lets `poll` throw it undeclared.
        @SuppressWarnings("unchecked")
        static <T extends Throwable> T unchecked(Throwable killed) throws T {
            throw (T) killed;
        }
    }
}
