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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// Decides where a method polls.
///
/// A poll may throw, and it does so as if it stood before the loop's first instruction: it is guarded by what guards
/// the whole loop, so that `finally` and the end of `synchronized` around the loop run; and not by a `try` within the
/// loop, not even one that starts with it, so that `while (true) try { ... } catch (Throwable t) {}` ends.
final class Planner {
    private static final int LONGEST_CODE = 65535;

    /// HotSpot compiles no longer ones (HugeMethodLimit).
    private static final int LONGEST_COMPILED = 8000;

    /// Up to here a jump reaches from any place to any other, so polls may be put between.
    private static final int ROOMY = 32_000;

    /// More calls than these make a poll at the start the smaller evil.
    private static final int MOST_CALLS = 3;

    private final Instructions code;
    private final List<Guard> guards;
    private final Frames frames;
    private final ConstantPool pool;
    private final BriefCalls brief;
    private final Loops loops;
    private final Set<Reason> left;
    private final SortedSet<Integer> before = new TreeSet<>();
    private final List<Polls.Detour> detours = new ArrayList<>();
    private final Map<Way, Polls.Detour> ways = new HashMap<>();
    private final Map<Integer, Loops.Loop> byHead = new HashMap<>();

    /// By head, which jumps back to it are those of a loop that polls elsewhere, if at all.
    private final Map<Integer, IntPredicate> scanning = new HashMap<>();

    private record Way(int target, List<Integer> guards) {}

    private Planner(
            Instructions code,
            List<Guard> guards,
            Frames frames,
            ConstantPool pool,
            BriefCalls brief,
            Set<Reason> left) {
        this.code = code;
        this.guards = guards;
        this.frames = frames;
        this.pool = pool;
        this.brief = brief;
        this.loops = new Loops(code, guards);
        this.left = left;
    }

    /// The polls of a method, if there are to be any; adds to `left` why some are not.
    static Optional<Polls> plan(
            ClassModel type,
            MethodCode method,
            Recursions.Recursion recursion,
            BriefCalls brief,
            Set<Reason> left) {
        var code = method.instructions();
        boolean recurs = recursion.atStart() || recursion.places().size() > 1;
        if (!code.jumpsBack() && !recurs) return Optional.empty();
        if (code.hasSubroutines()) {
            left.add(Reason.SUBROUTINES);
            return Optional.empty();
        }
        var guards = Guard.of(method.attribute());
        var frames = new Frames(method.attribute(), type.majorVersion());
        var planner = new Planner(code, guards, frames, type.constantPool(), brief, left);
        if (code.jumpsBack()) planner.pollInLoops();
        if (recurs) planner.pollIn(recursion);
        return planner.polls();
    }

    private Optional<Polls> polls() {
        var polls = new Polls(code, guards, frames, List.copyOf(before), detours);
        return polls.isEmpty() ? Optional.empty() : fitting(polls, left);
    }

    private void pollIn(Recursions.Recursion recursion) {
        var places = loops.repeated(recursion.places());
        boolean atStart = recursion.atStart() || places.size() > MOST_CALLS || !isRoomy();
        if (!atStart) before.addAll(places);
        else if (recursion.atStart() || !places.isEmpty()) before.add(Polls.ENTRY);
    }

    private boolean isRoomy() {
        return code.length() < ROOMY;
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

    private void pollInLoops() {
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (!code.branches(at)) continue;
            int jump = at;
            code.forEachOperand(at, operand -> redirect(new Polls.Jump(jump, operand)));
        }
    }

    private void redirect(Polls.Jump jump) {
        int target = code.target(jump.at(), jump.operand());
        if (target > jump.at()) return;
        if (scanning.computeIfAbsent(target, this::scanning).test(jump.at())) {
            left.add(Reason.SCANNING_LOOP);
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

    /// All jumps back to a head if they make a scanning loop together; else the first that makes one alone. Not several that each
    /// do: one might undo what the other has stepped.
    private IntPredicate scanning(int head) {
        if (scans(loop(head))) return jump -> true;
        for (int at = head; at < code.length(); at = code.next(at)) {
            int jump = at;
            if (code.isJump(at) && code.target(at, at + 1) == head && scans(loops.at(head, at))) {
                return other -> other == jump;
            }
        }
        return jump -> false;
    }

    /// Whether a loop polls only where it does something long, if at all; sees to it that it does.
    private boolean scans(Loops.Loop loop) {
        var polls = ScanningLoop.polls(code, guards, pool, brief, loop);
        if (polls.isEmpty() || !(polls.get().isEmpty() || isRoomy())) return false;
        before.addAll(polls.get());
        return true;
    }

    private Loops.Loop loop(int head) {
        return byHead.computeIfAbsent(head, loops::at);
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
            var loop = loop(head);
            boolean mustRun = loop.isIrreducible() && guard.catchesAll();
            if (mustRun || !loop.contains(guard.handler())) around.add(index);
        }
        return List.copyOf(around);
    }

    private boolean coversPieceOf(Guard guard, int at) {
        return guards.stream().anyMatch(other -> other.belongsWith(guard) && other.covers(at));
    }
}
