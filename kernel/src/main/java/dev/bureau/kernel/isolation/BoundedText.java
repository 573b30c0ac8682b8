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
import java.util.Objects;
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
    private final @Nullable List<Kept> kept;

    /// What is to be asked later for what stands at this place of the text.
    private record Kept(int place, Object object) {}

    /// The components of a record that is shown by them; empty for any other.
    private record Parts(List<String> names, List<MethodHandle> getters) {
        static final Parts NONE = new Parts(List.of(), List.of());
    }

    private BoundedText(int limit, @Nullable List<Kept> kept) {
        this.limit = limit;
        this.kept = kept;
    }

    /// As `String.valueOf`, `limit` characters and `...` at most.
    public static String of(@Nullable Object object, int limit) {
        BoundedText bounded = new BoundedText(limit, null);
        bounded.add(object, 0);
        return bounded.toString();
    }

    /// What is seen of an object now, for a text that somebody else makes later, by `toString`. No code of a program runs before that, but for that of collections
    /// which the JDK's only wrap: what is immutable is asked for its text then, and of what may change by then, and is neither text nor
    /// array nor collection nor record, it has the class and the identity.
    public static BoundedText glimpse(@Nullable Object object, int limit) {
        BoundedText glimpse = new BoundedText(limit, new ArrayList<>());
        glimpse.add(object, 0);
        return glimpse;
    }

    private boolean isFull() {
        return text.length() + (kept == null ? 0 : kept.size()) > limit;
    }

    private void add(@Nullable Object object, int depth) {
        if (isFull()) return;
        if (object == null) {
            text.append("null");
        } else if (depth > DEEPEST) {
            text.append(REST);
        } else if (kept != null && Isolation.isImmutable(object)) {
            kept.add(new Kept(text.length(), object));
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
            case StringBuilder changing -> append(changing);
            case StringBuffer changing -> append(changing);
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
                else addOther(object);
            }
        }
    }

    private void addOther(Object object) {
        if (kept == null || isValueOfJdk(object)) append(String.valueOf(object));
        else append(Objects.toIdentityString(object));
    }

    /// A date, a counter: what says what it is worth, in few words and without asking anybody.
    private static boolean isValueOfJdk(Object object) {
        return (object instanceof Number && isOfJdk(object))
                || CopiedTypes.shapeOf(object.getClass()) instanceof LeafShape;
    }

    private static boolean isOfJdk(Object object) {
        return object.getClass().getModule() == Object.class.getModule();
    }

    private void append(CharSequence string) {
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
            addOther(written);
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
        if (kept == null || kept.isEmpty()) return cut();
        BoundedText whole = new BoundedText(limit, null);
        int told = 0;
        for (Kept each : kept) {
            whole.append(text.substring(told, each.place));
            whole.add(each.object, 0);
            told = each.place;
        }
        whole.append(text.substring(told));
        return whole.cut();
    }

    private String cut() {
        return text.length() <= limit ? text.toString() : text.substring(0, limit) + REST;
    }
}
