package dev.bureau.weaver;

import java.util.List;

/// Where a method is to poll.
///
/// Backward jumps are redirected to a detour at the end of the method, which polls and goes on to where the jump went.
/// So no instruction moves against another, and what a jump leaves on the stack does not matter.
///
/// @param guards the method's exception table
/// @param frames what the verifier knows of it
/// @param atEntry whether it polls before all else
/// @param detours in the order in which they follow the code
record Polls(
        Instructions code,
        List<Guard> guards,
        Frames frames,
        boolean atEntry,
        List<Detour> detours) {
    /// The poll, and a nop so that the padding of switches stays right.
    private static final int ENTRY = 4;

    /// How far all code moves.
    int shift() {
        return atEntry ? ENTRY : 0;
    }

    /// The length of all code.
    int length() {
        return shift() + (detours.isEmpty() ? code.length() : detours.getLast().end());
    }

    /// A poll on the way from some jumps back to a place.
    ///
    /// @param at where it stands, if it were not for a poll at entry
    /// @param guards which entries of the exception table hold for it, by their index
    /// @param jumps the jumps that take it
    record Detour(int at, int target, List<Integer> guards, List<Jump> jumps) {
        private static final int POLL = 3;
        private static final int JUMP = 3;
        private static final int LONG_JUMP = 5;

        /// Where its own jump stands.
        int jump() {
            return at + POLL;
        }

        int end() {
            return jump() + (isLong() ? LONG_JUMP : JUMP);
        }

        /// Whether the target is too far for two bytes.
        boolean isLong() {
            return target - jump() < Short.MIN_VALUE;
        }
    }

    /// A jump, and where in the code its distance stands.
    record Jump(int at, int operand) {}
}
