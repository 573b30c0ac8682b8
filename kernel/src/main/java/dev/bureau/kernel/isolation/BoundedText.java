package dev.bureau.kernel.isolation;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The beginning of what an object says of itself. A message of a gigabyte costs no more than a short one.
///
/*
 * What is known to be large is read part by part, and no further than there is room: texts, arrays, collections of the JDK, and
 * records whose `toString` is the one that the compiler has made, which is final where one that somebody wrote is not. All else is
 * asked by `toString`; so what a class leaves out of that, a password say, stays out.
 *
 * It may read what its owner is changing, and takes any failure for an answer.
 */
public final class BoundedText {
    private static final int DEEPEST = 32;
    private static final int MOST_BITS = 4_096;
    private static final String REST = "...";

    private static final ClassValue<Parts> PARTS =
            new ClassValue<>() {
                @Override
                protected Parts computeValue(Class<?> type) {
                    return partsOf(type);
                }
            };

    private final StringBuilder text = new StringBuilder();
    private final int limit;

    /// The components of a record that is shown by them; empty for any other.
    private record Parts(List<String> names, List<MethodHandle> getters) {
        static final Parts NONE = new Parts(List.of(), List.of());
    }

    private BoundedText(int limit) {
        this.limit = limit;
    }

    /// As `String.valueOf`, `limit` characters and `...` at most.
    public static String of(@Nullable Object object, int limit) {
        BoundedText bounded = new BoundedText(limit);
        bounded.add(object, 0);
        return bounded.toString();
    }

    private boolean isFull() {
        return text.length() > limit;
    }

    private void add(@Nullable Object object, int depth) {
        if (isFull()) return;
        if (object == null) {
            text.append("null");
        } else if (depth > DEEPEST) {
            text.append(REST);
        } else {
            try {
                addKnown(object, depth);
            } catch (Exception | StackOverflowError broken) {
                text.append(object.getClass().getName()).append(" (its toString failed)");
            }
        }
    }

    private void addKnown(Object object, int depth) {
        switch (object) {
            case String string -> append(string);
            case BigInteger large when large.bitLength() > MOST_BITS ->
                    append("a number of " + large.bitLength() + " bits");
            case Optional<?> optional when optional.isPresent() -> {
                text.append("Optional[");
                add(optional.get(), depth + 1);
                text.append(']');
            }
            case Collection<?> some when isOfJdk(some) -> addAll(some, depth);
            case Map<?, ?> map when isOfJdk(map) -> addMap(map, depth);
            case Record written -> addRecord(written, depth);
            default -> {
                if (object.getClass().isArray()) addArray(object, depth);
                else append(String.valueOf(object));
            }
        }
    }

    private static boolean isOfJdk(Object object) {
        return object.getClass().getModule() == Object.class.getModule();
    }

    private void append(String string) {
        int room = Math.max(0, limit + 1 - text.length());
        text.append(string, 0, Math.min(string.length(), room));
    }

    private void addAll(Collection<?> some, int depth) {
        text.append('[');
        String gap = "";
        for (Object each : some) {
            if (isFull()) return;
            text.append(gap);
            gap = ", ";
            add(each, depth + 1);
        }
        text.append(']');
    }

    private void addMap(Map<?, ?> map, int depth) {
        text.append('{');
        String gap = "";
        for (Map.Entry<?, ?> each : map.entrySet()) {
            if (isFull()) return;
            text.append(gap);
            gap = ", ";
            add(each.getKey(), depth + 1);
            text.append('=');
            add(each.getValue(), depth + 1);
        }
        text.append('}');
    }

    private void addArray(Object array, int depth) {
        text.append('[');
        for (int i = 0; i < Array.getLength(array) && !isFull(); i++) {
            if (i > 0) text.append(", ");
            add(Array.get(array, i), depth + 1);
        }
        if (!isFull()) text.append(']');
    }

    private void addRecord(Record written, int depth) {
        Parts parts = PARTS.get(written.getClass());
        if (parts == Parts.NONE) {
            append(String.valueOf(written));
            return;
        }
        append(written.getClass().getSimpleName());
        text.append('[');
        for (int i = 0; i < parts.names.size() && !isFull(); i++) {
            if (i > 0) text.append(", ");
            append(parts.names.get(i));
            text.append('=');
            add(read(parts.getters.get(i), written), depth + 1);
        }
        if (!isFull()) text.append(']');
    }

    private static @Nullable Object read(MethodHandle getter, Object from) {
        try {
            return (Object) getter.invokeExact(from);
        } catch (Throwable broken) {
            return "?";
        }
    }

    private static Parts partsOf(Class<?> type) {
        try {
            Method own = type.getDeclaredMethod("toString");
            if (!Modifier.isFinal(own.getModifiers())) return Parts.NONE;
            List<String> names = new ArrayList<>();
            List<MethodHandle> getters = new ArrayList<>();
            for (RecordComponent each : type.getRecordComponents()) {
                names.add(each.getName());
                getters.add(Access.getter(type.getDeclaredField(each.getName())));
            }
            // One without components says the same by itself.
            return names.isEmpty() ? Parts.NONE : new Parts(names, getters);
        } catch (ReflectiveOperationException | Refusal closed) {
            return Parts.NONE;
        }
    }

    @Override
    public String toString() {
        if (!isFull()) return text.toString();
        return text.substring(0, limit) + REST;
    }
}
