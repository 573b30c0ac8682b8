package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.testkit.Otp;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Exit signals, links and monitors of plain Java threads: what OTP says of processes holds for them too, save that nobody
/// can stop the thread.
class GuestSignalsTest {
    private final Node node = Node.start(Node.options().schedulers(2));

    @AfterEach
    void stop() {
        assertThat(node.stop()).isTrue();
    }

    @Test
    @Otp("X-01")
    void aGuestSendsAndReceives() {
        try (Guest guest = node.guest()) {
            Pid me = self();
            assertThat(me).isEqualTo(guest.pid());
            Pid echo = spawn(() -> send(me, receive(String.class) + "!"));
            send(echo, "hello");
            assertThat(receive(String.class, ofSeconds(5))).isEqualTo("hello!");
        }
    }

    @Test
    @Otp("P-01")
    @Otp("L-09")
    void aGuestThatIsClosedHasEndedNormally() {
        Guest guest = node.guest();
        Pid pid = guest.pid();
        CompletableFuture<ExitReason> told = watch(pid);
        assertThat(node.processes()).contains(pid);
        guest.close();
        assertThat(told.join()).isEqualTo(NORMAL);
        assertThat(node.processes()).doesNotContain(pid);
    }

    @Test
    @Otp("P-01")
    @Otp("P-15")
    void aGuestEndsNormallyWithItsThread() throws Exception {
        CompletableFuture<Pid> pid = new CompletableFuture<>();
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            pid.complete(node.guest().pid());
                            register("guest", self());
                            awaitQuietly(mayEnd);
                        });
        CompletableFuture<ExitReason> told = watch(pid.get());
        mayEnd.countDown();
        thread.join();
        assertThat(told.join()).isEqualTo(NORMAL);
        assertThat(node.whereis("guest")).isEmpty();
    }

    @Test
    @Otp("P-05")
    @Otp("X-11")
    void aGuestTrapsExits() {
        try (Guest _ = node.guest()) {
            trapExits(true);
            Pid child = spawnLink(() -> exit("gone"));
            assertThat(receive(Exit.class, ofSeconds(5)))
                    .isEqualTo(new Exit(child, custom("gone")));
        }
    }

    @Test
    @Otp("X-11")
    void aGuestThatDoesNotTrapLearnsTheReasonWithItsNextStep() {
        try (Guest guest = node.guest()) {
            CompletableFuture<ExitReason> told = watch(guest.pid());
            spawnLink(() -> exit("gone"));
            assertThatThrownBy(() -> receive(Go.class, ofSeconds(5)))
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit -> assertThat(exit.reason()).isEqualTo(custom("gone")));
            assertThat(told.join()).isEqualTo(custom("gone"));
        }
    }

    @Test
    void aThreadWhoseGuestWasToldToExitGoesOnInTheSameNodeAsAnother() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        // Not closed: the thread ends, and all it was with it.
                        Pid first = node.guest().pid();
                        assertThatThrownBy(() -> exit(first, "enough"))
                                .isInstanceOf(ExitException.class);
                        assertThat(self()).isNotEqualTo(first);
                        assertThat(node()).isSameAs(node);
                        done.complete(null);
                    } catch (Throwable failed) {
                        done.completeExceptionally(failed);
                    }
                });
        done.get(10, TimeUnit.SECONDS);
    }

    @Test
    @Otp("X-06")
    @Otp("X-08")
    void aGuestIsEndedWhileItSleepsComputesOrIsBlocked() throws Exception {
        List<Body> activities =
                List.of(
                        () -> sleepForever(),
                        () -> receive(Go.class),
                        () -> hibernate(),
                        () -> {
                            while (true) {
                                poll(Go.class);
                            }
                        });
        for (Body activity : activities) {
            CompletableFuture<Pid> pid = new CompletableFuture<>();
            CompletableFuture<ExitReason> seen = new CompletableFuture<>();
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (Guest guest = node.guest()) {
                                    trapExits(true);
                                    pid.complete(guest.pid());
                                    activity.run();
                                } catch (ExitException exit) {
                                    seen.complete(exit.reason());
                                } catch (Exception other) {
                                    seen.completeExceptionally(other);
                                }
                            });
            Pid guest = pid.get();
            CompletableFuture<ExitReason> told = watch(guest);
            node.run(() -> exit(guest, KILL));
            assertThat(told.join()).isEqualTo(KILLED);
            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo(KILLED);
            thread.join();
        }
    }

    @Test
    @Otp("X-06")
    void othersAreToldAtOnceOfTheEndOfAGuestThatJavaCodeBlocks() throws Exception {
        CompletableFuture<Pid> pid = new CompletableFuture<>();
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            pid.complete(node.guest().pid());
                            awaitQuietly(mayGoOn);
                            interrupted.complete(Thread.interrupted());
                        });
        CompletableFuture<ExitReason> told = watch(pid.get());
        Pid guest = pid.get();
        node.run(() -> exit(guest, "enough"));
        assertThat(told.join()).isEqualTo(custom("enough"));
        mayGoOn.countDown();
        assertThat(interrupted.get()).isFalse();
        thread.join();
    }

    @Test
    void anInterruptEndsTheReceiveAndNotTheGuest() throws Exception {
        CompletableFuture<Pid> pid = new CompletableFuture<>();
        CompletableFuture<Boolean> flagged = new CompletableFuture<>();
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try (Guest guest = node.guest()) {
                                pid.complete(guest.pid());
                                try {
                                    receive(String.class);
                                } catch (ExitException interrupted) {
                                    flagged.complete(Thread.interrupted());
                                    outcome.complete(receive(String.class));
                                }
                            }
                        });
        Pid guest = pid.get();
        while (node.info(guest).orElseThrow().status() != ProcessInfo.Status.WAITING) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertThat(flagged.get(5, TimeUnit.SECONDS)).isTrue();
        node.run(() -> send(guest, "later"));
        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("later");
        thread.join();
    }

    @Test
    @Otp("L-03")
    @Otp("M-03")
    void aGuestLinksAndMonitorsTheDead() {
        try (Guest _ = node.guest()) {
            Pid dead = spawn(() -> {});
            Ref monitor = monitor(dead);
            assertThat(receive(monitor, Down.class, ofSeconds(5)).reason()).isIn(NORMAL, NOPROC);
            assertThatThrownBy(() -> link(dead)).isInstanceOf(ExitException.class);
            Ref late = monitor(dead);
            assertThat(receive(late, Down.class, ofSeconds(5)).reason()).isEqualTo(NOPROC);
            assertThat(info(self()).orElseThrow().links()).isEmpty();
        }
    }

    @Test
    @Otp("P-06")
    @Otp("L-08")
    void whoeverAGuestSpawnsOrLinksWhileItIsKilledHearsOfIt() throws Exception {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Pid> pid = new CompletableFuture<>();
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (Guest guest = node.guest()) {
                                    Pid peer = spawn(() -> sleepForever());
                                    pid.complete(guest.pid());
                                    while (true) {
                                        spawnLink(() -> sleepForever());
                                        link(peer);
                                        unlink(peer);
                                        link(peer);
                                    }
                                } catch (ExitException killed) {
                                    return;
                                }
                            });
            Pid guest = pid.get();
            node.run(() -> exit(guest, "enough"));
            thread.join();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (node.processCount() > 1 && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            // At most the peer, if it was not linked at that moment.
            assertThat(node.processes()).as("round %d", i).hasSizeLessThan(2);
            try (Guest me = node.guest()) {
                for (Pid left : node.processes()) {
                    if (!left.equals(me.pid())) {
                        exit(left, KILL);
                    }
                }
            }
        }
    }

    @Test
    void aThreadMayBeManyGuestsOneAfterTheOther() {
        Set<Pid> pids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            try (Guest guest = node.guest()) {
                pids.add(guest.pid());
                try (Guest inner = node.guest()) {
                    assertThat(self()).isEqualTo(inner.pid());
                }
                assertThat(self()).isEqualTo(guest.pid());
            }
        }
        assertThat(pids).hasSize(1_000);
        assertThat(node.processes()).isEmpty();
    }

    private CompletableFuture<ExitReason> watch(Pid pid) {
        CompletableFuture<ExitReason> told = new CompletableFuture<>();
        CompletableFuture<Boolean> watching = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(() -> {
                    try (Guest _ = node.guest()) {
                        Ref monitor = monitor(pid);
                        watching.complete(true);
                        told.complete(receive(monitor, Down.class).reason());
                    }
                });
        watching.join();
        return told.orTimeout(5, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
