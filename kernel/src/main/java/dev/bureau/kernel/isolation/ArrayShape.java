package dev.bureau.kernel.isolation;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Arrays whose elements have to be looked at; the others are leaves.
final class ArrayShape extends Container {
    private static final ArrayShape ELEMENTWISE = new ArrayShape();
    private static final LeafShape OF_IMMUTABLES =
            new LeafShape(array -> ((Object[]) array).clone());

    private ArrayShape() {}

    static Container of(Class<?> type) {
        Class<?> element = type.getComponentType();
        if (!element.isPrimitive()) {
            return StaticTypes.holdsImmutable(element) ? OF_IMMUTABLES : ELEMENTWISE;
        }
        return new LeafShape(array ->
                switch (array) {
                    case boolean[] a -> a.clone();
                    case byte[] a -> a.clone();
                    case char[] a -> a.clone();
                    case short[] a -> a.clone();
                    case int[] a -> a.clone();
                    case long[] a -> a.clone();
                    case float[] a -> a.clone();
                    case double[] a -> a.clone();
                    default -> throw new AssertionError(array.getClass());
                });
    }

    @Override
    @Nullable Object[] children(Object source) {
        @Nullable Object[] array = (Object[]) source;
        return Arrays.copyOf(
                array, array.length, Object[].class); // takes frames too, a String[][] would not
    }

    @Override
    Object fresh(Object source) {
        return Array.newInstance(source.getClass().getComponentType(), ((Object[]) source).length);
    }

    @Override
    void fill(Object source, Object fresh, @Nullable Object[] children) {
        System.arraycopy(children, 0, fresh, 0, children.length);
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return Names.simple(source.getClass()) + "[" + index + "]";
    }
}
