package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.ONE_FOR_ONE;
import static dev.bureau.otp.Supervisor.supervisor;
import static dev.bureau.otp.Supervisor.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.otp.Agent;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.ChildSpec.Shutdown;
import dev.bureau.otp.ChildSpec.Type;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.Registry;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.TaskSupervisor;
import dev.bureau.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Each kind of process as a child, in one line.
class ChildSpecsTest {
    record Lamp() implements StateMachine<String, String> {
        @Override
        public Step.First<String> init() {
            return to("off");
        }

        @Override
        public Step<String> handle(String state, String event) {
            return to(event);
        }
    }

    @Scenario
    void everyKindIsAChildUnderItsName() {
        var boss =
                Supervisor.startLink(
                        ONE_FOR_ONE,
                        worker("clerk", Clerk.plain()),
                        worker("lamp", new Lamp()),
                        Agent.childSpec("count", () -> 0),
                        EventManager.childSpec("alarms"),
                        Registry.childSpec("rooms", Registry.UNIQUE),
                        DynamicSupervisor.childSpec("guests"),
                        TaskSupervisor.childSpec("errands"),
                        PartitionSupervisor.childSpec(
                                "desks",
                                _ -> DynamicSupervisor.childSpec(DynamicSupervisor.flags())));
        var children =
                Supervisor.whichChildren(boss).stream()
                        .collect(Collectors.toMap(ChildInfo::id, ChildInfo::type));
        assertThat(children)
                .isEqualTo(
                        Map.of(
                                "clerk", Type.WORKER,
                                "lamp", Type.WORKER,
                                "count", Type.WORKER,
                                "alarms", Type.WORKER,
                                "rooms", Type.SUPERVISOR,
                                "guests", Type.SUPERVISOR,
                                "errands", Type.SUPERVISOR,
                                "desks", Type.SUPERVISOR));
        for (var child : Supervisor.whichChildren(boss)) {
            assertThat(whereis((String) child.id())).isEqualTo(child.pid()).isPresent();
        }
        assertThat(PartitionSupervisor.partitions("desks")).isEqualTo(node().schedulers());
        Supervisor.stop(boss);
    }

    record Shop(int clerks) implements Supervisor {
        @Override
        public Plan init() {
            List<ChildSpec> all = new ArrayList<>();
            for (int i = 0; i < clerks; i++) all.add(new Lamp().childSpec().id(i));
            return supervise(ONE_FOR_ONE, all);
        }
    }

    record Guests(int most) implements DynamicSupervisor {
        @Override
        public Plan init() {
            return supervise(DynamicSupervisor.flags().maxChildren(most));
        }
    }

    @Scenario
    void aSupervisorIsAChildOfAnother() {
        var boss =
                Supervisor.startLink(
                        ONE_FOR_ONE,
                        supervisor("lamps", ONE_FOR_ONE, worker("lamp", new Lamp())),
                        supervisor("shop", new Shop(2)),
                        new Shop(3).childSpec(),
                        DynamicSupervisor.childSpec("guests", new Guests(0)),
                        new Guests(0).childSpec(),
                        PartitionSupervisor.childSpec("desks", 3, _ -> new Guests(1).childSpec()));
        for (var child : Supervisor.whichChildren(boss)) {
            assertThat(child.type()).isEqualTo(Type.SUPERVISOR);
            ChildSpec spec = Supervisor.childSpec(boss, child.id()).orElseThrow();
            assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
            assertThat(spec.shutdown()).isEqualTo(new Shutdown.Unlimited());
        }
        for (var name : List.of("lamps", "shop", "guests", "desks")) {
            assertThat(Supervisor.whichChild(boss, name).orElseThrow().pid())
                    .isEqualTo(whereis(name))
                    .isPresent();
        }
        assertThat(Supervisor.countChildren("lamps").active()).isEqualTo(1);
        assertThat(Supervisor.countChildren("shop").active()).isEqualTo(2);
        var other = Supervisor.whichChild(boss, Shop.class.getName()).orElseThrow();
        assertThat(Supervisor.countChildren(other.pid().orElseThrow()).active()).isEqualTo(3);
        assertThat(Supervisor.whichChild(boss, Guests.class.getName())).isPresent();
        assertThat(PartitionSupervisor.partitions("desks")).isEqualTo(3);
        Supervisor.stop(boss);
    }

    @Scenario(runs = 1)
    void withoutANameTheIdIsTheClass() {
        assertThat(new Lamp().childSpec().id()).isEqualTo(Lamp.class.getName());
        assertThat(DynamicSupervisor.childSpec(DynamicSupervisor.flags()).id())
                .isEqualTo(DynamicSupervisor.class.getName());
    }

    @Scenario(runs = 1)
    void aStartThatOnlyThrowsNeedsNoCast() {
        ChildSpec broken =
                ChildSpec.worker(
                        "broken",
                        () -> {
                            throw new IllegalStateException("no paper");
                        });
        trapExits(true);
        var none = Supervisor.starter(ONE_FOR_ONE, broken);
        assertThat(none.start().toString()).contains("no paper");
    }
}
