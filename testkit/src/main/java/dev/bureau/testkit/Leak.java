package dev.bureau.testkit;

/// What a test may leave behind; see [ProcessTest#allows].
public enum Leak {
    /// A process that still lives when the test, what it has started and all that is linked to it have ended.
    PROCESS,

    /// A thread of the test's node that goes on when that has been stopped.
    THREAD,

    /// A report, a warning or worse, that nobody has captured. Where it may be left it is logged as ever.
    REPORT
}
