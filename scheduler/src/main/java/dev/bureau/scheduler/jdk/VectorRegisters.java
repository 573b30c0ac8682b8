package dev.bureau.scheduler.jdk;

/// Keeps the JVM's own code from waiting for the processor's vector registers.
///
/*
 * On x86, code compiled by C2 fills the upper halves of a vector register wherever it clears an object, and leaves them so. The
 * code of the JVM that puts a thread's stack back is made for processors that have none: the first such instruction after them
 * makes processors save the halves, and the next of the other kind makes them restore these. That was 170 of the 680 ns of a call between
 * two processes (Emerald Rapids). Before calls from a method in which strings are compared C2 empties the halves, because
 * comparing fills them too; so we compare two.
 */
final class VectorRegisters {
    // Of one length, else C2 sees by that that they differ, and compares nothing.
    private static final String ONE = "one";
    private static final String OTHER = "two";

    private VectorRegisters() {}

    /// They are empty at each call that follows in the method that calls this.
    static void emptyUpperHalves() {
        if (ONE.equals(OTHER)) {
            throw new AssertionError();
        }
    }
}
