package dev.bureau.kernel.isolation;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The comparators that the JDK makes out of others: `Comparator.comparing`, `thenComparing`, `Collections.reverseOrder` ...
///
/// Their fields are closed to us, but they are serializable: serialization is asked what they hold, and writes nothing.
final class ClosedComparator extends Shell {
    static boolean fits(Class<?> type) {
        return Comparator.class.isAssignableFrom(type) && Serializable.class.isAssignableFrom(type);
    }

    @Override
    @Nullable Object[] children(Object source) {
        try (Listing listing = new Listing(source)) {
            listing.writeObject(source);
            return listing.held.toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Object rebuild(Object source, @Nullable Object[] children) {
        throw new AssertionError(source.getClass()); // mustStay keeps the walk from it
    }

    @Override
    String mustStay(int index) {
        return "a comparator of the JDK cannot be rebuilt around a copy of it";
    }

    @Override
    String step(Object source, @Nullable Object[] children, int index) {
        return "comparator";
    }

    /// Replaces whatever an object holds by null, and remembers it.
    private static final class Listing extends ObjectOutputStream {
        final List<@Nullable Object> held = new ArrayList<>();
        private final Object root;

        Listing(Object root) throws IOException {
            super(OutputStream.nullOutputStream());
            this.root = root;
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (object == root) {
                return object;
            }
            if (object instanceof SerializedLambda lambda) {
                for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
                    held.add(lambda.getCapturedArg(i));
                }
            } else {
                held.add(object);
            }
            return null;
        }
    }
}
