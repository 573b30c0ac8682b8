package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Start;
import org.junit.jupiter.api.Test;

/// Tests that must fail, and some beside them that must not; run by [LeaksTest] alone, which is why its name is not that of
/// a test.
@ProcessTest
class Leaky {
    @Test
    void leavesNothing() {
        spawnLink(Bureau::sleepForever);
        awaitDown(spawn(() -> {}));
    }

    @Test
    void leavesAProcess() {
        spawn(
                SpawnOptions.options().label("clerk"),
                () -> {
                    register("forgotten", self());
                    sleepForever();
                });
        eventually(() -> whereis("forgotten").isPresent());
    }

    @Test
    @ProcessTest(allows = Leak.PROCESS)
    void mayLeaveAProcess() {
        spawn(Bureau::sleepForever);
    }

    @Test
    void leavesOneThatIsLinkedAndTrapsExits() {
        Pid me = self();
        spawnLink(() -> {
            trapExits(true);
            send(me, "ready");
            while (true) receive(Exit.class);
        });
        assertReceive((Object) "ready");
    }

    @Test
    void leavesAReport() {
        awaitDown(
                spawn(() -> {
                    throw new IllegalStateException("out of paper");
                }));
    }

    @Test
    void capturesTheReport() throws Exception {
        var log =
                captureLog(() ->
                        awaitDown(
                                spawn(() -> {
                                    throw new IllegalStateException("out of paper");
                                })));
        assertThat(log).singleElement().asString().contains("out of paper");
    }

    @Test
    @ProcessTest(allows = Leak.REPORT)
    void mayLeaveAReport() {
        awaitDown(
                spawn(() -> {
                    throw new IllegalStateException("allowed to be printed");
                }));
    }

    @Test
    void failsByItselfAndLeavesAProcess() {
        spawn(Bureau::sleepForever);
        assertThat(1).as("a number").isEqualTo(2);
    }

    @Test
    void startsWhatDoesNotStart() {
        startSupervised(ChildSpec.worker("broken", () -> Start.failed("no paper")));
    }

    @Test
    void diesWithWhatItIsLinkedTo() throws Exception {
        captureLog(() -> {
            spawnLink(() -> {
                throw new IllegalStateException("took the test along");
            });
            receive();
        });
    }
}
