package dev.bureau.observer;

import dev.bureau.otp.TableInfo;
import java.util.List;

/// The tables of a node, the largest first.
///
/// @param total how many there are
/// @param rows the largest of them, a thousand at most
public record TableList(int total, List<Row> rows) {
    static final int MOST = 1_000;
    private static final int MOST_PRINTED = 50;

    public TableList {
        rows = List.copyOf(rows);
    }

    /// One table.
    ///
    /// @param table what to call it
    /// @param info what is known of it
    /// @param memory about how many bytes it holds its objects with; what they consist of is not in it
    public record Row(String table, TableInfo info, long memory) {}

    /// A table with a line for each of the first fifty.
    @Override
    public String toString() {
        TextTable text =
                new TextTable()
                        .text("table")
                        .text("kind")
                        .text("access")
                        .number("size")
                        .number("memory")
                        .text("owner")
                        .text("heir");
        rows.stream()
                .limit(MOST_PRINTED)
                .forEach(row ->
                        text.row(
                                row.table,
                                row.info.kind().name().toLowerCase(java.util.Locale.ROOT),
                                row.info.access().name().toLowerCase(java.util.Locale.ROOT),
                                row.info.size(),
                                Figures.bytes(row.memory),
                                row.info.owner(),
                                row.info.heir().map(Object::toString).orElse("-")));
        int more = total - Math.min(rows.size(), MOST_PRINTED);
        return text + (more > 0 ? "\nand " + more + " more" : "");
    }
}
