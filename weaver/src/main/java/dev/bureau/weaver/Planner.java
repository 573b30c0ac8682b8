package dev.bureau.weaver;

import dev.bureau.weaver.LeftAlone.Reason;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ConstantPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides where a method polls.
///
/// A poll may throw, and it does so as if it stood before the loop's first instruction: it is guarded by what guards
/// the whole loop, so that `finally` and the end of `synchronized` around the loop run; and not by a `try` within the
/// loop, not even one that starts with it, so that `while (true) try { ... } catch (Throwable t) {}` ends.
final class Planner {
    private static final int LONGEST_CODE = 65535;

    /// HotSpot compiles no longer ones (HugeMethodLimit).
    private static final int LONGEST_COMPILED = 8000;

    private final Instructions code;
    private final List<Guard> guards;
    private final Frames frames;
    private final ConstantPool pool;
    private final Loops loops;
    private final Set<Reason> left;
    private final List<Polls.Detour> detours = new ArrayList<>();
    private final Map<Way, Polls.Detour> ways = new HashMap<>();
    private final Map<Integer, Loops.Loop> byHead = new HashMap<>();

    private record Way(int target, List<Integer> guards) {}

    private Planner(
            Instructions code,
            List<Guard> guards,
            Frames frames,
            ConstantPool pool,
            Set<Reason> left) {
        this.code = code;
        this.guards = guards;
        this.frames = frames;
        this.pool = pool;
        this.loops = new Loops(code, guards);
        this.left = left;
    }

    /// The polls of a method, if there are to be any; adds to `left` why some are not.
    static Optional<Polls> plan(
            ClassModel type, MethodCode method, boolean atEntry, Set<Reason> left) {
        var code = method.instructions();
        boolean loops = code.jumpsBack();
        if (!loops && !atEntry) return Optional.empty();
        if (code.hasSubroutines()) {
            left.add(Reason.SUBROUTINES);
            return Optional.empty();
        }
        var guards = Guard.of(method.attribute());
        var frames = new Frames(method.attribute(), type.majorVersion());
        var detours =
                loops
                        ? new Planner(code, guards, frames, type.constantPool(), left).detours()
                        : List.<Polls.Detour>of();
        if (!atEntry && detours.isEmpty()) return Optional.empty();
        return fitting(new Polls(code, guards, frames, atEntry, detours), left);
    }

    private static Optional<Polls> fitting(Polls polls, Set<Reason> left) {
        if (polls.length() > LONGEST_CODE) {
            left.add(Reason.TOO_LONG);
            return Optional.empty();
        }
        if (polls.length() > LONGEST_COMPILED && polls.code().length() <= LONGEST_COMPILED) {
            left.add(Reason.NOT_COMPILED_THEN);
            return Optional.empty();
        }
        return Optional.of(polls);
    }

    private List<Polls.Detour> detours() {
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (!code.branches(at)) continue;
            int jump = at;
            code.forEachOperand(at, operand -> redirect(new Polls.Jump(jump, operand)));
        }
        return detours;
    }

    private void redirect(Polls.Jump jump) {
        int target = code.target(jump.at(), jump.operand());
        if (target > jump.at()) return;
        if (CountedArrayLoop.isAt(code, guards, pool, target, jump.at())) {
            left.add(Reason.COUNTED_ARRAY_LOOP);
            return;
        }
        if (frames.lackOneAt(target)) {
            left.add(Reason.UNREADABLE);
            return;
        }
        var way = new Way(target, guardsAround(jump.at(), target));
        var detour = ways.get(way);
        boolean fresh = detour == null;
        if (detour == null) {
            int at = detours.isEmpty() ? code.length() : detours.getLast().end();
            detour = new Polls.Detour(at, target, way.guards, new ArrayList<>());
        }
        if (code.isShortJump(jump.at()) && detour.at() - jump.at() > Short.MAX_VALUE) {
            left.add(Reason.TOO_FAR);
            return;
        }
        if (fresh) {
            ways.put(way, detour);
            detours.add(detour);
        }
        detour.jumps().add(jump);
    }

    /// The entries of the exception table that guard a loop as a whole: they cover its head, and the jump back (perhaps
    /// by another piece of the same `try`), and their handler does not lead on in the loop.
    ///
    /// In a loop with several ways in, what belongs to it is open to debate; `finally` and monitors go first there.
    private List<Integer> guardsAround(int jump, int head) {
        var around = new ArrayList<Integer>();
        for (int index = 0; index < guards.size(); index++) {
            var guard = guards.get(index);
            if (!guard.covers(head) || !coversPieceOf(guard, jump)) continue;
            var loop = byHead.computeIfAbsent(head, loops::at);
            boolean mustRun = loop.isIrreducible() && guard.catchesAll();
            if (mustRun || !loop.contains(guard.handler())) around.add(index);
        }
        return List.copyOf(around);
    }

    private boolean coversPieceOf(Guard guard, int at) {
        return guards.stream().anyMatch(other -> other.belongsWith(guard) && other.covers(at));
    }
}
