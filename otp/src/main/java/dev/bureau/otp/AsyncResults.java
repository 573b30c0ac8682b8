package dev.bureau.otp;

import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What an [AsyncStream] gives. Each of these methods runs the tasks anew.
///
/// Whichever way the outcomes are used, when that is over, or fails, no task of it is left running and no message of it
/// is in the mailbox. Only what is [opened][#open()] has to be closed.
public abstract sealed class AsyncResults<E> permits AsyncStream, AsyncStream.WithInput {
    AsyncResults() {}

    /// Begins: an iterator, which has to be closed if it is not read to its end.
    public abstract AsyncIterator<E> open();

    /// Gives each outcome to `action`, in the calling process.
    public void forEach(Consumer<? super E> action) {
        try (AsyncIterator<E> outcomes = open()) {
            outcomes.forEachRemaining(action);
        }
    }

    /// All outcomes.
    public List<E> toList() {
        List<E> all = new ArrayList<>();
        forEach(all::add);
        return List.copyOf(all);
    }

    /// A stream which begins when its terminal operation does, and ends its tasks when that returns or throws, also if
    /// it has not asked for all: `results.stream().limit(3).toList()`.
    ///
    /// Sequential. What pulls at a stream instead of running it, `iterator()`, `spliterator()` and `Stream.concat`, gets
    /// nothing before it has everything: pull at [#open()], and join by `Stream.of(one, other).flatMap(AsyncResults::stream)`.
    public Stream<E> stream() {
        // flatMap closes what it opens, whatever becomes of it; a stream by itself would not learn
        // that it was cut short.
        return Stream.of(this).flatMap(AsyncResults::openedStream);
    }

    private Stream<E> openedStream() {
        AsyncIterator<E> outcomes = open();
        int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(outcomes, ordered), false)
                .onClose(outcomes::close);
    }
}
