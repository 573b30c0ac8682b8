package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose turn it is among those who burn, by what they have run.
class BackgroundTest {
    private static final long SLICE = 1_000_000;

    private final Scheduler scheduler = Scheduler.start("background", 1);
    private final Background background = new Background(SLICE);

    @AfterEach
    void stop() throws Exception {
        scheduler.close();
    }

    private Worker loop() {
        return Worker.create(scheduler, () -> null);
    }

    /// All but the first run a slice each time it is their turn; how many turns there are before the first has its own.
    private int turnsUntil(Worker first, int others, long firstHasRun) {
        for (int i = 0; i < others; i++) background.add(loop(), SLICE);
        background.add(first, firstHasRun);
        return turnsUntil(first);
    }

    private int turnsUntil(Worker first) {
        for (int turns = 0; ; turns++) {
            Fiber next = background.poll();
            if (next == first) return turns;
            background.add(next, SLICE);
        }
    }

    @Test
    void whoHasRunTooMuchWaitsUntilTheOthersHaveRunAsMuch() {
        assertThat(turnsUntil(loop(), 10, 16 * SLICE)).isBetween(15 * 10, 16 * 10);
    }

    @Test
    void amongManyHeWaitsNoLongerThanTheyNeedForTwoSlicesEach() {
        assertThat(turnsUntil(loop(), 10_000, 16 * SLICE)).isBetween(10_000, 2 * 10_000);
    }

    @Test
    void whoHasWaitedIsNextUntilTwoSlicesAreUsed() {
        Worker waiter = loop();
        waiter.virtualTime = 1;
        for (int i = 0; i < 10; i++) background.add(loop(), SLICE);
        turnsUntilAllHaveRun(10);
        int quarters = 0;
        do {
            quarters++;
            background.add(waiter, SLICE / 4);
        } while (background.poll() == waiter);
        // The others are up to a slice ahead of who has run least.
        assertThat(quarters).isBetween(2 * 4, 3 * 4 + 1);
    }

    private void turnsUntilAllHaveRun(int loops) {
        for (int i = 0; i < loops; i++) background.add(background.poll(), SLICE);
    }

    @Test
    void whoIsNewIsServedWithTheOthers() {
        for (int i = 0; i < 10; i++) background.add(loop(), SLICE);
        turnsUntilAllHaveRun(100);
        Worker late = loop();
        background.add(late, SLICE);
        assertThat(turnsUntil(late)).isBetween(9, 20);
    }

    @Test
    void aDebtIsWhatTheOthersRunInFourSecondsAtMost() {
        // 4 s / 401, about ten slices.
        assertThat(turnsUntil(loop(), 400, 1_000 * SLICE)).isBetween(8 * 400, 10 * 400);
    }

    @Test
    void aDebtMadeAmongFewIsBoundedAnewWhenTheyBecomeMany() {
        for (int i = 0; i < 100; i++) background.add(loop(), SLICE);
        Worker early = loop();
        background.add(early, 30 * SLICE);
        for (int i = 0; i < 9_900; i++) background.add(loop(), SLICE);
        assertThat(turnsUntil(early)).isBetween(10_000, 3 * 10_000);
    }
}
