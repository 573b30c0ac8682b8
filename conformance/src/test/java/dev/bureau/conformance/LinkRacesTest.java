package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.agree;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.linked;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Both ends of a link at work at once: OTP's items L-05, L-07, L-08.
class LinkRacesTest {
    record Play(Pid peer, List<Boolean> links, Pid boss) {}

    record Done() {}

    @Scenario
    @Otp("L-07")
    void aLinkMadeRightAfterAnUnlinkIsLive() {
        trapExits(true);
        Pid idle = spawnLink(() -> sleepForever());
        unlink(idle);
        link(idle);
        assertThat(agree(self(), idle)).isTrue();
        assertThat(linked(idle, self())).isTrue();
        exit(idle, "gone");
        assertReceive(new Exit(idle, custom("gone")));
        refuteReceive(Exit.class);
    }

    @Scenario(outcomes = {"old link", "new link", "noproc"})
    @Otp("L-07")
    void whatTheOldLinkSendsDoesNotCountForTheNewOne() {
        trapExits(true);
        Pid dying = spawnLink(() -> exit("gone"));
        unlink(dying);
        boolean before = poll(Exit.class).isPresent();
        link(dying);
        Exit exit = assertReceive(Exit.class);
        assertThat(exit.from()).isEqualTo(dying);
        assertThat(exit.reason()).isIn(custom("gone"), NOPROC);
        if (before) {
            assertThat(exit.reason()).isEqualTo(NOPROC);
            observe("old link");
        } else {
            observe(exit.reason().equals(NOPROC) ? "noproc" : "new link");
        }
        assertThat(info(self()).orElseThrow().links()).isEmpty();
        refuteReceive(Exit.class);
    }

    @Scenario(outcomes = {"linked", "not linked"})
    @Otp("L-08")
    void bothEndsAgreeWhenOneLinksAndTheOtherUnlinks() {
        Pid one = player();
        Pid other = player();
        play(one, other, List.of(true), List.of());
        play(one, other, List.of(false, true), List.of(true, false));
        assertThat(agree(one, other)).isTrue();
        observe(linked(one, other) ? "linked" : "not linked");
    }

    /// All pairs of sequences of up to three steps.
    @Scenario(runs = 5)
    @Otp("L-07")
    @Otp("L-08")
    void bothEndsAgreeWhateverBothDo() {
        List<List<Boolean>> all = sequences(3);
        Pid one = player();
        Pid other = player();
        for (List<Boolean> left : all) {
            for (List<Boolean> right : all) {
                play(one, other, left, right);
                assertThat(agree(one, other)).as("%s and %s", left, right).isTrue();
            }
        }
    }

    private static List<List<Boolean>> sequences(int most) {
        List<List<Boolean>> all = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).size() < most) {
                for (boolean step : List.of(true, false)) {
                    List<Boolean> longer = new ArrayList<>(all.get(i));
                    longer.add(step);
                    all.add(List.copyOf(longer));
                }
            }
        }
        return all;
    }

    @Scenario(runs = 20)
    @Otp("L-07")
    @Otp("L-08")
    void bothEndsAgreeAfterLongGames() {
        SplittableRandom random = new SplittableRandom(now().toNanos());
        Pid one = player();
        Pid other = player();
        for (int round = 0; round < 5; round++) {
            play(one, other, steps(random), steps(random));
            assertThat(agree(one, other)).isTrue();
        }
    }

    private static List<Boolean> steps(SplittableRandom random) {
        List<Boolean> steps = new ArrayList<>();
        for (int left = random.nextInt(12); left > 0; left--) {
            steps.add(random.nextBoolean());
        }
        return List.copyOf(steps);
    }

    @Scenario
    @Otp("L-08")
    @Otp("L-11")
    void nobodyStaysLinkedToTheDead() {
        trapExits(true);
        Pid player = player();
        Pid boss = self();
        Pid dying =
                spawn(() -> {
                    for (int i = 0; i < 3; i++) {
                        link(player);
                        unlink(player);
                    }
                    link(player);
                    send(boss, new Done());
                    exit("gone");
                });
        send(player, new Play(dying, List.of(true, false, true), self()));
        assertReceive(Done.class);
        awaitDown(dying);
        assertReceive(Done.class);
        eventually(() -> !linked(player, dying));
        assertThat(isAlive(player)).isTrue();
    }

    @Scenario
    @Otp("L-08")
    void oneLinkTellsOneEndOnceWhenBothDieAtOnce() {
        trapExits(true);
        Pid left = spawnLink(() -> receive(Go.class));
        Pid right = spawnLink(() -> receive(Go.class));
        spawn(() -> exit(left, "left"));
        spawn(() -> exit(right, "right"));
        for (int i = 0; i < 2; i++) {
            Exit exit = assertReceive(Exit.class);
            assertThat(exit).isIn(new Exit(left, custom("left")), new Exit(right, custom("right")));
        }
        refuteReceive(Exit.class);
    }

    @Scenario
    @Otp("L-05")
    @Otp("L-08")
    void anUnlinkIsFinalWhileTheOtherEndDies() {
        Pid boss = self();
        Pid dying = waiting();
        Spawned unlinker =
                spawnMonitor(() -> {
                    trapExits(true);
                    link(dying);
                    send(boss, new Done());
                    unlink(dying);
                    boolean told = poll(Exit.class).isPresent();
                    awaitDown(dying);
                    sleep(ofMillis(1));
                    assertThat(poll(Exit.class)).isEmpty();
                    send(boss, told);
                });
        assertReceive(Done.class);
        send(dying, new Go());
        assertThat(awaitDown(unlinker.monitor())).isEqualTo(NORMAL);
        assertReceive(Boolean.class);
    }

    private static void play(Pid one, Pid other, List<Boolean> left, List<Boolean> right) {
        send(one, new Play(other, left, self()));
        send(other, new Play(one, right, self()));
        assertReceive(Done.class);
        assertReceive(Done.class);
    }

    /// Links (true) and unlinks (false) as told. Traps, so that it outlives its peer.
    private static Pid player() {
        Pid boss = self();
        Pid player =
                spawn(() -> {
                    trapExits(true);
                    send(boss, new Done());
                    while (true) {
                        Play play = receive(Play.class);
                        for (boolean link : play.links()) {
                            if (link) {
                                link(play.peer());
                            } else {
                                unlink(play.peer());
                            }
                        }
                        send(play.boss(), new Done());
                    }
                });
        assertReceive(Done.class);
        return player;
    }
}
