package dev.bureau.benchmarks.compute;

/// The sun and four planets, as in the Computer Language Benchmarks Game.
final class NBody {
    private static final double SOLAR_MASS = 4 * Math.PI * Math.PI;
    private static final double YEAR = 365.24;
    private static final double STEP = 0.01;

    private double x;
    private double y;
    private double z;
    private double vx;
    private double vy;
    private double vz;
    private final double mass;

    private NBody(
            double x, double y, double z, double vx, double vy, double vz, double solarMasses) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.vx = vx * YEAR;
        this.vy = vy * YEAR;
        this.vz = vz * YEAR;
        this.mass = solarMasses * SOLAR_MASS;
    }

    static double energyAfter(int steps) {
        NBody[] bodies = solarSystem();
        rest(bodies);
        for (int i = 0; i < steps; i++) advance(bodies);
        return energy(bodies);
    }

    private static NBody[] solarSystem() {
        return new NBody[] {
            new NBody(0, 0, 0, 0, 0, 0, 1),
            new NBody(
                    4.841431442464721,
                    -1.1603200440274284,
                    -0.10362204447112311,
                    0.001660076642744037,
                    0.007699011184197404,
                    -6.90460016972063e-5,
                    0.0009547919384243266),
            new NBody(
                    8.34336671824458,
                    4.124798564124305,
                    -0.4035234171143214,
                    -0.002767425107264119,
                    0.004998528012349172,
                    2.3041729757376393e-5,
                    0.0002858859806661308),
            new NBody(
                    12.894369562139131,
                    -15.111151401698631,
                    -0.22330757889265573,
                    0.002964601375647616,
                    0.0023784717395948095,
                    -2.9658956854023756e-5,
                    4.366244043351563e-5),
            new NBody(
                    15.379697114850917,
                    -25.919314609987964,
                    0.17925877295037118,
                    0.0026806777249038932,
                    0.001628241700382423,
                    -9.515922545197159e-5,
                    5.1513890204661145e-5)
        };
    }

    /// Gives the sun the speed with which the whole does not move.
    private static void rest(NBody[] bodies) {
        double px = 0;
        double py = 0;
        double pz = 0;
        for (NBody body : bodies) {
            px += body.vx * body.mass;
            py += body.vy * body.mass;
            pz += body.vz * body.mass;
        }
        bodies[0].vx = -px / SOLAR_MASS;
        bodies[0].vy = -py / SOLAR_MASS;
        bodies[0].vz = -pz / SOLAR_MASS;
    }

    private static void advance(NBody[] bodies) {
        for (int i = 0; i < bodies.length; i++) {
            NBody a = bodies[i];
            for (int j = i + 1; j < bodies.length; j++) {
                NBody b = bodies[j];
                double dx = a.x - b.x;
                double dy = a.y - b.y;
                double dz = a.z - b.z;
                double square = dx * dx + dy * dy + dz * dz;
                double pull = STEP / (square * Math.sqrt(square));
                a.vx -= dx * b.mass * pull;
                a.vy -= dy * b.mass * pull;
                a.vz -= dz * b.mass * pull;
                b.vx += dx * a.mass * pull;
                b.vy += dy * a.mass * pull;
                b.vz += dz * a.mass * pull;
            }
        }
        for (NBody body : bodies) {
            body.x += STEP * body.vx;
            body.y += STEP * body.vy;
            body.z += STEP * body.vz;
        }
    }

    private static double energy(NBody[] bodies) {
        double energy = 0;
        for (int i = 0; i < bodies.length; i++) {
            NBody a = bodies[i];
            energy += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
            for (int j = i + 1; j < bodies.length; j++) {
                NBody b = bodies[j];
                double dx = a.x - b.x;
                double dy = a.y - b.y;
                double dz = a.z - b.z;
                energy -= a.mass * b.mass / Math.sqrt(dx * dx + dy * dy + dz * dz);
            }
        }
        return energy;
    }
}
