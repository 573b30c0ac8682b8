package dev.bureau.kernel.isolation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `Arrays.asList`: settable, of fixed length, and over an array that somebody else may have.
final class FixedListShape extends Container {
    static boolean fits(Class<?> type) {
        return type.getName().equals("java.util.Arrays$ArrayList");
    }

    @Override
    @Nullable Object[] children(Object source) {
        return ((List<?>) source).toArray();
    }

    @Override
    Object fresh(Object source) {
        return new Object[((List<?>) source).size()];
    }

    @Override
    Object face(Object source, Object fresh) {
        return Arrays.asList((Object[]) fresh);
    }

    @Override
    void fill(Object source, Object fresh, @Nullable Object[] children) {
        System.arraycopy(children, 0, fresh, 0, children.length);
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return "Arrays.asList[" + index + "]";
    }
}
