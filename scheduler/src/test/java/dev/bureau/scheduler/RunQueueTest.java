package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunQueueTest {
    private static Schedulable item() {
        return new Helper(() -> {});
    }

    @Test
    void isFirstInFirstOut() {
        RunQueue queue = new RunQueue();
        List<Schedulable> items = new ArrayList<>();
        for (int lap = 0; lap < 10; lap++) {
            items.clear();
            for (int i = 0; i < 100; i++) {
                items.add(item());
                assertThat(queue.offer(items.getLast())).isTrue();
            }
            for (Schedulable item : items) {
                assertThat(queue.poll()).isSameAs(item);
            }
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void refusesWhatDoesNotFitAndTakesItAgainAfterwards() {
        RunQueue queue = new RunQueue();
        for (int i = 0; i < RunQueue.CAPACITY; i++) {
            assertThat(queue.offer(item())).isTrue();
        }
        assertThat(queue.size()).isEqualTo(RunQueue.CAPACITY);
        assertThat(queue.offer(item())).isFalse();
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.offer(item())).isTrue();
        assertThat(queue.offer(item())).isFalse();
    }

    @Test
    void knowsWhetherItsOldestWasThereBefore() {
        RunQueue queue = new RunQueue();
        queue.offer(item());
        queue.poll();
        int empty = queue.end();
        assertThat(queue.hasBefore(empty)).isFalse();
        queue.offer(item());
        assertThat(queue.hasBefore(empty)).isFalse();
        int one = queue.end();
        queue.offer(item());
        assertThat(queue.hasBefore(one)).isTrue();
        queue.poll();
        assertThat(queue.hasBefore(one)).isFalse();
    }

    @Test
    void keepsNothingThatWasTaken() throws Exception {
        RunQueue queue = new RunQueue();
        queue.offer(item());
        queue.poll();
        var cells = RunQueue.class.getDeclaredField("cells");
        cells.setAccessible(true);
        assertThat((Object[]) cells.get(queue)).containsOnlyNulls();
    }

    /// Positions are ints that count up for ever.
    @Test
    void survivesTheWrapOfItsPositions() throws Exception {
        RunQueue queue = new RunQueue();
        int start = Integer.MAX_VALUE - 100;
        for (String field : List.of("head", "tail")) {
            var position = RunQueue.class.getDeclaredField(field);
            position.setAccessible(true);
            position.setInt(queue, start);
        }
        var turns = RunQueue.class.getDeclaredField("turns");
        turns.setAccessible(true);
        int[] cells = (int[]) turns.get(queue);
        for (int i = 0; i < RunQueue.CAPACITY; i++) {
            int position = start + i;
            cells[position & (RunQueue.CAPACITY - 1)] = position;
        }
        List<Schedulable> items = new ArrayList<>();
        for (int i = 0; i < 3 * RunQueue.CAPACITY; i++) {
            Schedulable item = item();
            items.add(item);
            assertThat(queue.offer(item)).isTrue();
            assertThat(queue.size()).isEqualTo(items.size());
            if (items.size() == 200) {
                while (!items.isEmpty()) {
                    assertThat(queue.poll()).isSameAs(items.removeFirst());
                }
                assertThat(queue.poll()).isNull();
            }
        }
    }

    /// Each producer's items come out in its order, each once, whoever takes them.
    @Test
    void manyProducersAndConsumersLoseAndDoubleNothing() throws Exception {
        int producers = 3;
        int each = 200_000;
        RunQueue queue = new RunQueue();
        AtomicInteger taken = new AtomicInteger();
        ConcurrentHashMap<Schedulable, Boolean> seen = new ConcurrentHashMap<>();
        AtomicInteger doubled = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < each; i++) {
                                    Schedulable item = item();
                                    while (!queue.offer(item)) {
                                        Thread.yield();
                                    }
                                }
                            }));
        }
        for (int c = 0; c < 3; c++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                while (taken.get() < producers * each) {
                                    Schedulable item = queue.poll();
                                    if (item == null) {
                                        Thread.yield();
                                    } else {
                                        taken.incrementAndGet();
                                        if (seen.put(item, true) != null) {
                                            doubled.incrementAndGet();
                                        }
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(doubled).hasValue(0);
        assertThat(seen).hasSize(producers * each);
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void oneConsumerSeesEachProducerInItsOrder() throws Exception {
        record Numbered(int producer, int number) {}
        int producers = 3;
        int each = 100_000;
        RunQueue queue = new RunQueue();
        ConcurrentHashMap<Schedulable, Numbered> made = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < each; i++) {
                                    Schedulable item = item();
                                    made.put(item, new Numbered(producer, i));
                                    while (!queue.offer(item)) {
                                        Thread.yield();
                                    }
                                }
                            }));
        }
        int[] next = new int[producers];
        for (int count = 0; count < producers * each; ) {
            Schedulable item = queue.poll();
            if (item == null) {
                Thread.yield();
                continue;
            }
            count++;
            Numbered numbered = made.remove(item);
            assertThat(numbered.number()).isEqualTo(next[numbered.producer()]++);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
