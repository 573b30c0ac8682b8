package dev.bureau.benchmarks.contest;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What came of a row.
///
/// @param figures of those who did it
/// @param failures of those who did not, and why
record Outcome(Row row, Map<Contestant, Figures> figures, Map<Contestant, String> failures) {
    Outcome {
        figures = Map.copyOf(figures);
        failures = Map.copyOf(failures);
    }

    Optional<Figures> of(Contestant contestant) {
        return Optional.ofNullable(figures.get(contestant));
    }

    /// How much of a peer's cost Bureau's is.
    OptionalDouble ratio(Contestant peer) {
        var own = figures.get(Contestant.BUREAU);
        var other = figures.get(peer);
        if (peer == Contestant.BUREAU || own == null || other == null || other.median() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(own.median() / other.median());
    }
}
