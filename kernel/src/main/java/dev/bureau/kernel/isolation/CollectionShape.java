package dev.bureau.kernel.isolation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lists, sets and queues: copied element by element, in the order of the original's iterator.
///
/// Children are the comparator, if the shape is a sorted one, and the elements.
final class CollectionShape extends Container {
    private final UnaryOperator<Collection<Object>> empty;
    private final BiFunction<Collection<Object>, Collection<Object>, Object> face;
    private final boolean sorted;
    private final boolean arranges;

    private CollectionShape(
            UnaryOperator<Collection<Object>> empty,
            BiFunction<Collection<Object>, Collection<Object>, Object> face,
            boolean sorted,
            boolean arranges) {
        this.empty = empty;
        this.face = face;
        this.sorted = sorted;
        this.arranges = arranges;
    }

    /// Keeps its elements as they come; `empty` makes an empty one like its argument.
    static CollectionShape inOrder(UnaryOperator<Collection<Object>> empty) {
        return new CollectionShape(empty, (_, fresh) -> fresh, false, false);
    }

    /// Arranges its elements by hash or looks for equal ones.
    static CollectionShape byEquality(UnaryOperator<Collection<Object>> empty) {
        return new CollectionShape(empty, (_, fresh) -> fresh, false, true);
    }

    /// Arranges its elements by a comparator or their natural order.
    static CollectionShape sorted(UnaryOperator<Collection<Object>> empty) {
        return new CollectionShape(empty, (_, fresh) -> fresh, true, true);
    }

    /// The same, but what the receiver sees is made by `face` of the original and the fresh one.
    CollectionShape behind(BiFunction<Collection<Object>, Collection<Object>, Object> face) {
        return new CollectionShape(empty, face, sorted, arranges);
    }

    @Override
    @Nullable Object[] children(Object source) {
        @Nullable Object[] elements = collection(source).toArray();
        if (!sorted) {
            return elements;
        }
        @Nullable Object[] children = new Object[elements.length + 1];
        children[0] = Sorting.of(source);
        System.arraycopy(elements, 0, children, 1, elements.length);
        return children;
    }

    @Override
    Object fresh(Object source) {
        return empty.apply(collection(source));
    }

    @Override
    Object face(Object source, Object fresh) {
        return face.apply(collection(source), collection(fresh));
    }

    @Override
    void fill(Object source, Object fresh, @Nullable Object[] children) {
        int first = sorted ? 1 : 0;
        Collection<Object> copy = collection(fresh);
        List<Object> elements =
                elements(children); // not a sub-list where it need not be: those add slowly
        copy.addAll(sorted ? elements.subList(first, children.length) : elements);
        if (arranges && !(copy instanceof Queue) && copy.size() != children.length - first) {
            throw new Refusal(
                    "two of its elements are equal to each other by now",
                    "leave elements of a set as they are once they are in it");
        }
    }

    @Override
    boolean arrangesByContent() {
        return arranges;
    }

    @Override
    @Nullable String mustStay(int index) {
        return sorted && index == 0 ? Sorting.MUST_STAY : null;
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        String name = Names.simple(source.getClass());
        if (sorted && index == 0) {
            return name + ".comparator";
        }
        return source instanceof Set
                ? name + " element"
                : name + "[" + (sorted ? index - 1 : index) + "]";
    }

    @SuppressWarnings({
        "unchecked",
        "NullAway"
    }) // a JDK collection that takes null has it in places of an Object
    private static List<Object> elements(@Nullable Object[] children) {
        return (List<Object>) (List<?>) Arrays.asList(children);
    }

    @SuppressWarnings("unchecked")
    private static Collection<Object> collection(Object source) {
        return (Collection<Object>) source;
    }
}
