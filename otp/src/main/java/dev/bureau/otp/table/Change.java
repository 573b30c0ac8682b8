package dev.bureau.otp.table;

import org.jspecify.annotations.Nullable;

/// What an operation makes of what belongs to a key. Asked again if another operation was quicker, so it changes nothing
/// but what it keeps for the operation's result.
@FunctionalInterface
public interface Change<K> {
    /// The content to be; null for none, `before` to leave it.
    ///
    /// @param cell where it will stand; null if it will be a new cell under the given key
    /// @param before what is there; null if nothing
    @Nullable Object of(@Nullable Cell<K> cell, @Nullable Object before);
}
