package dev.bureau.otp.registry;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.otp.Registry.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries of a registry and the processes that answer for them, from one start of a partition to the next.
///
/*
 * A process belongs to the partition of its pid, whatever the kind of keys. The tables that find it by key are
 *
 *   UNIQUE             one for all partitions: it is concurrent by itself
 *   DUPLICATE          one for each partition, of the processes that belong to it
 *   DUPLICATE_BY_KEY   one for each partition, of the keys whose hash is its
 *
 * So only with DUPLICATE are the entries of a partition gone with its table. Otherwise they are taken out of the tables that it
 * shares, when another has come in its place; if all are others, since they have crashed together, all tables are new.
 */
public final class Tables {
    private final Keys keys;
    private final List<Partition> partitions;
    private final List<KeyTable> tables;

    /// The only table of unique keys: their look-up is one look into one map.
    private final @Nullable UniqueKeys unique;

    private Tables(Keys keys, List<Partition> partitions, List<KeyTable> tables) {
        this.keys = keys;
        this.partitions = partitions;
        this.tables = tables;
        this.unique = tables.getFirst() instanceof UniqueKeys only ? only : null;
    }

    static Tables of(Keys keys, List<Partition> partitions) {
        List<KeyTable> tables =
                keys == Keys.UNIQUE
                        ? List.of(new UniqueKeys())
                        : partitions.stream().<KeyTable>map(_ -> new DuplicateKeys()).toList();
        return new Tables(keys, List.copyOf(partitions), tables);
    }

    /// The same, with one partition and its entries new.
    Tables replacing(int index, Partition partition) {
        List<Partition> others = new ArrayList<>(partitions);
        others.set(index, partition);
        List<KeyTable> kept = new ArrayList<>(tables);
        kept.set(index, new DuplicateKeys());
        return new Tables(keys, List.copyOf(others), List.copyOf(kept));
    }

    /// The same with these partitions, of which some are others than before, and without the entries of those before them.
    Tables with(List<Partition> all) {
        List<Partition> gone = new ArrayList<>(partitions);
        gone.removeAll(all);
        if (gone.size() == partitions.size()) {
            return of(keys, all);
        }
        gone.forEach(partition -> partition.owners().clear());
        return new Tables(keys, List.copyOf(all), tables);
    }

    List<Partition> partitions() {
        return partitions;
    }

    Partition partitionOf(Pid pid) {
        return partitions.get(index(pid));
    }

    /// The partition that keeps the locks of a key.
    Partition partitionOfKey(Object key) {
        return partitions.get(index(key));
    }

    /// The table in which a process is found under a key.
    KeyTable tableOf(Object key, LocalPid pid) {
        return switch (keys) {
            case UNIQUE -> tables.getFirst();
            case DUPLICATE -> tables.get(index(pid));
            case DUPLICATE_BY_KEY -> tables.get(index(key));
        };
    }

    /// The tables in which entries of a key may be.
    private List<KeyTable> tablesOf(Object key) {
        return keys == Keys.DUPLICATE_BY_KEY ? List.of(tables.get(index(key))) : tables;
    }

    private int index(Object keyOrPid) {
        int hash = keyOrPid.hashCode();
        return partitions.size() == 1 ? 0 : Math.floorMod(hash ^ (hash >>> 16), partitions.size());
    }

    public boolean isPartitioned() {
        return partitions.size() > 1;
    }

    /// The entry of a unique key.
    public @Nullable Membership get(Object key) {
        return unique == null ? null : unique.get(key);
    }

    public void forEach(Object key, Consumer<? super Membership> action) {
        for (KeyTable table : tablesOf(key)) {
            table.forEach(key, action);
        }
    }

    /// The entries of a key by partition, without the partitions that have none.
    public List<List<Membership>> groups(Object key) {
        List<List<Membership>> groups = new ArrayList<>();
        for (KeyTable table : tablesOf(key)) {
            List<Membership> group = new ArrayList<>();
            table.forEach(key, group::add);
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    public void forEach(Consumer<? super Membership> action) {
        tables.forEach(table -> table.forEach(action));
    }

    /// Some of all entries, `most` at most.
    public void forSome(int most, Consumer<? super Membership> action) {
        int left = most;
        for (KeyTable table : tables) {
            left -= table.forSome(left, action);
        }
    }

    public void forEachOf(Pid pid, Consumer<? super Membership> action) {
        partitionOf(pid).owners().forEach(pid, action);
    }

    public long count() {
        long sum = 0;
        for (KeyTable table : tables) {
            sum += table.count();
        }
        return sum;
    }
}
