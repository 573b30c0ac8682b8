package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

class RunQueueModelTest {
    private static final int ITERATIONS = Integer.getInteger("bureau.models", 8);

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(2);
    }

    @Test
    void isAFirstInFirstOutQueueForOneProducerAndManyConsumers() {
        options().check(OneProducer.class);
    }

    /// By design: an item behind an unfinished offer cannot be taken yet, so a queue with an item can look empty. Carriers
    /// ask `size` before they sleep, which counts both.
    @Test
    void canLookEmptyBehindAnUnfinishedOffer() {
        assertThatThrownBy(() -> options().check(ManyProducers.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    public static class OneProducer {
        private final RunQueue queue = new RunQueue();

        @Operation(nonParallelGroup = "producer")
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int number) {
            return queue.offer(new Numbered(number));
        }

        @Operation
        public int poll() {
            return queue.poll() instanceof Numbered taken ? taken.number : 0;
        }
    }

    public static class ManyProducers {
        private final RunQueue queue = new RunQueue();

        @Operation
        public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int number) {
            return queue.offer(new Numbered(number));
        }

        @Operation
        public int poll() {
            return queue.poll() instanceof Numbered taken ? taken.number : 0;
        }
    }

    private static final class Numbered extends Fiber {
        final int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public void run() {}

        @Override
        protected Scheduler scheduler() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean beginWait(boolean parks) {
            return false;
        }
    }
}
