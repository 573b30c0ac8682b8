package dev.bureau.otp.registry;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.LocalProcess;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The entries of one partition by process: what is taken out of the key tables when a process ends.
///
/// Not immutable, but made to be shared: it goes by reference to the process of the partition.
final class Owners implements Immutable {
    private final ConcurrentHashMap<Pid, Chain<Membership>> entries = new ConcurrentHashMap<>();

    void add(Membership entry) {
        entries.compute(
                entry.pid(),
                (_, known) -> {
                    Chain<Membership> chain = known == null ? new Chain<>() : known;
                    entry.held = chain.add(entry);
                    return chain;
                });
    }

    /// Takes an entry out; true if its process has none left.
    boolean remove(Membership entry) {
        return entries.computeIfPresent(
                        entry.pid(),
                        (_, chain) -> {
                            Chain.Link<Membership> held = entry.held;
                            if (held != null) {
                                entry.held = null;
                                chain.remove(held);
                            }
                            return chain.size() == 0 ? null : chain;
                        })
                == null;
    }

    /// Takes all entries of a process out, here and where they are found by key.
    void removeAll(Pid pid) {
        Chain<Membership> chain = entries.remove(pid);
        if (chain != null) {
            LocalProcess self = Registering.process();
            chain.forEach(entry -> {
                entry.table().remove(entry);
                // Others need not wait for a process that had very many.
                self.giveWay();
            });
        }
    }

    /// Takes all entries out, here and where they are found by key.
    void clear() {
        entries.keySet().forEach(this::removeAll);
    }

    /// The entries of a process, in the order in which they came.
    void forEach(Pid pid, Consumer<? super Membership> action) {
        Chain<Membership> chain = entries.get(pid);
        if (chain != null) {
            chain.forEach(action);
        }
    }

    /// How many entries a process has, about.
    int size(Pid pid) {
        Chain<Membership> chain = entries.get(pid);
        return chain == null ? 0 : chain.size();
    }
}
