package dev.bureau.scheduler;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Linux tells of the threads that want to run.
class MachineLoadTest {
    @ParameterizedTest
    @CsvSource({
        "0.20 0.18 0.12 3/160 4711, 3",
        "12.00 7.50 3.25 128/2048 99999, 128",
        "0.20 0.18 0.12, -1",
        "'', -1",
    })
    void theNumberIsTheOneBeforeTheSlash(String text, int number) {
        assertThat(MachineLoad.runnableThreads(text.getBytes(US_ASCII), text.length()))
                .isEqualTo(number);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoAsksIsOneOfThem() {
        MachineLoad machine = new MachineLoad();
        assertThat(machine.runnableThreads()).isPositive();
        assertThat(machine.runnableThreads()).as("read again").isPositive();
        machine.close();
        assertThat(machine.runnableThreads()).isEqualTo(MachineLoad.UNKNOWN);
    }
}
