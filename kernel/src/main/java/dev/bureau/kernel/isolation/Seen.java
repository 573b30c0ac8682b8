package dev.bureau.kernel.isolation;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// The frames of a walk by the identity of their objects: a short list first, a hash map once it pays.
final class Seen {
    private static final int FEW = 8;

    private final @Nullable Frame[] few = new Frame[FEW];
    private int count;
    private @Nullable IdentityHashMap<Object, Frame> many;

    @Nullable Frame find(Object source) {
        if (many != null) {
            return many.get(source);
        }
        for (int i = 0; i < count; i++) {
            Frame frame = few[i];
            if (frame != null && frame.source == source) {
                return frame;
            }
        }
        return null;
    }

    void add(Frame frame) {
        if (count < FEW) {
            few[count++] = frame;
            return;
        }
        if (many == null) {
            many = new IdentityHashMap<>(64);
            for (Frame early : few) {
                if (early != null) {
                    many.put(early.source, early);
                }
            }
        }
        many.put(frame.source, frame);
    }
}
