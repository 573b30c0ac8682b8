package dev.bureau.otp.registry;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who is registered, by key. Any thread reads and changes it.
sealed interface KeyTable permits UniqueKeys, DuplicateKeys {
    /// Puts an entry in; returns the one that stands in the way instead, if there is one.
    @Nullable Membership claim(Membership entry);

    /// Takes an entry out, if it is in.
    void remove(Membership entry);

    /// The entries under a key, in the order in which they came.
    void forEach(Object key, Consumer<? super Membership> action);

    /// All entries: each that is there during the whole call, and some of the others.
    void forEach(Consumer<? super Membership> action);

    /// Some of all entries, `most` at most; how many there were.
    int forSome(int most, Consumer<? super Membership> action);

    /// How many entries lie under a key, about.
    int size(Object key);

    long count();
}
