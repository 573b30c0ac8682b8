package dev.bureau.kernel.isolation;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A class of final fields, some of which can hold something mutable: those are its children.
///
/// Records and lambdas are rebuilt through the constructor that takes all fields; others cannot be.
final class FieldShell extends Shell {
    /// A field as the path names it, and advice for what is refused behind it.
    record Part(Field field, String step, @Nullable String advice) {}

    private final MethodHandle[] all;
    private final int[] open; // indices in `all`
    private final Part[] parts; // of the open ones
    private final @Nullable MethodHandle maker;
    private final @Nullable String mustStay;

    private FieldShell(List<Part> parts, @Nullable MethodHandle maker, @Nullable String mustStay) {
        List<Part> open = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (!StaticTypes.holdsImmutable(parts.get(i).field().getType())) {
                open.add(parts.get(i));
                indices.add(i);
            }
        }
        boolean needsAll = maker != null;
        List<Part> read = needsAll ? parts : open;
        this.all =
                read.stream().map(part -> Access.getter(part.field())).toArray(MethodHandle[]::new);
        this.open =
                needsAll
                        ? indices.stream().mapToInt(Integer::intValue).toArray()
                        : IntStream.range(0, open.size()).toArray();
        this.parts = open.toArray(Part[]::new);
        this.maker = maker;
        this.mustStay = mustStay;
    }

    /// Built anew by `maker`, which takes the values of all parts.
    static FieldShell rebuiltBy(MethodHandle maker, List<Part> parts) {
        return new FieldShell(parts, maker, null);
    }

    /// Passed by reference or not at all, for the reason given.
    static FieldShell fixed(String mustStay, List<Part> parts) {
        return new FieldShell(parts, null, mustStay);
    }

    @Override
    @Nullable Object[] children(Object source) {
        @Nullable Object[] children = new Object[open.length];
        for (int i = 0; i < open.length; i++) {
            children[i] = read(all[open[i]], source);
        }
        return children;
    }

    @Override
    Object rebuild(Object source, @Nullable Object[] children) {
        if (maker == null) {
            throw new AssertionError(source.getClass()); // mustStay keeps the walk from it
        }
        @Nullable Object[] values = new Object[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = read(all[i], source);
        }
        for (int i = 0; i < open.length; i++) {
            values[open[i]] = children[i];
        }
        try {
            return (Object) maker.invokeExact(values);
        } catch (Exception | StackOverflowError e) {
            throw new Refusal(
                    "its constructor does not take a copy of its own components: " + e,
                    "let it take whatever it hands out",
                    e);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    @Override
    boolean holds(Object rebuilt, @Nullable Object[] children) {
        for (int i = 0; i < open.length; i++) {
            if (read(all[open[i]], rebuilt) != children[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    int look(Object source, int budget) {
        int left = budget;
        for (int i = 0; i < open.length && left >= 0; i++) {
            left = lookAt(read(all[open[i]], source), left);
        }
        return left;
    }

    @Override
    @Nullable String mustStay(int index) {
        return mustStay;
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return parts[index].step();
    }

    @Override
    @Nullable String advice(int index) {
        return parts[index].advice();
    }

    static @Nullable Object read(MethodHandle getter, Object source) {
        try {
            return (Object) getter.invokeExact(source);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    /// A kill on its way through, or an error of the VM: not ours to wrap.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable e) throws T {
        throw (T) e;
    }
}
