package dev.bureau.otp;

import java.util.Iterator;

/// Outcomes of an [AsyncStream] one by one, for who cannot wait for all of them; belongs to the process that opened it.
///
/// ```java
/// try (var pages = Task.asyncStream(urls, url -> fetch(url)).open()) {
///     while (pages.hasNext() && !isEnough) {
///         isEnough = look(pages.next());
///     }
/// }
/// ```
///
/// Closed when there are no more outcomes, when getting one fails, and by [#close()]: then the tasks that still run are
/// killed. If it is left open, no more tasks are started, and they end with the process that opened it at the latest.
public interface AsyncIterator<E> extends Iterator<E>, AutoCloseable {
    /// Whether there is another outcome; waits for it.
    @Override
    boolean hasNext();

    /// Kills the tasks that still run, and waits until they have ended. Nothing of them is in the mailbox.
    @Override
    void close();
}
