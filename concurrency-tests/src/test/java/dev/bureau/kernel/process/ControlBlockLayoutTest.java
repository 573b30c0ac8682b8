package dev.bureau.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.scheduler.Fiber;
import java.lang.reflect.Field;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What all who send write lies in another line of the cache than what the owner reads in each of its operations.
class ControlBlockLayoutTest {
    private static final int LINE = 64;

    @Test
    void theInboxIsALineAwayFromWhatTheOwnerWorksWith() throws Exception {
        long inbox = offset(SignalQueue.class, "inbox");
        long worksWith =
                LongStream.of(
                                offset(Fiber.class, "thread"),
                                offset(Fiber.class, "carrier"),
                                offset(Fiber.class, "piled"),
                                offset(Attention.class, "attention"),
                                offset(ControlBlock.class, "node"),
                                offset(ControlBlock.class, "mailbox"))
                        .max()
                        .orElseThrow();
        assertThat(inbox - worksWith).isGreaterThanOrEqualTo(LINE);
    }

    @SuppressWarnings({"deprecation", "removal"}) // nothing else tells
    private static long offset(Class<?> type, String name) throws Exception {
        Field unsafe = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        unsafe.setAccessible(true);
        return ((sun.misc.Unsafe) unsafe.get(null)).objectFieldOffset(type.getDeclaredField(name));
    }
}
