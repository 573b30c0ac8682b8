package dev.bureau.conformance;

import static dev.bureau.conformance.Staff.idle;
import static dev.bureau.conformance.Staff.waiting;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Timeout;
import dev.bureau.kernel.TimerCancelled;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/// Timers: OTP's items TM-01 to TM-08.
class TimersTest {
    /// How late a message may be: two ticks in virtual time; in real time as late as a busy machine makes it.
    private static Duration latest(Duration deadline) {
        return deadline.plus(isSimulated() ? ofMillis(2) : ofSeconds(3));
    }

    @Nested
    class AMessage {
        @Scenario
        @Otp("TM-01")
        void isSentBareOrWithItsTimer() {
            Ref bare = sendAfter(self(), "tea", ofMillis(3));
            assertThat(receive()).isEqualTo("tea");
            Ref wrapped = startTimer(self(), "tea", ofMillis(3));
            assertThat(receive()).isEqualTo(new Timeout(wrapped, "tea"));
            assertThat(bare).isNotEqualTo(wrapped);
        }

        @Scenario
        @Otp("TM-02")
        void isNeverEarlyAndNotMuchLate() {
            for (int millis : new int[] {1, 5, 20, isSimulated() ? 100_000 : 50}) {
                Duration delay = ofMillis(millis);
                Duration begin = now();
                sendAfter(self(), millis, delay);
                assertThat(receive(int.class, latest(delay))).isEqualTo(millis);
                assertThat(now().minus(begin)).isBetween(delay, latest(delay));
            }
        }

        @Scenario
        @Otp("TM-02")
        void canBeSetForAPointOfTheClock() {
            long begin = monotonicTime();
            long due = begin + ofMillis(20).toNanos();
            Ref later = startTimerAt(self(), "later", due + ofMillis(5).toNanos());
            sendAt(self(), "due", due);
            assertThat(readTimer(later).orElseThrow()).isBetween(ofMillis(0), ofMillis(25));
            assertThat(receive(String.class, latest(ofMillis(20)))).isEqualTo("due");
            assertThat(monotonicTime()).isGreaterThanOrEqualTo(due);
            assertThat(receive(later, Timeout.class, latest(ofMillis(5))).message())
                    .isEqualTo("later");
            assertThat(monotonicTime()).isGreaterThanOrEqualTo(due + ofMillis(5).toNanos());
        }

        @Scenario
        @Otp("TM-02")
        void forAPointThatIsOverComesAtOnce() {
            sendAt(self(), "over", monotonicTime() - ofSeconds(1).toNanos());
            sendAt(self(), "long over", Long.MIN_VALUE / 2);
            assertReceive("over");
            assertReceive("long over");
            Ref cancelled = sendAt(self(), "cancelled", monotonicTime() + ofSeconds(1).toNanos());
            assertThat(cancelTimer(cancelled)).isPresent();
            refuteReceive(Object.class);
        }

        /// Steps from point to point do not add up how late each of them was.
        @Scenario
        @Otp("TM-02")
        void fromPointToPointDoesNotDrift() {
            long begin = monotonicTime();
            long next = begin;
            for (int i = 0; i < 10; i++) {
                next += ofMillis(2).toNanos();
                sendAt(self(), i, next);
                assertReceive(i);
            }
            Duration passed = Duration.ofNanos(monotonicTime() - begin);
            assertThat(passed).isBetween(ofMillis(20), latest(ofMillis(20)));
        }

