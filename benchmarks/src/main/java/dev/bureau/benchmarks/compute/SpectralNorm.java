package dev.bureau.benchmarks.compute;

/// The spectral norm of a matrix, as in the Computer Language Benchmarks Game.
final class SpectralNorm {
    private static final int STEPS = 10;

    private SpectralNorm() {}

    static double of(int order) {
        double[] u = new double[order];
        java.util.Arrays.fill(u, 1);
        double[] v = new double[order];
        double[] between = new double[order];
        for (int i = 0; i < STEPS; i++) {
            timesBoth(u, v, between);
            timesBoth(v, u, between);
        }
        double uv = 0;
        double vv = 0;
        for (int i = 0; i < order; i++) {
            uv += u[i] * v[i];
            vv += v[i] * v[i];
        }
        return Math.sqrt(uv / vv);
    }

    private static double element(int i, int j) {
        return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
    }

    /// By the transposed matrix times the matrix.
    private static void timesBoth(double[] vector, double[] result, double[] between) {
        for (int i = 0; i < vector.length; i++) {
            double sum = 0;
            for (int j = 0; j < vector.length; j++) sum += element(i, j) * vector[j];
            between[i] = sum;
        }
        for (int i = 0; i < vector.length; i++) {
            double sum = 0;
            for (int j = 0; j < vector.length; j++) sum += element(j, i) * between[j];
            result[i] = sum;
        }
    }
}
