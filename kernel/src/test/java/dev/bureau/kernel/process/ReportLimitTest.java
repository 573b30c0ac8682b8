package dev.bureau.kernel.process;

import static dev.bureau.kernel.process.ReportLimit.MOST;
import static dev.bureau.kernel.process.ReportLimit.MOST_OF_ONE_SOURCE;
import static dev.bureau.kernel.process.ReportLimit.WINDOW_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Report;
import dev.bureau.kernel.Report.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportLimitTest {
    private final ReportLimit limit = new ReportLimit();

    private int admitted(int tries, Kind kind, String source, long now) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            if (limit.admits(kind, source, now)) admitted++;
            else limit.holdBack(kind, source, now);
        }
        return admitted;
    }

    @Test
    void aStormOfOneSourceLeavesRoomForOthers() {
        assertThat(admitted(100_000, Kind.CRASH, "a", 0)).isEqualTo(MOST_OF_ONE_SOURCE);
        assertThat(admitted(1, Kind.CRASH, "b", 1)).isEqualTo(1);
        assertThat(admitted(1, Kind.SUPERVISOR, "a", 2)).isEqualTo(1);
    }

    @Test
    void allTogetherAreLimitedToo() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(1, Kind.CRASH, "source " + i, i);
        }
        assertThat(admitted).isEqualTo(MOST);
        Report told = limit.tell(WINDOW_NANOS);
        assertThat(told.fields()).containsEntry("held_back", 10_000L - MOST);
        assertThat(told.toString()).contains("of still others");
    }

    @Test
    void nothingIsOwedWhileNothingIsHeldBack() {
        admitted(MOST_OF_ONE_SOURCE, Kind.CRASH, "a", 0);
        assertThat(limit.owes()).isFalse();
        assertThat(limit.nanosUntilTold(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatWasHeldBackIsToldAtTheEndOfTheWindowAndOnce() {
        admitted(60, Kind.CRASH, "a", 7);
        admitted(55, Kind.SUPERVISOR, "a", 8);
        assertThat(limit.nanosUntilTold(8)).isEqualTo(WINDOW_NANOS - 1);
        Report told = limit.tell(7 + WINDOW_NANOS);
        assertThat(told.kind()).isEqualTo(Kind.HELD_BACK);
        assertThat(told.fields())
                .containsEntry("held_back", 15L)
                .containsEntry("sources", Map.of("crash a", 10L, "supervisor a", 5L));
        assertThat(told.toString())
                .startsWith("15 reports were not logged: too many within 1000 ms")
                .containsSubsequence("10 of crash a", "5 of supervisor a");
        assertThat(limit.owes()).isFalse();
        assertThat(admitted(60, Kind.CRASH, "a", 8 + WINDOW_NANOS)).isEqualTo(MOST_OF_ONE_SOURCE);
    }

    /// A log that hangs cannot be told; so nothing more is given to it, and only numbers grow.
    @Test
    void aWindowLastsUntilItsRestIsTold() {
        admitted(60, Kind.CRASH, "a", 0);
        assertThat(admitted(60, Kind.CRASH, "a", 100 * WINDOW_NANOS)).isZero();
        assertThat(limit.tell(100 * WINDOW_NANOS).fields()).containsEntry("held_back", 70L);
    }

    @Test
    void aQuietSecondBeginsAnew() {
        admitted(MOST_OF_ONE_SOURCE, Kind.CRASH, "a", 0);
        assertThat(admitted(1, Kind.CRASH, "a", WINDOW_NANOS - 1)).isZero();
        limit.tell(WINDOW_NANOS);
        assertThat(admitted(MOST_OF_ONE_SOURCE, Kind.CRASH, "a", WINDOW_NANOS))
                .isEqualTo(MOST_OF_ONE_SOURCE);
        assertThat(admitted(MOST_OF_ONE_SOURCE, Kind.CRASH, "a", 2 * WINDOW_NANOS))
                .isEqualTo(MOST_OF_ONE_SOURCE);
    }
}
