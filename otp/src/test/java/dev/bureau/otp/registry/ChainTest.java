package dev.bureau.otp.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChainTest {
    private static final int ROUNDS = 20_000;
    private static final int STAYING = 20;
    private static final int MOST = 40;

    private static List<Integer> itemsOf(Chain<Integer> chain) {
        List<Integer> items = new ArrayList<>();
        chain.forEach(items::add);
        return items;
    }

    @Test
    void isAListWithoutReaders() {
        Chain<Integer> chain = new Chain<>();
        List<Integer> expected = new ArrayList<>();
        List<Chain.Link<Integer>> links = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            if (links.isEmpty() || (links.size() < MOST && random.nextBoolean())) {
                links.add(chain.add(i));
                expected.add(i);
            } else {
                int at = random.nextInt(links.size());
                expected.remove(at);
                Chain.Link<Integer> removed = links.remove(at);
                chain.remove(removed);
                chain.remove(removed);
            }
            assertThat(itemsOf(chain)).isEqualTo(expected);
            assertThat(chain.size()).isEqualTo(expected.size());
        }
    }

    /// What a reader stands on is taken out under it, with neighbours on both sides, one after the other.
    @Test
    void letsAReaderGoOnFromWhatIsTakenOut() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 3_000; round++) {
            List<Chain.Link<Integer>> passing = new ArrayList<>();
            Chain<Integer> chain = fresh(passing);
            List<Integer> seen = new ArrayList<>();
            chain.forEach(item -> {
                seen.add(item);
                // Those before and behind it that do not stay.
                int at = 2 * (item / 3);
                for (int i = 0; i < 4; i++) {
                    int chosen = Math.max(0, at - 3) + random.nextInt(7);
                    if (random.nextInt(3) == 0 && chosen < passing.size()) {
                        chain.remove(passing.get(chosen));
                    }
                }
            });
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(seen.stream().filter(item -> item % 3 == 0)).hasSize(STAYING);
        }
    }

    /// Every third item stays. Each walk sees all that stay, and nothing out of order.
    @Test
    @Timeout(60)
    void showsReadersAllThatStays() throws Exception {
        AtomicReference<Chain<Integer>> current = new AtomicReference<>(fresh(new ArrayList<>()));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> readUntil(over, current)));
            }
            try {
                SplittableRandom random = new SplittableRandom(2);
                for (int round = 0; round < ROUNDS; round++) {
                    List<Chain.Link<Integer>> passing = new ArrayList<>();
                    Chain<Integer> chain = fresh(passing);
                    current.set(chain);
                    change(chain, passing, random);
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(itemsOf(current.get())).hasSize(STAYING);
    }

    private static Chain<Integer> fresh(List<Chain.Link<Integer>> passing) {
        Chain<Integer> chain = new Chain<>();
        for (int i = 0; i < STAYING; i++) {
            chain.add(3 * i);
            passing.add(chain.add(3 * i + 1));
            passing.add(chain.add(3 * i + 2));
        }
        return chain;
    }

    /// Takes out all that does not stay, in runs of neighbours from either side, and adds some behind that goes too.
    private static void change(
            Chain<Integer> chain, List<Chain.Link<Integer>> passing, SplittableRandom random) {
        int number = 3 * STAYING + 1;
        while (!passing.isEmpty()) {
            int from = random.nextInt(passing.size());
            int run = Math.min(4, passing.size() - from);
            boolean backwards = random.nextBoolean();
            for (int i = run; i > 0; i--) {
                chain.remove(passing.remove(backwards ? from + i - 1 : from));
            }
            if (random.nextInt(3) == 0) {
                passing.add(chain.add(number));
                number += 3;
            }
        }
    }

    private static int readUntil(AtomicBoolean over, AtomicReference<Chain<Integer>> current) {
        int walks = 0;
        do {
            List<Integer> seen = new ArrayList<>();
            current.get()
                    .forEach(item -> {
                        seen.add(item);
                        if (item % 11 == 1) {
                            Thread.yield();
                        }
                    });
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(seen.stream().filter(item -> item % 3 == 0)).hasSize(STAYING);
            walks++;
        } while (!over.get());
        return walks;
    }
}
