package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import dev.bureau.kernel.isolation.Verdict.Settled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way through one message: depth first, on a stack of its own, each object once.
/*
 * Each object with a shape gets a frame; the open frames, linked by `parent`, are the stack, so that nesting of any depth needs
 * heap only. A frame takes its children one by one, then closes: a shell with a changed child is rebuilt, a container is filled.
 * Frames are kept by the identity of their objects, so that what is met again gives the same result; cycles are left to `Knot`.
 *
 * Before an object gets a frame a short look (`Shape.look`) tries to settle it as immutable without one. It is bounded, hence linear
 * in the message however the message unfolds.
 */
final class Walk {
    private static final int FIRST_LOOK = 64;
    private static final int NEXT_LOOK =
            8; // an object deep in a large message is looked at by all around it
    private static final Object PUSHED = new Object();

    private final Movable.@Nullable Target target;
    private final Seen seen = new Seen();

    private @Nullable Frame top;
    private @Nullable Knot knot;
    private @Nullable List<Movable.Transfer> transfers;
    private @Nullable Class<?> lastImmutable;

    Walk(Movable.@Nullable Target target) {
        this.target = target;
    }

    /// Whether a short look shows it to be immutable, so that there is no way to go.
    static boolean isSettled(@Nullable Object root) {
        if (root == null) {
            return true;
        }
        Verdict verdict = ClassVerdicts.of(root.getClass());
        return verdict == Settled.IMMUTABLE
                || (verdict instanceof Shape shape && shape.look(root, FIRST_LOOK) >= 0);
    }

    @Nullable Object pass(@Nullable Object root) {
        Object result = prepare(root);
        settle(true);
        return result;
    }

    /// Passes all; what moves has not changed hands before [#settle].
    @Nullable Object prepare(@Nullable Object root) {
        boolean passed = false;
        try {
            Object result = walk(root);
            passed = true;
            return result;
        } finally {
            if (!passed) {
                settle(false);
            }
        }
    }

    boolean moves() {
        return transfers != null;
    }

    void settle(boolean passed) {
        if (transfers != null) {
            transfers.forEach(passed ? Movable.Transfer::commit : Movable.Transfer::abort);
        }
    }

    private @Nullable Object walk(@Nullable Object root) {
        // It has been looked at.
        Object result = enter(root, 0);
        for (Frame frame = top; frame != null; frame = top) {
            if (frame.next < frame.children.length) {
                Object passed = enter(frame.children[frame.next], NEXT_LOOK);
                if (passed != PUSHED) {
                    frame.take(passed);
                }
            } else {
                top = frame.parent;
                result = close(frame);
                if (top != null) {
                    top.take(result);
                }
            }
        }
        return result;
    }

    /// What `object` passes as, a frame to keep its place, or [#PUSHED] if its frame is on the stack now.
    private @Nullable Object enter(@Nullable Object object, int budget) {
        if (object == null || object.getClass() == lastImmutable) {
            return object;
        }
        Class<?> type = object.getClass();
        Verdict verdict = ClassVerdicts.of(type);
        if (verdict == Settled.IMMUTABLE) {
            lastImmutable = type;
            return object;
        }
        if (verdict instanceof Refused refused) {
            throw Path.refusal(top, type, refused, null);
        }
        if (verdict instanceof Shape shape && shape.look(object, budget) >= 0) {
            return object;
        }
        Frame known = seen.find(object);
        if (known != null) {
            return known.done ? known.result : meetOpen(known);
        }
        return verdict instanceof Shape shape ? open(object, shape) : move((Movable) object);
    }

    private @Nullable Object open(Object object, Shape shape) {
        Frame frame = new Frame(object, shape, top);
        try {
            frame.children = shape.children(object);
            if (shape instanceof Container container) {
                Object fresh = container.fresh(object);
                frame.fresh = fresh;
                frame.result = container.face(object, fresh);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw Path.refusal(top, object.getClass(), e);
        }
        seen.add(frame);
        if (frame.children.length == 0) {
            return close(frame);
        }
        top = frame;
        return PUSHED;
    }

    private @Nullable Object close(Frame frame) {
        frame.done = true;
        if (knot != null && knot.endsAt(frame)) {
            knot.untie(frame);
            knot = null;
        } else if (knot != null && knot.isAround(frame)) {
            knot.add(frame);
        } else {
            frame.complete();
            frame.children = Shape.NO_CHILDREN;
        }
        return frame.result;
    }

    private @Nullable Object meetOpen(Frame frame) {
        if (knot == null) {
            knot = new Knot();
        }
        knot.tie(frame);
        return frame.shape instanceof Container ? frame.result : frame;
    }

    private @Nullable Object move(Movable movable) {
        Frame frame = new Frame(movable, null, top);
        if (target == null) {
            throw Path.refusal(
                    top,
                    movable.getClass(),
                    new Refused("a resource has one owner", "hand it over by sending it"),
                    null);
        }
        try {
            Movable.Transfer transfer = movable.prepare(target);
            if (transfers == null) {
                transfers = new ArrayList<>();
            }
            transfers.add(transfer);
            frame.result = transfer.handle();
        } catch (RuntimeException e) {
            throw Path.refusal(top, movable.getClass(), e);
        }
        frame.done = true;
        seen.add(frame);
        return frame.result;
    }
}
