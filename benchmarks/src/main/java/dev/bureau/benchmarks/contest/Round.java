package dev.bureau.benchmarks.contest;

/// The work of a row, once: checks that all of it was done, and says what an operation cost.
@FunctionalInterface
public interface Round {
    /// Does it.
    ///
    /// @return in the unit of the row; less is better
    /// @throws Exception if it went wrong: there is no figure then
    double run() throws Exception;

    /// What one of `operations` took in nanoseconds, if they began at `start` of [System#nanoTime()] and are over.
    static double nanosEach(long start, long operations) {
        return (System.nanoTime() - start) / (double) operations;
    }

    /// Fails unless `got` is what was expected: a contestant that leaves work out is not fast.
    ///
    /// @throws IllegalStateException if it is not
    static void expect(String what, long expected, long got) {
        if (got != expected) {
            throw new IllegalStateException(
                    "expected %s to be %d, got: %d".formatted(what, expected, got));
        }
    }
}
