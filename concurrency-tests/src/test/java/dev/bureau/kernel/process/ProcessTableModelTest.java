package dev.bureau.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessTableModelTest {
    private static final int ITERATIONS = Integer.getInteger("bureau.models", 8);

    @Test
    void findsWhatWasInsertedAndNotRemoved() {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(2)
                .check(Table.class);
    }

    public static class Table {
        private final ProcessTable table = new ProcessTable(8);
        private volatile Idler a;
        private volatile Idler b;

        @Operation(runOnce = true)
        public void insertA() {
            Idler process = new Idler();
            table.insert(process);
            a = process;
        }

        @Operation(runOnce = true)
        public void insertB() {
            Idler process = new Idler();
            table.insert(process);
            b = process;
        }

        @Operation
        public boolean findA() {
            return isThere(a);
        }

        @Operation
        public boolean findB() {
            return isThere(b);
        }

        @Operation
        public void removeA() {
            if (a != null) {
                table.remove(a);
            }
        }

        private boolean isThere(Idler process) {
            return process != null && table.find(process.pid().number()) == process;
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void growsWhileProcessesComeAndGo() throws Exception {
        comeAndGo(20);
    }

    @Test
    @Tag("stress")
    void growsWhileProcessesComeAndGoForLong() throws Exception {
        comeAndGo(2_000);
    }

    /// Three threads keep the number of processes about the half at which the table grows, time and again.
    private static void comeAndGo(int tables) throws Exception {
        for (int i = 0; i < tables; i++) {
            ProcessTable table = new ProcessTable(100_000);
            List<Guests> all = new ArrayList<>();
            for (int seed = 0; seed < 3; seed++) {
                Guests guests = new Guests(table, i * 3 + seed);
                all.add(guests);
                guests.start();
            }
            int left = 0;
            for (Guests guests : all) {
                guests.join();
                assertThat(guests.failure).isNull();
                for (Idler process : guests.here) {
                    assertThat(table.find(process.pid().number())).isSameAs(process);
                }
                left += guests.here.size();
            }
            assertThat(table.count()).isEqualTo(left);
            List<LocalProcess> listed = new ArrayList<>();
            table.iterator().forEachRemaining(listed::add);
            assertThat(listed).doesNotHaveDuplicates().hasSize(left);
        }
    }

    private static final class Guests extends Thread {
        final ArrayDeque<Idler> here = new ArrayDeque<>();
        volatile Throwable failure;
        private final ProcessTable table;
        private final SplittableRandom random;

        Guests(ProcessTable table, int seed) {
            this.table = table;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public void run() {
            try {
                for (int i = 0; i < 6_000; i++) {
                    if (here.size() < 680 || (here.size() < 1_400 && random.nextInt(100) < 52)) {
                        Idler process = new Idler();
                        table.insert(process);
                        here.add(process);
                        if (table.find(process.pid().number()) != process) {
                            throw new AssertionError("not found: " + process);
                        }
                    } else {
                        Idler process = here.remove();
                        table.remove(process);
                        if (table.find(process.pid().number()) != null) {
                            throw new AssertionError("still found: " + process);
                        }
                    }
                }
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }
}
