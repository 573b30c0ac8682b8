package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.SchedulerLoad.Duty;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Table;
import dev.bureau.otp.TableName;
import dev.bureau.testkit.ProcessTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@ProcessTest
class SystemViewsTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final TableName<String, Integer> HITS = new TableName<>("hits");
    private static final AtomicBoolean STOP = new AtomicBoolean();

    private static Observer observer() {
        return Observer.of(node());
    }

    @Test
    void tablesAreListedTheLargestFirst() {
        Table<String, Integer> hits = Table.set(HITS, Table.Access.PRIVATE);
        Table<Integer, Integer> other = Table.orderedSet();
        for (int i = 0; i < 10; i++) hits.insert("page " + i, i);
        TableList tables = observer().tables();
        assertThat(tables.total()).isEqualTo(2);
        TableList.Row first = tables.rows().getFirst();
        assertThat(first.info().name()).contains("hits");
        assertThat(first.info().owner()).isEqualTo(self());
        assertThat(first.info().size()).isEqualTo(10);
        assertThat(first.memory()).isGreaterThan(tables.rows().getLast().memory());
        assertThat(tables.toString()).contains("Table[hits]  set").contains("private");
        hits.delete();
        other.delete();
        assertThat(observer().tables().rows()).isEmpty();
    }

    @Test
    void namesAndRegistriesAreListed() {
        Pid clerk = spawnLink(() -> receive(Integer.class));
        register("clerk", clerk);
        startSupervised(Registry.childSpec("sessions", Registry.DUPLICATE));
        for (int i = 0; i < 150; i++) Registry.register("sessions", "topic", "secret");
        RegistryList list = observer().registry();
        assertThat(list.names()).contains(new RegistryList.LocalName("clerk", clerk));
        assertThat(list.totalNames()).isEqualTo(2);
        RegistryList.OfRegistry sessions = list.registries().getFirst();
        assertThat(sessions.size()).isEqualTo(150);
        assertThat(sessions.entries()).hasSize(100);
        assertThat(sessions.entries().getFirst())
                .isEqualTo(new RegistryList.Entry("topic", self()));
        assertThat(list.toString())
                .contains("registry sessions, duplicate keys, 150 entries")
                .endsWith("and 100 more")
                .doesNotContain("secret");
    }

    @Test
    void schedulersSayWhatTheyRun() {
        Pid burner =
                spawnLink(() -> {
                    while (true) self();
                });
        SchedulerLoad load;
        do {
            load = observer().schedulers(SHORT);
        } while (load.utilisation() == 0);
        assertThat(load.schedulers()).isEqualTo(node().schedulers());
        assertThat(load.carriers().stream().filter(each -> each.duty() == Duty.LANE))
                .hasSize(node().schedulers())
                .allMatch(carrier -> carrier.utilisation() <= 1);
        assertThat(load.toString()).contains("-carrier-0  lane 0").contains(" used in ");
        unlink(burner);
        exit(burner, dev.bureau.kernel.ExitReason.KILL);
        assertThatThrownBy(() -> observer().schedulers(Duration.ofHours(1)))
                .hasMessageContaining("got: PT1H");
    }

    /// A loop that nobody wove keeps its carrier; others get a spare.
    @Test
    void aCarrierThatDoesNotComeBackIsMarked() {
        STOP.set(false);
        try (Node small = Node.start(Node.options().schedulers(1))) {
            Pid deaf =
                    small.spawn(() -> {
                        while (!STOP.get()) Thread.onSpinWait();
                    });
            SchedulerLoad.Carrier away = null;
            while (away == null) {
                // Somebody must wait for the carrier.
                small.spawn(() -> {});
                away =
                        Observer.of(small).schedulers(SHORT).carriers().stream()
                                .filter(carrier -> carrier.duty() == Duty.AWAY)
                                .findFirst()
                                .orElse(null);
            }
            assertThat(away.running()).contains(deaf);
            assertThat(away.away()).isPositive();
            STOP.set(true);
        }
    }

    @Test
    void samplesAreShared() {
        Observer observer = observer();
        try (var _ = observer.sample(Duration.ofMillis(100));
                var _ = observer.sample(Duration.ofSeconds(10))) {
            Top first = observer.top(1);
            Top next;
            do {
                next = observer.top(1);
            } while (next.window().equals(first.window()));
            assertThat(next.window()).isGreaterThanOrEqualTo(Duration.ofMillis(99));
            assertThat(next.processes()).isPositive();
        }
        assertThatThrownBy(() -> observer.sample(Duration.ofMillis(1)))
                .hasMessageContaining("expected a period of 100 milliseconds or more");
    }
}
