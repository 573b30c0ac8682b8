package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawnLink;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.Table;

/// Two processes that read a table of 10 000 keys, or update the counters in it: all keys, in an order that has none.
record Tables(int operations, boolean updating) implements Round {
    private static final int KEYS = 10_000;
    private static final int PROCESSES = 2;

    // Coprime to the number of keys: its multiples are all of them.
    private static final int STRIDE = 7_919;

    private record Done(long sum) {}

    @Override
    public double run() {
        Table<Integer, Long> table = Table.set(Table.Access.PUBLIC);
        for (int key = 0; key < KEYS; key++) table.insert(key, (long) key);
        int each = operations / PROCESSES / KEYS * KEYS;
        Pid me = self();
        long start = System.nanoTime();
        for (int i = 0; i < PROCESSES; i++) {
            spawnLink(() -> send(me, new Done(updating ? update(table, each) : read(table, each))));
        }
        long sum = 0;
        for (int i = 0; i < PROCESSES; i++) sum += receive(Done.class).sum();
        double cost = Round.nanosEach(start, (long) PROCESSES * each);
        if (updating) {
            sum = table.fold(0L, (all, entry) -> all + entry.value());
            Round.expect("the sum", sumOfKeys() + (long) PROCESSES * each, sum);
        } else {
            Round.expect("the sum", sumOfKeys() * (each / KEYS) * PROCESSES, sum);
        }
        table.delete();
        return cost;
    }

    private static long sumOfKeys() {
        return (long) KEYS * (KEYS - 1) / 2;
    }

    private static long read(Table<Integer, Long> table, int times) {
        long sum = 0;
        int key = 0;
        for (int i = 0; i < times; i++) {
            sum += table.lookup(key, 0L);
            key = (key + STRIDE) % KEYS;
        }
        return sum;
    }

    private static long update(Table<Integer, Long> table, int times) {
        int key = 0;
        for (int i = 0; i < times; i++) {
            table.updateCounter(key, 1);
            key = (key + STRIDE) % KEYS;
        }
        return 0;
    }
}
