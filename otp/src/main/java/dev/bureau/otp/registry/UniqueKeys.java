package dev.bureau.otp.registry;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One entry for each key.
final class UniqueKeys implements KeyTable {
    private final ConcurrentHashMap<Object, Membership> entries = new ConcurrentHashMap<>();

    @Nullable Membership get(Object key) {
        return entries.get(key);
    }

    /// An entry of the dead that nobody has taken out yet gives way (OTP R-03).
    @Override
    public @Nullable Membership claim(Membership entry) {
        while (true) {
            Membership holder = entries.putIfAbsent(entry.key(), entry);
            if (holder == null) {
                return null;
            }
            if (holder.isAlive()) {
                return holder;
            }
            remove(holder);
        }
    }

    @Override
    public void remove(Membership entry) {
        entries.remove(entry.key(), entry);
    }

    @Override
    public void forEach(Object key, Consumer<? super Membership> action) {
        Membership entry = entries.get(key);
        if (entry != null) {
            action.accept(entry);
        }
    }

    @Override
    public void forEach(Consumer<? super Membership> action) {
        entries.values().forEach(action);
    }

    @Override
    public int forSome(int most, Consumer<? super Membership> action) {
        int done = 0;
        Iterator<Membership> all = entries.values().iterator();
        while (done < most && all.hasNext()) {
            action.accept(all.next());
            done++;
        }
        return done;
    }

    @Override
    public int size(Object key) {
        return entries.containsKey(key) ? 1 : 0;
    }

    @Override
    public long count() {
        return entries.mappingCount();
    }
}
