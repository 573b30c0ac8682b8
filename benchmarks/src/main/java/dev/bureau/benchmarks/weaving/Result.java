package dev.bureau.benchmarks.weaving;

/// What one JVM measured. Its text is what a [Measurement] prints.
///
/// @param millis how long a round took: the median
/// @param least the fastest of the rounds
/// @param discarded how many rounds do not count, because other programs used the processors
/// @param quiet whether that was so of each that counts
/// @param outcome what the work returns when it is done once
public record Result(double millis, double least, int discarded, boolean quiet, long outcome) {
    /// From the text.
    public static Result of(String text) {
        String[] parts = text.strip().split(" ");
        if (parts.length != 5) {
            throw new IllegalArgumentException("expected five values, got: " + text);
        }
        return new Result(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Integer.parseInt(parts[2]),
                Boolean.parseBoolean(parts[3]),
                Long.parseLong(parts[4]));
    }

    @Override
    public String toString() {
        return millis + " " + least + " " + discarded + " " + quiet + " " + outcome;
    }
}
