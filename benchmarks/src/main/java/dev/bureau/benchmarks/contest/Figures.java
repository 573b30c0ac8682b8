package dev.bureau.benchmarks.contest;

import java.util.List;

/// What the counted rounds of a contestant gave.
record Figures(double median, double min, double max) {
    static Figures of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Figures(median, sorted.getFirst(), sorted.getLast());
    }
}
