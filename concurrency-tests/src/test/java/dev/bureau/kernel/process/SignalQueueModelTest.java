package dev.bureau.kernel.process;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/// The inbox as one object: whatever is pushed comes out once, in batches, in the order of some sequence of operations,
/// until it is closed.
class SignalQueueModelTest {
    private static final int ITERATIONS = Integer.getInteger("bureau.models", 8);

    @Test
    void isAStackOfBatchesForManySendersAndOneHolderOfTheLock() {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(2)
                .check(Inbox.class);
    }

    public static class Inbox {
        private final Idler owner = new Idler();

        @Operation
        public boolean push(@Param(gen = IntGen.class, conf = "1:9") int number) {
            return owner.push(Idler.message(number));
        }

        @Operation(nonParallelGroup = "holder")
        public String takeAll() {
            return text(owner.takeAll());
        }

        @Operation(nonParallelGroup = "holder", runOnce = true)
        public String close() {
            return text(owner.close());
        }

        private static String text(Signal oldest) {
            StringBuilder all = new StringBuilder();
            for (Signal signal = oldest; signal != null; signal = signal.next) {
                all.append(((Signal.Message) signal).payload).append(' ');
            }
            return all.toString();
        }
    }
}
