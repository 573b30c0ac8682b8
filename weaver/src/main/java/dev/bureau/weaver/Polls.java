package dev.bureau.weaver;

import java.util.List;

/// Where a method is to poll.
///
/// Backward jumps are redirected to a detour at the end of the method, which polls and goes on to where the jump went.
/// So what a jump leaves on the stack does not matter. Elsewhere a poll is put between instructions; there too the stack
/// stays as it is, and who jumps to the instruction behind it comes to the poll first, unless it stands at entry.
///
/// @param guards the method's exception table
/// @param frames what the verifier knows of it
/// @param before the instructions before which it polls, in order; the first of all for a poll at entry
/// @param detours in the order in which they follow the code
record Polls(
        Instructions code,
        List<Guard> guards,
        Frames frames,
        List<Integer> before,
        List<Detour> detours) {
    /// The poll, and a nop so that the padding of switches stays right.
    static final int INSERTED = 4;

    static final int ENTRY = 0;

    boolean isEmpty() {
        return before.isEmpty() && detours.isEmpty();
    }

    /// Where what was at a place is now: an instruction with the poll before it, but for the first.
    int moved(int place) {
        int moved = place;
        for (int each : before) {
            if (each >= place && each != ENTRY) break;
            moved += INSERTED;
        }
        return moved;
    }

    /// Where the instruction is now that was at a place.
    int instruction(int place) {
        return moved(place) + (place != ENTRY && before.contains(place) ? INSERTED : 0);
    }

    /// The length of all code.
    int length() {
        return moved(detours.isEmpty() ? code.length() : detours.getLast().end());
    }

    /// A poll on the way from some jumps back to a place.
    ///
    /// @param at where it stands, if it were not for polls before instructions
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
