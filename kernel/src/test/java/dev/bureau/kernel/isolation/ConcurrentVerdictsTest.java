package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Classes that refer to each other, judged for the first time by several threads from different ends.
class ConcurrentVerdictsTest {
    record Ping(Pong pong) {}

    record Pong(Ping ping, Pung pung) {}

    record Pung(Ping ping, Pong pong, String name) {}

    record Bing(Bong bong) {}

    record Bong(Bing bing, Object rest) {}

    /// Defines the records of this test anew, so that each round starts without verdicts.
    private static final class Fresh extends URLClassLoader {
        Fresh() {
            super(
                    new URL[] {
                        ConcurrentVerdictsTest.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    null);
        }
    }

    @Test
    void areTheSameWhoeverComesFirst() throws Exception {
        String prefix = ConcurrentVerdictsTest.class.getName() + "$";
        List<String> names = new ArrayList<>(List.of("Ping", "Pong", "Pung", "Bing", "Bong"));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 200; round++) {
                CyclicBarrier barrier = new CyclicBarrier(4);
                List<Future<Void>> results = new ArrayList<>();
                try (Fresh loader = new Fresh()) {
                    for (int thread = 0; thread < 4; thread++) {
                        Collections.rotate(names, 1);
                        List<String> order = List.copyOf(names);
                        Callable<Void> judging =
                                () -> {
                                    barrier.await();
                                    for (String name : order) {
                                        boolean immutable = name.startsWith("P");
                                        assertThat(
                                                        ClassVerdicts.of(
                                                                loader.loadClass(prefix + name)))
                                                .isInstanceOf(
                                                        immutable
                                                                ? Verdict.Settled.class
                                                                : Shell.class);
                                    }
                                    return null;
                                };
                        results.add(threads.submit(judging));
                    }
                    for (Future<Void> result : results) {
                        result.get();
                    }
                }
            }
        }
    }
}
