package dev.bureau.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever processes do to each other and in whatever order: both ends of links and monitors agree when it is over, no
/// monitor and no timer fires twice or after it was taken back, no name leads to the dead, nobody is forgotten.
class KernelInvariantsTest {
    @Test
    void crowdsAgreeUnderManySeeds() {
        Map<Object, Integer> left = new TreeMap<>();
        for (long seed = 1; seed <= seeds(); seed++) {
            int size = 2 + (int) (seed % 5);
            simulate(seed, size, 25, Gossip.ALL, left);
        }
        assertThat(left).as("how many are left").hasSizeGreaterThan(4);
    }

    @Test
    void pairsAgreeOnTheirLinksUnderManySeeds() {
        for (long seed = 1; seed <= seeds(); seed++) {
            simulate(seed, 2, 8, Gossip.LINKS, new TreeMap<>());
        }
    }

    private static int seeds() {
        return Integer.getInteger("bureau.seeds", 2000);
    }

    private static void simulate(
            long seed, int size, int steps, int kinds, Map<Object, Integer> left) {
        Simulation simulation =
                new Simulation(
                        seed,
                        () -> Gossip.run(seed, size, steps, kinds),
                        1 << 18,
                        false,
                        outcome -> left.merge(outcome, 1, Integer::sum));
        Throwable failure = simulation.run();
        if (failure != null) {
            throw new ScenarioFailure("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    @Scenario(runs = 100, simulated = false)
    void crowdsAgreeOnCarriers() {
        Gossip.run(System.nanoTime(), 6, 100, Gossip.ALL);
    }

    @Scenario(runs = 100, simulated = false)
    void pairsAgreeOnTheirLinksOnCarriers() {
        Gossip.run(System.nanoTime(), 2, 1000, Gossip.LINKS);
    }
}
