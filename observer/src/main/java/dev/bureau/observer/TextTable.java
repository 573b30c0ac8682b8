package dev.bureau.observer;

import java.util.ArrayList;
import java.util.List;

/// A table of text: columns as wide as what is in them, numbers to the right.
final class TextTable {
    private static final int WIDEST = 60;
    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private record Column(String head, boolean right) {}

    /// A column of text.
    TextTable text(String head) {
        columns.add(new Column(head, false));
        return this;
    }

    /// A column of numbers.
    TextTable number(String head) {
        columns.add(new Column(head, true));
        return this;
    }

    TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) row.add(cell(cell));
        rows.add(row);
        return this;
    }

    /// One line, and no longer than there is room for.
    private static String cell(Object content) {
        return Figures.clipped(Figures.oneLine(String.valueOf(content)), WIDEST);
    }

    @Override
    public String toString() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).head.length();
            for (List<String> row : rows) widths[i] = Math.max(widths[i], row.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        line(text, columns.stream().map(Column::head).toList(), widths);
        for (List<String> row : rows) line(text.append('\n'), row, widths);
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, int[] widths) {
        int begin = text.length();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            text.append(i == 0 ? "" : GAP);
            text.append(columns.get(i).right ? space + cell : cell + space);
        }
        while (text.length() > begin && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }
}
