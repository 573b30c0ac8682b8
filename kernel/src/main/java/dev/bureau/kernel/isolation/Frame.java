package dev.bureau.kernel.isolation;

import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.isolation.Verdict.Refused;
import org.jspecify.annotations.Nullable;

/// One object on its way through a [Walk]: open while its children are looked at, then only the memory of its result.
/*
 * A place among the children may be kept by the frame of a shell that is not built yet; see `Knot`. The same goes for the
 * result of a shell: as long as it cannot be built, the result is the frame itself.
 */
final class Frame {
    final Object source;
    final @Nullable Shape shape; // null if the result was there at once
    final @Nullable Frame parent;
    final int depth;

    @Nullable Object[] children = Shape.NO_CHILDREN;
    int next; // the child being looked at
    int missing; // places kept by frames, while a knot counts them
    boolean changed; // a child was replaced
    boolean waits; // a place is kept by a frame
    boolean done; // all children have been looked at
    @Nullable Object fresh; // of a container
    @Nullable Object result; // of a container from the start

    Frame(Object source, @Nullable Shape shape, @Nullable Frame parent) {
        this.source = source;
        this.shape = shape;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /// Takes what the current child passes as, or a frame to keep its place, and goes on to the next.
    void take(@Nullable Object passed) {
        Object child = children[next];
        if (passed instanceof Frame) {
            children[next] = passed;
            waits = true;
        } else if (passed != child && child != null) {
            replace(next, child.getClass(), passed);
        }
        next++;
    }

    /// Takes what has become of the frames that keep places.
    void takeAwaited() {
        for (int i = 0; waits && i < children.length; i++) {
            if (children[i] instanceof Frame awaited) {
                if (awaited.result == awaited.source) {
                    children[i] = awaited.source;
                } else {
                    replace(i, awaited.source.getClass(), awaited.result);
                }
            }
        }
        waits = false;
    }

    boolean mustBeRebuilt() {
        return changed || (shape instanceof Shell shell && shell.alwaysRebuilt());
    }

    boolean arrangesByContent() {
        return shape instanceof Container container && container.arrangesByContent();
    }

    /// Makes the result; the children stay for another look at a shell that was rebuilt.
    void complete() {
        try {
            if (shape instanceof Shell shell) {
                result = mustBeRebuilt() ? shell.rebuild(source, children) : source;
            } else if (shape instanceof Container container && fresh != null) {
                container.fill(source, fresh, children);
                children = Shape.NO_CHILDREN;
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw Path.refusal(parent, source.getClass(), e);
        }
    }

    private void replace(int index, Class<?> type, @Nullable Object passed) {
        String reason = shape == null ? null : shape.mustStay(index);
        if (reason != null) {
            throw mutable(type, reason);
        }
        children[index] = passed;
        changed = true;
    }

    private NotShareableException mutable(Class<?> child, String reason) {
        return Path.refusal(
                this, child, new Refused("mutable, and " + reason, Mending.VALUE), null);
    }
}
