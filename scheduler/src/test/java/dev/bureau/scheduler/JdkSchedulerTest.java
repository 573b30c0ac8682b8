package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Without own carriers all hangs on the JDK's pool.
class JdkSchedulerTest {
    @ParameterizedTest
    @CsvSource({
        "25, true",
        "25.0.2+10, true",
        "25.0.3, false",
        "25.0.3+9-LTS, false",
        "25.0.4, false",
        "26, false"
    })
    void knowsWhichPoolsLoseWork(String jdk, boolean loses) {
        assertThat(JdkScheduler.losesWork(Runtime.Version.parse(jdk))).isEqualTo(loses);
    }
}
