package dev.bureau.otp.registry;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Any number of entries for each key.
final class DuplicateKeys implements KeyTable {
    private final ConcurrentHashMap<Object, Chain<Membership>> entries = new ConcurrentHashMap<>();
    private final LongAdder count = new LongAdder();

    @Override
    public @Nullable Membership claim(Membership entry) {
        entries.compute(
                entry.key(),
                (_, known) -> {
                    Chain<Membership> chain = known == null ? new Chain<>() : known;
                    entry.filed = chain.add(entry);
                    return chain;
                });
        count.increment();
        return null;
    }

    @Override
    public void remove(Membership entry) {
        entries.computeIfPresent(
                entry.key(),
                (_, chain) -> {
                    Chain.Link<Membership> filed = entry.filed;
                    if (filed != null) {
                        entry.filed = null;
                        chain.remove(filed);
                        count.decrement();
                    }
                    return chain.size() == 0 ? null : chain;
                });
    }

    @Override
    public void forEach(Object key, Consumer<? super Membership> action) {
        Chain<Membership> chain = entries.get(key);
        if (chain != null) {
            chain.forEach(action);
        }
    }

    @Override
    public void forEach(Consumer<? super Membership> action) {
        entries.values().forEach(chain -> chain.forEach(action));
    }

    @Override
    public int forSome(int most, Consumer<? super Membership> action) {
        int done = 0;
        Iterator<Chain<Membership>> all = entries.values().iterator();
        while (done < most && all.hasNext()) {
            done += all.next().forFirst(most - done, action);
        }
        return done;
    }

    @Override
    public int size(Object key) {
        Chain<Membership> chain = entries.get(key);
        return chain == null ? 0 : chain.size();
    }

    @Override
    public long count() {
        return count.sum();
    }
}
