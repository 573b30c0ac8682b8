package dev.bureau.benchmarks.weaving;

import java.util.Random;
import java.util.function.IntToLongFunction;

/// Little but loops, for orientation: where a poll costs the most there is.
final class Loops {
    private Loops() {}

    /// A call in two is a leaf: what a poll at the start of a method costs.
    public static final class Fib implements IntToLongFunction {
        @Override
        public long applyAsLong(int times) {
            long result = 0;
            for (int i = 0; i < times; i++) result += fib(33);
            return result;
        }

        private static int fib(int n) {
            return n < 2 ? n : fib(n - 1) + fib(n - 2);
        }
    }

    /// Each round waits for the one before: a poll hides behind that.
    public static final class Congruence implements IntToLongFunction {
        @Override
        public long applyAsLong(int times) {
            long x = 42;
            for (int i = 0; i < times; i++) {
                for (int j = 0; j < 8_000_000; j++) {
                    x = (x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L) ^ x >>> 33;
                }
            }
            return x;
        }
    }

    /// The weaver leaves it alone.
    public static final class ArraySum implements IntToLongFunction {
        private final int[] numbers = new Random(13).ints(1 << 20).toArray();

        @Override
        public long applyAsLong(int times) {
            long result = 0;
            for (int i = 0; i < times * 40; i++) result += sum(numbers);
            return result;
        }

        private static int sum(int[] numbers) {
            int sum = 0;
            for (int number : numbers) sum += number;
            return sum;
        }
    }

    /// Short loops in a loop, over objects: the sun and four planets.
    public static final class Bodies implements IntToLongFunction {
        private final Body[] bodies = new Body[5];

        private static final class Body {
            private double x;
            private double y;
            private double z;
            private double vx;
            private double vy;
            private double vz;
            private double mass;
        }

        @Override
        public long applyAsLong(int times) {
            Random random = new Random(14);
            for (int i = 0; i < bodies.length; i++) bodies[i] = body(i, random);
            for (int i = 0; i < times * 160_000; i++) advance(0.001);
            double sum = 0;
            for (Body body : bodies) sum += body.x + body.y + body.z;
            return Double.doubleToLongBits(sum);
        }

        private static Body body(int distance, Random random) {
            Body body = new Body();
            body.x = distance * 5;
            body.y = random.nextDouble();
            body.z = random.nextDouble();
            body.vy = random.nextDouble();
            body.vx = random.nextDouble() / 10;
            body.mass = distance == 0 ? 40 : random.nextDouble() / 100;
            return body;
        }

        private void advance(double dt) {
            for (int i = 0; i < bodies.length; i++) {
                Body a = bodies[i];
                for (int j = i + 1; j < bodies.length; j++) {
                    Body b = bodies[j];
                    double dx = a.x - b.x;
                    double dy = a.y - b.y;
                    double dz = a.z - b.z;
                    double squared = dx * dx + dy * dy + dz * dz;
                    double force = dt / (squared * Math.sqrt(squared));
                    a.vx -= dx * b.mass * force;
                    a.vy -= dy * b.mass * force;
                    a.vz -= dz * b.mass * force;
                    b.vx += dx * a.mass * force;
                    b.vy += dy * a.mass * force;
                    b.vz += dz * a.mass * force;
                }
            }
            for (Body body : bodies) {
                body.x += dt * body.vx;
                body.y += dt * body.vy;
                body.z += dt * body.vz;
            }
        }
    }
}
