package dev.bureau.benchmarks.contest;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Small charts side by side, one for each row: the cost of an operation in three sizes, as a part of that in the smallest. A level line
/// is work that costs the same however much there is of it.
final class Chart {
    private static final int COLUMNS = 4;
    private static final int WIDTH = 190;
    private static final int HEIGHT = 120;
    private static final int LEFT = 14;
    private static final int TOP = 30;
    private static final int PLOT_WIDTH = 150;
    private static final int PLOT_HEIGHT = 66;

    // Of the cost in the smallest size: what is at the top of a plot, unless a row needs more.
    private static final double SCALE = 2;

    private Chart() {}

    static String svg(Map<String, List<Double>> costs) {
        int lines = (costs.size() + COLUMNS - 1) / COLUMNS;
        var out =
                new StringBuilder(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
                        <title>Cost of an operation in 1, 10 and 100 times the size, as a part of that in the smallest</title>
                        <rect width="100%%" height="100%%" fill="white"/>
                        """
                                .formatted(COLUMNS * WIDTH, lines * HEIGHT));
        int i = 0;
        for (var row : costs.entrySet()) {
            plot(
                    out,
                    i % COLUMNS * WIDTH + LEFT,
                    i / COLUMNS * HEIGHT,
                    row.getKey(),
                    row.getValue());
            i++;
        }
        return out.append("</svg>\n").toString();
    }

    private static void plot(StringBuilder out, int x, int y, String name, List<Double> costs) {
        double first = costs.getFirst();
        double most = costs.stream().mapToDouble(cost -> cost / first).max().orElse(1);
        double top = Math.max(SCALE, most * 1.1);
        out.append(
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>\n"
                        .formatted(x, y + 20, name));
        out.append(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ccc\"/>\n"
                        .formatted(
                                x, y + TOP + PLOT_HEIGHT, x + PLOT_WIDTH, y + TOP + PLOT_HEIGHT));
        var points = new StringBuilder();
        for (int i = 0; i < costs.size(); i++) {
            double part = costs.get(i) / first;
            int px = x + i * PLOT_WIDTH / Math.max(1, costs.size() - 1);
            long py = Math.round(y + TOP + PLOT_HEIGHT * (1 - part / top));
            points.append(px).append(',').append(py).append(' ');
            out.append(
                    "<circle cx=\"%d\" cy=\"%d\" r=\"2.5\" fill=\"#1565c0\"/>\n".formatted(px, py));
            if (i > 0) {
                out.append(
                        String.format(
                                Locale.ROOT,
                                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555\">%.2f</text>%n",
                                px,
                                py - 6,
                                part));
            }
        }
        out.append(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"#1565c0\" stroke-width=\"1.5\"/>\n"
                        .formatted(points.toString().strip()));
    }
}
