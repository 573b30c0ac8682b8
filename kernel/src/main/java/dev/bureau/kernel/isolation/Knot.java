package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/// The part of a message that refers back into itself: what has to wait, and in which order it is made in the end.
/*
 * A walk ties a knot when a child turns out to be an object whose frame is still open.
 *
 *   a container    its copy exists, empty as yet: that is taken
 *   a shell        does not exist: its frame keeps the place
 *
 * The knot reaches out to the outermost such frame. While frames inside of it close,
 *
 *   - a shell with a place kept by a frame waits, and its own frame keeps its place in turn;
 *   - a container with such a place waits, as does one that hashes or compares what it is filled with;
 *   - all else is made as usual. A shell's constructor may look at a list that is still empty, and copy that: it is asked
 *     in the end whether it still holds what it was given.
 *
 * When the outermost frame closes, no place is kept by a frame further out, and the knot is untied: first the shells that wait, each
 * after those it waits for. Shells that wait for each other have nothing between them that could be made first: if there is
 * nothing mutable behind them either they all stay, else the message is refused. Then the containers, in the order in
 * which they closed: what is held before what holds it.
 */
final class Knot {
    private int outermost = Integer.MAX_VALUE; // depth of a frame
    private final List<Frame> shells = new ArrayList<>();
    private final List<Frame> containers = new ArrayList<>();
    private final List<Frame> rebuilt = new ArrayList<>();

    /// Notes that something inside refers to `open`.
    void tie(Frame open) {
        outermost = Math.min(outermost, open.depth);
    }

    /// Whether a frame further out is part of the knot.
    boolean isAround(Frame frame) {
        return outermost < frame.depth;
    }

    boolean endsAt(Frame frame) {
        return outermost == frame.depth;
    }

    /// Makes what `frame` passes as, or lets it wait; it closes inside the knot.
    void add(Frame frame) {
        if (frame.shape instanceof Shell) {
            if (frame.waits) {
                frame.result = frame;
                shells.add(frame);
            } else {
                complete(frame);
            }
        } else if (frame.waits || frame.arrangesByContent()) {
            containers.add(frame);
        } else {
            frame.complete();
        }
    }

    /// Makes all that waits; `frame` is the outermost one, and the knot is of no use afterwards.
    void untie(Frame frame) {
        boolean isContainer = frame.shape instanceof Container;
        if (!isContainer) {
            add(frame);
        }
        makeShells();
        if (isContainer && !frame.arrangesByContent()) {
            containers.addFirst(frame);
        } else if (isContainer) {
            containers.addLast(frame);
        }
        for (Frame container : containers) {
            container.takeAwaited();
            container.complete();
        }
        for (Frame shell : rebuilt) {
            check(shell);
        }
    }

    private void makeShells() {
        if (shells.isEmpty()) {
            return;
        }
        IdentityHashMap<Frame, List<Frame>> waiting = new IdentityHashMap<>();
        Deque<Frame> changed = new ArrayDeque<>();
        for (Frame shell : shells) {
            for (Object child : shell.children) {
                if (child instanceof Frame awaited) {
                    waiting.computeIfAbsent(awaited, _ -> new ArrayList<>()).add(shell);
                    shell.changed |= isMade(awaited) && awaited.result != awaited.source;
                }
            }
            if (shell.mustBeRebuilt()) {
                changed.add(shell);
            }
        }
        spread(changed, waiting);
        int toBeRebuilt = 0;
        for (Frame shell : shells) {
            if (shell.mustBeRebuilt()) {
                toBeRebuilt++;
            } else {
                shell.result = shell.source;
            }
        }
        if (rebuild(waiting) < toBeRebuilt) {
            refuseTheRest();
        }
    }

    /// Whoever waits for something that changes, changes.
    private static void spread(Deque<Frame> changed, IdentityHashMap<Frame, List<Frame>> waiting) {
        while (!changed.isEmpty()) {
            for (Frame waiter : waiting.getOrDefault(changed.pop(), List.of())) {
                if (!waiter.mustBeRebuilt()) {
                    waiter.changed = true;
                    changed.push(waiter);
                }
            }
        }
    }

    /// Rebuilds each shell once nothing is missing any more, and returns how many there were.
    private int rebuild(IdentityHashMap<Frame, List<Frame>> waiting) {
        Deque<Frame> ready = new ArrayDeque<>();
        for (Frame shell : shells) {
            for (Object child : shell.children) {
                if (child instanceof Frame awaited && !isMade(awaited)) {
                    shell.missing++;
                }
            }
            if (shell.missing == 0 && !isMade(shell)) {
                ready.add(shell);
            }
        }
        int count = 0;
        while (!ready.isEmpty()) {
            Frame shell = ready.pop();
            shell.takeAwaited();
            complete(shell);
            count++;
            for (Frame waiter : waiting.getOrDefault(shell, List.of())) {
                if (--waiter.missing == 0) {
                    ready.add(waiter);
                }
            }
        }
        return count;
    }

    private void complete(Frame shell) {
        shell.complete();
        if (shell.result != shell.source) {
            rebuilt.add(shell);
        }
    }

    private static boolean isMade(Frame shell) {
        return shell.result != shell;
    }

    private void refuseTheRest() {
        for (Frame shell : shells) {
            if (!isMade(shell)) {
                throw Path.refusal(
                        shell.parent,
                        shell.source.getClass(),
                        new Refused(
                                "part of a cycle of immutable objects, with something mutable in it that would have to be copied",
                                "put a list or an array into the cycle, or send keys in place of references"),
                        null);
            }
        }
    }

    private static void check(Frame frame) {
        if (frame.shape instanceof Shell shell
                && frame.result != null
                && !shell.holds(frame.result, frame.children)) {
            throw Path.refusal(
                    frame.parent,
                    frame.source.getClass(),
                    new Refused(
                            "part of a cycle, and does not keep what its constructor is given",
                            "leave copying to the runtime, or send keys in place of references"),
                    null);
        }
        frame.children = Shape.NO_CHILDREN;
    }
}
