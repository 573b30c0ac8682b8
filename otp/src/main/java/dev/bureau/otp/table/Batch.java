package dev.bureau.otp.table;

/// An insert of many: what it has put into cells counts from the moment it is committed, all at once.
final class Batch {
    private enum Fate {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private volatile Fate fate = Fate.OPEN;

    boolean isOpen() {
        return fate == Fate.OPEN;
    }

    boolean isCommitted() {
        return fate == Fate.COMMITTED;
    }

    void commit() {
        fate = Fate.COMMITTED;
    }

    /// What it has put into cells never was, unless it is committed. Called by the thread that commits.
    void abortIfOpen() {
        if (fate == Fate.OPEN) {
            fate = Fate.ABORTED;
        }
    }
}
