package dev.bureau.conformance;

import static dev.bureau.conformance.Registrants.*;
import static dev.bureau.conformance.Staff.custom;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NORMAL;
import static dev.bureau.otp.Registry.DUPLICATE;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.otp.Registry.partitions;
import static dev.bureau.otp.Registry.withMeta;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Registrants.Tried;
import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Registry.Keys;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/// What becomes of a registry when parts of it crash: Elixir's item R-12.
class RegistryCrashTest {

    @Nested
    @Otp("R-12")
    class ItsSupervisor {
        @Scenario(seeds = 100)
        void answersAsAllSupervisorsDo() {
            for (Keys kind : KINDS) {
                Pid registry = Registry.startLink(kind.name(), kind, partitions(2));
                registered(kind.name(), "hello", 1);
                assertThat(Supervisor.whichChildren(registry))
                        .extracting(ChildInfo::id)
                        .containsExactly(1, 0);
                assertThat(Supervisor.countChildren(kind.name()))
                        .isEqualTo(new ChildCount(2, 2, 0, 2));
                assertThat(Supervisor.childSpec(registry, 1).orElseThrow().id()).isEqualTo(1);
                assertThat((List<?>) Sys.getState(registry)).hasSize(2);
                Ref end = monitor(registry);
                Supervisor.stop(kind.name());
                assertThat(awaitDown(end)).isEqualTo(NORMAL);
                assertThatThrownBy(() -> Registry.count(kind.name()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("unknown registry");
            }
        }

        @Scenario(seeds = 100)
        void keepsTheRegistryWhenItsCodeChanges() {
            Pid registry = Registry.startLink("names", UNIQUE, withMeta("kept", 1));
            Pid one = registered("names", "hello", 1);
            Sys.suspend(registry);
            Sys.changeCode(registry, "old", null);
            Sys.resume(registry);
            assertThat(Registry.lookup("names", "hello")).containsExactly(entry("hello", one, 1));
            assertThat(Registry.meta("names", "kept")).contains(1);
        }
    }

    @Nested
    @Otp("R-10")
    @Otp("R-12")
    class APartitionThatIsStoppedByHand {
        private static Object idOf(Pid registry, Pid partition) {
            return Supervisor.whichChildren(registry).stream()
                    .filter(child -> child.pid().filter(partition::equals).isPresent())
                    .findFirst()
                    .orElseThrow()
                    .id();
        }

        /// Registrants until both kinds are there: of this partition, and of others.
        private static Map<Boolean, List<Tried>> registrants(String registry, Pid partition) {
            Map<Boolean, List<Tried>> all =
                    Map.of(true, new ArrayList<>(), false, new ArrayList<>());
            for (int i = 0; all.get(true).size() < 2 || all.get(false).size() < 4; i++) {
                Tried next = registering(registry, "key " + i, i);
                all.get(next.outcome().orThrow().equals(partition)).add(next);
            }
            return all;
        }

        @Scenario(seeds = 100)
        void takesTheEntriesOfItsProcessesAndNoOthers() {
            trapExits(true);
            for (Keys kind : KINDS) {
                String names = kind.name();
                Pid registry = Registry.startLink(names, kind, partitions(3), withMeta("kept", 1));
                Pid partition = Registry.register(names, "mine", 1).orThrow();
                Object id = idOf(registry, partition);
                Map<Boolean, List<Tried>> all = registrants(names, partition);
                List<Registry.Entry> kept = new ArrayList<>();
                for (Tried other : all.get(false)) kept.addAll(entriesOf(names, other.by()));
                assertThat(kept).hasSize(all.get(false).size());
                List<Object> taken = new ArrayList<>();
                List<Ref> ends = new ArrayList<>();
                for (Tried victim : all.get(true)) {
                    taken.addAll(Registry.keys(names, victim.by()));
                    ends.add(monitor(victim.by()));
                }

                assertThat(Supervisor.terminateChild(registry, id)).isTrue();
                for (Ref end : ends) assertThat(awaitDown(end)).isEqualTo(SHUTDOWN);
                assertReceive(new Exit(partition, SHUTDOWN));
                assertThat(Registry.select(names)).containsAll(kept);

                Pid next = ((ChildResult.Started) Supervisor.restartChild(registry, id)).pid();
                assertThat(Registry.select(names)).containsExactlyInAnyOrderElementsOf(kept);
                assertThat(Registry.count(names)).isEqualTo(kept.size());
                assertThat(Registry.keys(names, self())).isEmpty();
                for (Registry.Entry entry : kept) {
                    assertThat(Registry.keys(names, entry.pid())).containsExactly(entry.key());
                    assertThat(Registry.lookup(names, entry.key())).containsExactly(entry);
                }
                assertThat(Registry.register(names, "mine", 2).orThrow()).isEqualTo(next);
                assertThat(Registry.lookup(names, "mine"))
                        .containsExactly(entry("mine", self(), 2));
                for (Object key : taken) registered(names, key, "again");
                // What stays is still taken out when its process ends.
                endAndAwait(kept.getFirst().pid());
                eventually(() -> Registry.lookup(names, kept.getFirst().key()).isEmpty());
                eventually(() -> Registry.count(names) == kept.size() + taken.size());
                assertThat(Registry.meta(names, "kept")).contains(1);
            }
        }

        private static List<Registry.Entry> entriesOf(String names, Pid pid) {
            return Registry.select(names).stream()
                    .filter(entry -> entry.pid().equals(pid))
                    .toList();
        }

        @Scenario(seeds = 100)
        void isMissedUntilAllRunAgain() {
            trapExits(true);
            for (Keys kind : KINDS) {
                String names = kind.name();
                Pid registry = Registry.startLink(names, kind, partitions(3));
                Pid partition = Registry.register(names, "mine", 1).orThrow();
                List<Tried> others = registrants(names, partition).get(false);
                Tried kept = others.getFirst();
                Object id = idOf(registry, kept.outcome().orThrow());
                for (int i = 0; i < 3; i++) {
                    if (!id.equals(i)) Supervisor.terminateChild(registry, i);
                }
                assertReceive(new Exit(partition, SHUTDOWN));
                for (int i = 2; i >= 0; i--) Supervisor.restartChild(registry, i);
                assertThat(Registry.select(names))
                        .contains(entriesOf(names, kept.by()).getFirst())
                        .allMatch(entry ->
                                others.stream()
                                        .filter(other -> other.by().equals(entry.pid()))
                                        .allMatch(other -> other.outcome().equals(kept.outcome())));
                assertThat(Registry.keys(names, self())).isEmpty();
                Registry.register(names, "mine", 2).orThrow();
            }
        }
    }

    @Nested
    @Otp("R-12")
    class ACrash {
        @Scenario(seeds = 300)
        void ofAPartitionIsFatalToWhoIsLinkedAndLeavesAnEmptyRegistry() {
            withEach(
                    KINDS,
                    (names, _) -> {
                        Tried one = registering(names, "hello", 1);
                        Ref end = monitor(one.by());
                        Pid partition = one.outcome().orThrow();
                        exit(partition, KILL);
                        assertThat(awaitDown(end)).isEqualTo(KILLED);
                        eventually(() -> Registry.count(names) == 0);
                        Pid next = registered(names, "hello", 2);
                        assertThat(Registry.lookup(names, "hello"))
                                .containsExactly(entry("hello", next, 2));
                        assertThat(whereis(names)).isPresent();
                    });
        }

        @Scenario(seeds = 300)
        void ofAPartitionTakesTheOthersAlongUnlessEachHasItsEntriesForItself() {
            for (Keys kind : KINDS) {
                Registry.startLink(kind.name(), kind, partitions(3), withMeta("kept", 1));
                Tried one = registering(kind.name(), "one", 1);
                Tried other = one;
                int tries = 0;
                while (other.outcome().equals(one.outcome())) {
                    other = registering(kind.name(), "other " + tries, 2);
                    tries++;
                }
                Ref end = monitor(other.by());
                Pid partition = one.outcome().orThrow();
                exit(partition, KILL);
                if (kind == DUPLICATE) {
                    eventually(() -> Registry.keys(kind.name(), one.by()).isEmpty());
                    assertThat(isAlive(other.by())).isTrue();
                    assertThat(Registry.keys(kind.name(), other.by())).hasSize(1);
                    assertThat(Registry.select(kind.name()))
                            .contains(entry("other " + (tries - 1), other.by(), 2));
                } else {
                    assertThat(awaitDown(end)).isEqualTo(SHUTDOWN);
                    eventually(() -> Registry.count(kind.name()) == 0);
                }
                assertThat(Registry.meta(kind.name(), "kept")).contains(1);
                registered(kind.name(), "new", 3);
            }
        }

        @Scenario(seeds = 300)
        void isToldToWhoTrapsAndItCanRegisterAgain() {
            Registry.startLink("names", UNIQUE);
            trapExits(true);
            Pid partition = Registry.register("names", "hello").orThrow();
            exit(partition, KILL);
            assertReceive(new Exit(partition, KILLED));
            eventually(() -> Registry.keys("names", self()).isEmpty());
            Pid next = Registry.register("names", "hello").orThrow();
            assertThat(next).isNotEqualTo(partition);
            assertThat(Registry.whereis("names", "hello")).contains(self());
        }

        @Scenario(seeds = 300)
        void ofTheWholeRegistryIsTheEndOfIt() {
            trapExits(true);
            withEach(
                    KINDS,
                    (names, _) -> {
                        Pid registry = whereis(names).orElseThrow();
                        Ref end = monitor(registered(names, "hello", 1));
                        exit(registry, KILL);
                        assertReceive(new Exit(registry, KILLED));
                        assertThat(awaitDown(end)).isEqualTo(KILLED);
                        assertThatThrownBy(() -> Registry.lookup(names, "hello"))
                                .hasMessageStartingWith("unknown registry");
                        Registry.startLink(names, UNIQUE);
                        assertThat(Registry.count(names)).isZero();
                    });
        }

        @Scenario(seeds = 300)
        void ofWhoStartedItEndsIt() {
            Pid boss = self();
            Spawned starter =
                    spawnMonitor(() -> {
                        Registry.startLink("names", UNIQUE, partitions(2));
                        Registry.register("names", "mine");
                        send(boss, new Go());
                        exit(receive(String.class));
                    });
            assertReceive(Go.class);
            Ref end = monitor(whereis("names").orElseThrow());
            Ref registrant = monitor(registered("names", "hello", 1));
            send(starter.pid(), "over");
            assertThat(awaitDown(end)).isEqualTo(custom("over"));
            assertThat(awaitDown(registrant)).isIn(custom("over"), SHUTDOWN);
            assertThatThrownBy(() -> Registry.lookup("names", "hello"))
                    .hasMessageStartingWith("unknown registry");
        }

        @Scenario(seeds = 100)
        void tooManyEndIt() {
            trapExits(true);
            Pid registry = Registry.startLink("names", UNIQUE);
            for (int i = 0; i < 4; i++) {
                assertThat(whereis("names")).contains(registry);
                Pid partition = Registry.register("names", "hello").orThrow();
                exit(partition, KILL);
                // The registry's own end may be told before: these are two senders.
                assertReceive(Exit.class, exit -> exit.from().equals(partition));
                int last = i;
                eventually(() -> last == 3 || Registry.keys("names", self()).isEmpty());
            }
            assertReceive(new Exit(registry, SHUTDOWN));
            assertThatThrownBy(() -> Registry.count("names"))
                    .hasMessageStartingWith("unknown registry");
        }

        @Scenario(seeds = 100)
        void longAgoIsForgotten() {
            if (!isSimulated()) {
                // Five seconds.
                return;
            }
            trapExits(true);
            Pid registry = Registry.startLink("names", UNIQUE);
            for (int i = 0; i < 8; i++) {
                Pid partition = Registry.register("names", "hello").orThrow();
                exit(partition, KILL);
                assertReceive(new Exit(partition, KILLED));
                eventually(() -> Registry.keys("names", self()).isEmpty());
                sleep(ofSeconds(2));
            }
            assertThat(isAlive(registry)).isTrue();
        }
    }
}
