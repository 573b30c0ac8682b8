package dev.bureau.kernel.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Maps: copied entry by entry, in the order of the original's iterator.
///
/// Children are the comparator, if the shape is a sorted one, and keys and values in turn.
final class MapShape extends Container {
    private static final int SHOWN_OF_A_KEY = 40;

    private final UnaryOperator<Map<Object, Object>> empty;
    private final BiFunction<Map<Object, Object>, Map<Object, Object>, Object> face;
    private final boolean sorted;

    private MapShape(
            UnaryOperator<Map<Object, Object>> empty,
            BiFunction<Map<Object, Object>, Map<Object, Object>, Object> face,
            boolean sorted) {
        this.empty = empty;
        this.face = face;
        this.sorted = sorted;
    }

    /// Without a comparator; `empty` makes an empty one like its argument.
    static MapShape byEquality(UnaryOperator<Map<Object, Object>> empty) {
        return new MapShape(empty, (_, fresh) -> fresh, false);
    }

    /// Arranges its keys by a comparator or their natural order.
    static MapShape sorted(UnaryOperator<Map<Object, Object>> empty) {
        return new MapShape(empty, (_, fresh) -> fresh, true);
    }

    /// The same, but what the receiver sees is made by `face` of the original and the fresh one.
    MapShape behind(BiFunction<Map<Object, Object>, Map<Object, Object>, Object> face) {
        return new MapShape(empty, face, sorted);
    }

    @Override
    @Nullable Object[] children(Object source) {
        Map<Object, Object> map = map(source);
        List<@Nullable Object> children = new ArrayList<>(2 * map.size() + 1);
        if (sorted) {
            children.add(Sorting.of(source));
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            children.add(entry.getKey());
            children.add(entry.getValue());
        }
        return children.toArray();
    }

    @Override
    Object fresh(Object source) {
        return empty.apply(map(source));
    }

    @Override
    Object face(Object source, Object fresh) {
        return face.apply(map(source), map(fresh));
    }

    @Override
    @SuppressWarnings("NullAway") // a JDK map that takes null has it in places of an Object
    void fill(Object source, Object fresh, @Nullable Object[] children) {
        Map<Object, Object> copy = map(fresh);
        int first = sorted ? 1 : 0;
        for (int i = first; i < children.length; i += 2) {
            copy.put(children[i], children[i + 1]);
        }
        if (2 * copy.size() != children.length - first) {
            throw new Refusal(
                    "two of its keys are equal to each other by now",
                    "leave keys of a map as they are once they are in it");
        }
    }

    @Override
    boolean arrangesByContent() {
        return true;
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
        int entryPart = sorted ? index - 1 : index;
        return entryPart % 2 == 0 ? name + " key" : name + "[" + key(children[index - 1]) + "]";
    }

    /// Only what surely has a short and harmless text is shown.
    static String key(@Nullable Object key) {
        return switch (key) {
            case null -> "null";
            case String text when text.length() > SHOWN_OF_A_KEY ->
                    '"' + text.substring(0, SHOWN_OF_A_KEY) + "...\"";
            case String text -> '"' + text + '"';
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Enum<?> constant -> constant.name();
            default -> "a " + Names.simple(key.getClass());
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> map(Object source) {
        return (Map<Object, Object>) source;
    }
}
