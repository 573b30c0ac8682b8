package dev.bureau.observer;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.otp.Table;
import dev.bureau.otp.registry.Directory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks at what a node keeps for its processes: tables and names.
final class StorageQuery {
    private static final int LONGEST_KEY = 200;

    // A rough figure with compressed references: an entry of a hash table and its cell.
    private static final int TABLE_BYTES = 1_000;
    private static final int OBJECT_BYTES = 64;

    private StorageQuery() {}

    static TableList tables(Node node) {
        return Aside.asGuest(
                node,
                () -> {
                    List<TableList.Row> rows = new ArrayList<>();
                    for (Table<?, ?> table : Table.all()) {
                        table.info()
                                .ifPresent(info ->
                                        rows.add(
                                                new TableList.Row(
                                                        table.toString(),
                                                        info,
                                                        TABLE_BYTES + info.size() * OBJECT_BYTES)));
                    }
                    rows.sort(
                            Comparator.comparingLong((TableList.Row row) -> row.info().size())
                                    .reversed()
                                    .thenComparing(TableList.Row::table));
                    return new TableList(rows.size(), rows.stream().limit(TableList.MOST).toList());
                });
    }

    static RegistryList registry(Node node) {
        List<String> names = node.registered();
        List<RegistryList.LocalName> known = new ArrayList<>();
        for (String name : names.stream().sorted().limit(RegistryList.MOST).toList()) {
            Optional<Pid> pid = node.whereis(name);
            pid.ifPresent(holder -> known.add(new RegistryList.LocalName(name, holder)));
        }
        return new RegistryList(
                names.size(),
                known,
                Directory.all(node).stream().map(StorageQuery::ofRegistry).toList());
    }

    private static RegistryList.OfRegistry ofRegistry(Directory directory) {
        List<RegistryList.Entry> entries = new ArrayList<>();
        directory
                .tables()
                .forSome(
                        RegistryList.OfRegistry.MOST,
                        entry ->
                                entries.add(
                                        new RegistryList.Entry(
                                                BoundedText.of(entry.key(), LONGEST_KEY),
                                                entry.pid())));
        return new RegistryList.OfRegistry(
                directory.name(), directory.keys(), directory.tables().count(), entries);
    }
}
