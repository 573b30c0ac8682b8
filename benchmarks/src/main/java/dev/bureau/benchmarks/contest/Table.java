package dev.bureau.benchmarks.contest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The table that is printed, a row at a time, as Markdown that is aligned to be read as it is.
final class Table {
    private static final int NAME = 20;
    private static final int FIGURES = 31;

    private final List<Contestant> contestants;

    Table(List<Contestant> contestants) {
        this.contestants = contestants;
    }

    String head() {
        var line = new StringBuilder(cell("row", NAME)).append(" | unit  |");
        var rule = new StringBuilder("|").append("-".repeat(NAME + 2)).append("|-------|");
        for (var contestant : contestants) {
            line.append(' ').append(right(contestant.title(), FIGURES)).append(" |");
            rule.append("-".repeat(FIGURES + 1)).append(":|");
            if (contestant != Contestant.BUREAU) {
                line.append(hasGoals(contestant) ? " ratio  goal |" : " ratio |");
                rule.append("-".repeat(ratioWidth(contestant) + 1)).append(":|");
            }
        }
        return "| " + line + "\n" + rule;
    }

    String line(Outcome outcome) {
        var line = new StringBuilder("| ").append(cell(outcome.row().name(), NAME));
        line.append(" | ").append(cell(outcome.row().unit(), 5)).append(" |");
        for (var contestant : contestants) {
            line.append(' ').append(right(figures(outcome, contestant), FIGURES)).append(" |");
            if (contestant != Contestant.BUREAU) {
                line.append(' ')
                        .append(right(ratio(outcome, contestant), ratioWidth(contestant)))
                        .append(" |");
            }
        }
        return line.toString();
    }

    // beside typed actors nothing is asked of Bureau
    private static boolean hasGoals(Contestant peer) {
        return peer != Contestant.PEKKO_TYPED;
    }

    private static int ratioWidth(Contestant peer) {
        return hasGoals(peer) ? 11 : 5;
    }

    private static String figures(Outcome outcome, Contestant contestant) {
        if (outcome.failures().containsKey(contestant)) return "failed";
        return outcome.of(contestant)
                .map(it ->
                        "%s (%s..%s)"
                                .formatted(number(it.median()), number(it.min()), number(it.max())))
                .orElse("-");
    }

    private static String ratio(Outcome outcome, Contestant peer) {
        var ratio = outcome.ratio(peer);
        if (ratio.isEmpty()) return "-";
        var shown = String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
        var goal = outcome.row().goal(peer);
        if (goal.isEmpty()) return shown;
        return shown
                + missed(ratio.getAsDouble(), goal.getAsDouble())
                + String.format(Locale.ROOT, " %.2f", goal.getAsDouble());
    }

    // two digits are what is shown, and what counts
    private static String missed(double ratio, double goal) {
        return Math.round(ratio * 100) > Math.round(goal * 100) ? " >" : "  ";
    }

    /// Three digits of it at least.
    static String number(double value) {
        if (value >= 100 || value == 0)
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String cell(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /// What the rows of the Savina suite come to together, if there are some.
    static String savina(List<Outcome> outcomes) {
        double[] ratios =
                outcomes.stream()
                        .filter(it -> it.row().name().startsWith(Rows.SAVINA))
                        .flatMapToDouble(it -> it.ratio(Contestant.PEKKO).stream())
                        .toArray();
        if (ratios.length == 0) return "";
        double product = 0;
        double most = 0;
        for (double ratio : ratios) {
            product += Math.log(ratio);
            most = Math.max(most, ratio);
        }
        return String.format(
                Locale.ROOT,
                "Savina: %d benchmarks, geometric mean of the ratios to Pekko %.2f (goal 0.70), most %.2f",
                ratios.length,
                Math.exp(product / ratios.length),
                most);
    }

    /// What there is to run.
    static String rows(List<Row> rows) {
        return rows.stream()
                .map(row -> "%-22s %-6s %s".formatted(row.name(), row.unit(), row.what()))
                .collect(Collectors.joining("\n"));
    }
}
