package dev.bureau.benchmarks.compute;

import dev.bureau.benchmarks.contest.Round;

/// What is computed. All sizes are for a `size` of 100, and grow with it.
public enum Computation {
    NBODY {
        @Override
        void once(int size) {
            double energy = NBody.energyAfter(size * 4_000);
            if (!(energy > -0.1691 && energy < -0.1690)) {
                throw new IllegalStateException("expected the energy to last, got: " + energy);
            }
        }
    },
    SPECTRAL {
        @Override
        void once(int size) {
            double norm = SpectralNorm.of(size * 3);
            if (size >= 10 && !(norm > 1.2741 && norm < 1.2743)) {
                throw new IllegalStateException("expected a norm of 1.2742, got: " + norm);
            }
        }
    },
    JSON {
        @Override
        void once(int size) {
            int records = size * 400;
            Round.expect(
                    "the sum of the ids",
                    (long) records * (records - 1) / 2,
                    JsonText.sumOfIds(JsonText.parse(JsonText.of(records))));
        }
    };

    abstract void once(int size);

    /// Computes some, one after the other; how long it takes, in milliseconds.
    public static double millis(int size, Computation... some) {
        long start = System.nanoTime();
        for (var computation : some) computation.once(size);
        return Round.nanosEach(start, 1_000_000);
    }
}
