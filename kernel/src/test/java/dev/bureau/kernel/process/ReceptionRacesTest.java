package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.info;
import static dev.bureau.kernel.Bureau.isAlive;
import static dev.bureau.kernel.Bureau.link;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.sleepForever;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnLink;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static dev.bureau.kernel.Bureau.suspend;
import static dev.bureau.kernel.Bureau.unlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes wrong only if another receives for a process at that very moment, and how a process ends in bad company.
class ReceptionRacesTest {
    private static volatile boolean go;

    private final Node node = Node.start(Node.options().schedulers(2));

    record Play(Pid peer, int seed, Pid boss) {}

    record Done() {}

    @AfterEach
    void stop() {
        node.stop();
    }

    @Test
    void bothEndsOfALinkAgreeWhateverBothDo() {
        run(() -> {
            Pid one = spawnLink(ReceptionRacesTest::linker);
            Pid other = spawnLink(ReceptionRacesTest::linker);
            for (int round = 0; round < 30_000; round++) {
                send(one, new Play(other, round, self()));
                send(other, new Play(one, ~round, self()));
                receive(Done.class);
                receive(Done.class);
                for (Pid settled : new Pid[] {one, other, one, other}) {
                    isAlive(settled);
                }
                assertThat(info(one).orElseThrow().links().contains(other))
                        .as("round %d", round)
                        .isEqualTo(info(other).orElseThrow().links().contains(one));
            }
        });
    }

    private static void linker() {
        while (true) {
            Play play = receive(Play.class);
            SplittableRandom random = new SplittableRandom(play.seed());
            for (int left = random.nextInt(1, 9); left > 0; left--) {
                if (random.nextBoolean()) {
                    link(play.peer());
                } else {
                    unlink(play.peer());
                }
            }
            send(play.boss(), new Done());
        }
    }

    @Test
    void aMessageToOneselfIsThereAtOnce() {
        run(() -> {
            Pid me = self();
            spawnLink(() -> askAboutForEver(me));
            for (int i = 0; i < 200_000; i++) {
                send(me, i);
                assertThat(poll(Integer.class)).contains(i);
            }
        });
    }

    private static void askAboutForEver(Pid pid) {
        while (true) {
            isAlive(pid);
        }
    }

    @Test
    void nothingRunsBehindAFatalExitSignalToOneself() {
        run(() -> {
            for (int i = 0; i < 10_000; i++) {
                go = false;
                Spawned suicide =
                        spawnMonitor(() -> {
                            receive(Done.class);
                            exit(self(), "enough");
                            go = true;
                        });
                spawn(() -> {
                    for (int times = 0; times < 100; times++) {
                        isAlive(suicide.pid());
                    }
                });
                send(suicide.pid(), new Done());
                receive(suicide.monitor(), Down.class);
                assertThat(go).isFalse();
            }
        });
    }

    @Test
    void aResourceThatSendsWhileItIsClosedKeepsNobodyFromEnding() {
        run(() -> {
            Pid me = self();
            Spawned owner = spawnMonitor(() -> Owned.of((AutoCloseable) () -> send(me, "closed")));
            assertThat(receive(owner.monitor(), Down.class, Duration.ofSeconds(5)).reason())
                    .isEqualTo(ExitReason.NORMAL);
        });
    }

    @Test
    void aProcessSuspendedWhileItEndsEnds() {
        go = false;
        run(() -> {
            Pid me = self();
            Spawned ending =
                    spawnMonitor(() -> {
                        Owned.of((AutoCloseable) () -> Thread.sleep(10));
                        send(me, new Done());
                        while (!go) {
                            Thread.onSpinWait();
                        }
                    });
            receive(Done.class);
            spawn(() -> {
                suspend(ending.pid());
                sleepForever();
            });
            sleep(Duration.ofMillis(20));
            go = true;
            assertThat(receive(ending.monitor(), Down.class, Duration.ofSeconds(5)).reason())
                    .isEqualTo(ExitReason.NORMAL);
        });
    }

    @Test
    void aGuestThatIsToldToExitLearnsTheReasonAndIsNotInterrupted() throws Exception {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Pid> pid = new CompletableFuture<>();
            CompletableFuture<ExitReason> reason = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (Guest guest = node.guest()) {
                                    pid.complete(guest.pid());
                                    receive(Done.class);
                                } catch (ExitException exit) {
                                    for (int spin = 0; spin < 3_000; spin++) {
                                        Thread.onSpinWait();
                                    }
                                    reason.complete(exit.reason());
                                    interrupted.complete(Thread.interrupted());
                                }
                            });
            Pid guest = pid.get();
            node.run(() -> Bureau.exit(guest, "bye"));
            assertThat(reason.get()).isEqualTo(new ExitReason.Custom("bye"));
            assertThat(interrupted.get()).isFalse();
            thread.join();
        }
    }

    private void run(Body body) {
        ExitReason reason = node.run(body);
        assertThat(reason).as(() -> ExitReason.format(reason)).isEqualTo(ExitReason.NORMAL);
    }
}
