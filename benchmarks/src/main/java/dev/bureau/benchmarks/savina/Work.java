package dev.bureau.benchmarks.savina;

import java.util.Random;

/// What actors of the suite compute to be busy; the same for all contestants.
public final class Work {
    private Work() {}

    /// What the two fork-join benchmarks do with a message.
    public static void sine(double angle) {
        double sine = Math.sin(angle);
        if (sine * sine <= 0) throw new IllegalStateException("expected more than zero");
    }

    /// What the bounded buffer does with an item.
    public static double item(double current, int cost) {
        double result = current;
        var random = new Random(cost);
        for (int i = 0; i < cost * 100; i++) result += Math.log(random.nextDouble() + 0.01);
        return result;
    }

    /// Is busy for so many steps.
    public static long steps(int count) {
        long x = count;
        for (int i = 0; i < count; i++)
            x = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return x;
    }
}