        @Scenario
        @Otp("TM-02")
        void comesInTheOrderOfDeadlinesAlsoWhenSetTheOtherWayRound() {
            Random random = new Random(4);
            List<Integer> delays = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int delay = 2 * random.nextInt(isSimulated() ? 5_000 : 30);
                delays.add(delay);
                sendAfter(self(), delay, ofMillis(delay + 30));
            }
            List<Integer> got = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                got.add(receive(int.class, ofSeconds(20)));
            }
            if (isSimulated()) {
                assertThat(got).isSorted();
            }
            assertThat(got).containsExactlyInAnyOrderElementsOf(delays);
        }

        /// Far beyond the first turns of the wheel.
        @Scenario
        @Otp("TM-02")
        void ofAFarTimerComesInItsTime() {
            Ref far = sendAfter(self(), "far", Duration.ofDays(60));
            Ref never = sendAfter(self(), "never", Duration.ofNanos(Long.MAX_VALUE));
            assertThat(readTimer(far).orElseThrow()).isGreaterThan(Duration.ofDays(59));
            if (isSimulated()) {
                Duration begin = now();
                assertThat(receive(String.class, Duration.ofDays(61))).isEqualTo("far");
                assertThat(now().minus(begin))
                        .isBetween(Duration.ofDays(60), latest(Duration.ofDays(60)));
            } else {
                assertThat(cancelTimer(far).orElseThrow()).isGreaterThan(Duration.ofDays(59));
            }
            assertThat(cancelTimer(never)).isPresent();
            refuteReceive(String.class);
        }

        @Scenario
        @Otp("TM-03")
        void ofOneDeadlineComesInTheOrderOfSetting() {
            Pid other =
                    spawn(() -> {
                        for (int i = 0; i < 30; i++) {
                            assertReceive(i);
                        }
                    });
            Ref monitor = monitor(other);
            // One deadline, as precise as it can be asked for: zero, many times within a tick.
            for (int i = 0; i < 30; i++) {
                sendAfter(other, i, Duration.ZERO);
            }
            assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
        }

        /// What is sent is what it was when the timer was set, and nobody else's.
        @Scenario
        @Otp("TM-01")
        void isIsolatedWhenTheTimerIsSet() {
            List<String> mine = new ArrayList<>(List.of("a"));
            sendAfter(self(), mine, ofMillis(1));
            Ref wrapped = startTimer(self(), Map.of("list", mine), ofMillis(2));
            mine.add("too late");
            assertThat((Object) receive(ArrayList.class)).isEqualTo(List.of("a"));
            assertThat(receive(wrapped, Timeout.class).message())
                    .isEqualTo(Map.of("list", List.of("a")));
            assertThatThrownBy(() -> sendAfter(self(), new Random(), ofMillis(1)))
                    .isInstanceOf(NotShareableException.class);
            refuteReceive(Object.class);
        }
    }

    @Nested
    class Cancelling {
        @Scenario
        @Otp("TM-04")
        void returnsWhatWasLeftAndTheMessageNeverComes() {
            Ref timer = sendAfter(self(), "x", ofMillis(40));
            assertThat(readTimer(timer).orElseThrow()).isBetween(Duration.ZERO, ofMillis(40));
            assertThat(cancelTimer(timer).orElseThrow()).isBetween(Duration.ZERO, ofMillis(40));
            assertThat(cancelTimer(timer)).isEmpty();
            assertThat(readTimer(timer)).isEmpty();
            refuteReceive(String.class, ofMillis(60));
        }

        @Scenario
        @Otp("TM-04")
        void isTooLateAfterItFiredAndForWhatIsNoTimer() {
            Ref timer = sendAfter(self(), "x", ofMillis(1));
            assertReceive("x");
            assertThat(cancelTimer(timer)).isEmpty();
            assertThat(readTimer(timer)).isEmpty();
            assertThat(cancelTimer(ref())).isEmpty();
            assertThat(readTimer(monitor(idle()))).isEmpty();
        }

        @Scenario
        @Otp("TM-04")
        void mayBeDoneByAnyProcess() {
            Pid boss = self();
            Ref timer = sendAfter(self(), "x", ofSeconds(1));
            spawn(() -> {
                send(boss, readTimer(timer).isPresent());
                send(boss, cancelTimer(timer).isPresent());
                send(boss, cancelTimer(timer).isPresent());
            });
            assertReceive(true);
            assertReceive(true);
            assertReceive(false);
            refuteReceive(String.class, ofMillis(5));
        }

        /// Cancelled as it fires: either what was left and no message, or too late and exactly one.
        @Scenario(outcomes = {"cancelled", "fired"})
        @Otp("TM-04")
        void thatRacesWithFiringHasOneWinner() {
            Ref timer = sendAfter(self(), "x", ofMillis(3));
            sleep(ofMillis(3).minusNanos(5_000));
            Optional<Duration> left = cancelTimer(timer);
            if (left.isPresent()) {
                observe("cancelled");
            } else {
                observe("fired");
                assertReceive("x");
            }
            refuteReceive(String.class, ofMillis(2));
        }

        /// Several cancel at once: one of them has stopped it.
        @Scenario
        @Otp("TM-04")
        void bySeveralAtOnceSucceedsForOne() {
            Pid boss = self();
            Ref timer = sendAfter(self(), "x", ofSeconds(2));
            for (int i = 0; i < 3; i++) {
                spawn(() -> send(boss, cancelTimer(timer).isPresent()));
            }
            int stopped = 0;
            for (int i = 0; i < 3; i++) {
                stopped += receive(Boolean.class) ? 1 : 0;
            }
            assertThat(stopped).isEqualTo(1);
            refuteReceive(String.class, ofMillis(3));
        }

        @Scenario
        @Otp("TM-05")
        void neverWaitsSoWhoWantsNoAnswerIgnoresIt() {
            cancelTimer(sendAfter(self(), "x", ofSeconds(1)));
            Ref fired = sendAfter(self(), "y", ofMillis(1));
            assertReceive("y");
            cancelTimer(fired);
            refuteReceive(Object.class, ofMillis(3));
        }

        @Scenario
        @Otp("TM-05")
        void canAnswerByMessage() {
            Ref timer = sendAfter(self(), "x", ofSeconds(1));
            readTimerAsync(timer);
            TimerCancelled read = receive(timer, TimerCancelled.class);
            assertThat(read.ref()).isEqualTo(timer);
            assertThat(read.left().orElseThrow()).isBetween(Duration.ZERO, ofSeconds(1));
            cancelTimerAsync(timer);
            assertThat(receive(timer, TimerCancelled.class).left()).isPresent();
            cancelTimerAsync(timer);
            assertReceive(new TimerCancelled(timer, Optional.empty()));
            readTimerAsync(timer);
            assertReceive(new TimerCancelled(timer, Optional.empty()));
            refuteReceive(Object.class, ofMillis(3));
        }
    }

    @Nested
    class TheEnd {
        @Scenario
        @Otp("TM-06")
        void ofWhoSetItDoesNotStopIt() {
            Pid boss = self();
            Pid setter =
                    spawn(() -> {
                        Ref timer = sendAfter(boss, "from the dead", ofMillis(20));
                        send(boss, timer);
                    });
            Ref timer = receive(Ref.class);
            awaitDown(setter);
            assertThat(readTimer(timer)).isPresent();
            assertReceive("from the dead");
        }

        @Scenario
        @Otp("TM-06")
        void ofTheProcessItIsForStopsIt() {
            Pid target = waiting();
            Ref timer = sendAfter(target, "x", ofSeconds(1));
            Ref wrapped = startTimer(target, "x", ofSeconds(1));
            assertThat(readTimer(timer)).isPresent();
            Ref monitor = monitor(target);
            send(target, new Go());
            awaitDown(monitor);
            assertThat(readTimer(timer)).isEmpty();
            assertThat(cancelTimer(timer)).isEmpty();
            assertThat(cancelTimer(wrapped)).isEmpty();
        }

        /// By a name it is for whoever has it when it fires.
        @Scenario
        @Otp("TM-06")
        @Otp("N-03")
        void ofWhoHasTheNameItIsForDoesNot() {
            Pid target = waiting();
            register("desk", target);
            // Long enough for a slow machine to come to the successor before.
            Ref timer = sendAfter(Name.local("desk"), "x", ofMillis(300));
            Ref monitor = monitor(target);
            send(target, new Go());
            awaitDown(monitor);
            assertThat(readTimer(timer)).isPresent();
            register("desk", self());
            assertReceive("x");
        }

        /// Timers for the dead are silent, however many.
        @Scenario
        @Otp("TM-06")
        void ofTheirTargetHarmsNoOtherTimers() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            for (int i = 0; i < 20; i++) {
                sendAfter(dead, i, ofMillis(i % 3));
            }
            sendAfter(self(), "alive", ofMillis(3));
            assertReceive("alive");
        }
    }

    @Nested
    class TheTime {
        @Scenario
        @Otp("TM-07")
        void thatIsNegativeIsRefused() {
            Duration negative = Duration.ofNanos(-1);
            assertThatThrownBy(() -> sendAfter(self(), "x", negative))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("zero or more");
            assertThatThrownBy(() -> startTimer(self(), "x", negative))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sendInterval(self(), "x", negative))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sendInterval(self(), "x", Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sleep(negative)).isInstanceOf(IllegalArgumentException.class);
            refuteReceive(Object.class);
        }

        /// Not a call to oneself: what this process does next comes first, or the clock's thread is faster.
        @Scenario
        @Otp("TM-07")
        void ofZeroFiresSoonByMessage() {
            sendAfter(self(), "timer", Duration.ZERO);
            send(self(), "sent");
            List<String> got = new ArrayList<>();
            got.add(receive(String.class, ofSeconds(3)));
            got.add(receive(String.class, ofSeconds(3)));
            assertThat(got).containsExactlyInAnyOrder("timer", "sent");
        }
    }

    @Nested
    class AnInterval {
        @Scenario
        @Otp("TM-08")
        void sendsAgainAndAgainUntilItIsCancelled() {
            Duration begin = now();
            Ref interval = sendInterval(self(), "tick", ofMillis(5));
            for (int i = 1; i <= 4; i++) {
                assertReceive("tick");
                assertThat(now().minus(begin)).isGreaterThanOrEqualTo(ofMillis(5L * i));
            }
            assertThat(cancelTimer(interval)).isPresent();
            // One may have been on its way, and on a slow machine some have come before.
            sleep(ofMillis(isSimulated() ? 1 : 30));
            while (poll(String.class).isPresent()) {}
            refuteReceive(String.class, ofMillis(20));
            assertThat(cancelTimer(interval)).isEmpty();
        }

        /// Its period does not stretch by what its receiver needs for each.
        @Scenario
        @Otp("TM-08")
        void keepsItsBeat() {
            Duration begin = now();
            Ref interval = sendInterval(self(), "tick", ofMillis(10));
            for (int i = 0; i < 5; i++) {
                assertReceive("tick");
                sleep(ofMillis(7));
            }
            cancelTimer(interval);
            if (isSimulated()) {
                assertThat(now().minus(begin)).isLessThan(ofMillis(62));
            }
        }

        @Scenario
        @Otp("TM-08")
        void endsWithItsTarget() {
            Pid target = waiting();
            Ref interval = sendInterval(target, "tick", ofMillis(2));
            sleep(ofMillis(9));
            assertThat(info(target).orElseThrow().messageQueueLength()).isPositive();
            Ref monitor = monitor(target);
            send(target, new Go());
            awaitDown(monitor);
            assertThat(readTimer(interval)).isEmpty();
            assertThat(cancelTimer(interval)).isEmpty();
        }

        /// As in OTP 25: for a name, it belongs to who has it when the interval begins, and ends with that process.
        @Scenario
        @Otp("TM-08")
        void toANameEndsWithWhoHadIt() {
            Pid target = waiting();
            register("desk", target);
            sendInterval(Name.local("desk"), "tick", ofMillis(2));
            sleep(ofMillis(9));
            assertThat(info(target).orElseThrow().messageQueueLength()).isPositive();
            Ref monitor = monitor(target);
            send(target, new Go());
            awaitDown(monitor);
            register("desk", self());
            refuteReceive(String.class, ofMillis(10));
        }

        @Scenario
        @Otp("TM-08")
        void outlivesWhoSetIt() {
            Pid boss = self();
            Pid setter =
                    spawn(() -> {
                        Ref interval = sendInterval(boss, "tick", ofMillis(2));
                        send(boss, interval);
                    });
            Ref interval = receive(Ref.class);
            awaitDown(setter);
            for (int i = 0; i < 3; i++) {
                assertReceive("tick");
            }
            cancelTimer(interval);
        }

        @Scenario
        @Otp("TM-08")
        void sendsAMessageOfItsOwnEachTime() {
            Ref interval = sendInterval(self(), new HashMap<>(Map.of("n", 1)), ofMillis(1));
            for (int i = 0; i < 3; i++) {
                @SuppressWarnings("unchecked")
                Map<String, Integer> one = receive(HashMap.class);
                assertThat(one).isEqualTo(Map.of("n", 1));
                one.put("n", 2);
            }
            cancelTimer(interval);
        }
    }

    /// Thousands of timers set and cancelled by several processes: each comes once, or not at all if it was cancelled.
    @Nested
    class Many {
        record Numbered(int setter, int number) {}

        @Scenario(runs = 3)
        @Otp("TM-04")
        void areNeitherLostNorDoubled() {
            Pid boss = self();
            int setters = 4;
            int each = isSimulated() ? 30 : 500;
            for (int s = 0; s < setters; s++) {
                int setter = s;
                spawn(() -> {
                    Random random = new Random(setter);
                    int cancelled = 0;
                    for (int i = 0; i < each; i++) {
                        Ref timer =
                                sendAfter(
                                        boss,
                                        new Numbered(setter, i),
                                        ofMillis(random.nextInt(30)));
                        if (random.nextInt(3) == 0) {
                            sleep(ofMillis(random.nextInt(2)));
                            cancelled += cancelTimer(timer).isPresent() ? 1 : 0;
                        }
                    }
                    send(boss, cancelled);
                });
            }
            int expected = setters * each;
            for (int s = 0; s < setters; s++) {
                expected -= receive(int.class, ofSeconds(15));
            }
            List<Numbered> got = new ArrayList<>();
            for (int i = 0; i < expected; i++) {
                got.add(receive(Numbered.class, ofSeconds(5)));
            }
            refuteReceive(Numbered.class, ofMillis(40));
            assertThat(got).doesNotHaveDuplicates();
        }
    }
}
