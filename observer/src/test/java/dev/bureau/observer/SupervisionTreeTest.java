package dev.bureau.observer;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Supervisor.*;
import static dev.bureau.testkit.ProcessAssertions.captureLog;
import static dev.bureau.testkit.ProcessAssertions.startSupervised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.observer.SupervisionTree.Branch;
import dev.bureau.observer.SupervisionTree.State;
import dev.bureau.otp.Application;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.Registry;
import dev.bureau.otp.Start;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.Leak;
import dev.bureau.testkit.ProcessTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@ProcessTest
class SupervisionTreeTest {
    private static Observer observer() {
        return Observer.of(node());
    }

    private static ChildSpec idle(Object id) {
        return ChildSpec.worker(id, () -> Start.started(spawnLink(() -> receive(Integer.class))));
    }

    private static List<String> ids(Branch branch) {
        return branch.children().stream().map(child -> child.id().orElse("-")).toList();
    }

    @Test
    void isThatOfItsSupervisors() {
        Pid shop =
                Supervisor.startLink(
                        "shop",
                        REST_FOR_ONE.intensity(10, ofSeconds(60)),
                        worker("stock", new Clerk()),
                        supervisor("counters", ONE_FOR_ONE, idle("left"), idle("right")),
                        idle("door").restart(ChildSpec.Restart.TEMPORARY));
        SupervisionTree tree = observer().tree("shop");
        Branch root = tree.roots().getFirst();
        assertThat(root.pid()).contains(shop);
        assertThat(ids(root)).containsExactly("stock", "counters", "door");
        assertThat(ids(root.children().get(1))).containsExactly("left", "right");
        assertThat(root.supervision().orElseThrow().restartsLeft()).isEqualTo(10);
        assertThat(root.children().get(2).restart()).contains(ChildSpec.Restart.TEMPORARY);
        assertThat(observer().tree(shop)).isEqualTo(tree);
        assertThat(observer().tree()).isEqualTo(tree);
        assertThat(tree.toString().lines().toList())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith("shop  " + shop)
                                        .endsWith(
                                                "supervisor rest_for_one, 0 of 10 restarts in 60 s"),
                        line -> assertThat(line).startsWith("├─ stock  #PID").contains("permanent"),
                        line -> assertThat(line).startsWith("├─ counters  #PID"),
                        line -> assertThat(line).startsWith("│  ├─ left  #PID"),
                        line -> assertThat(line).startsWith("│  └─ right  #PID"),
                        line -> assertThat(line).startsWith("└─ door  #PID").contains("temporary"));
        assertThat(tree.mermaid())
                .startsWith("graph TD\n    n0[\"shop<br/>#35;PID#lt;0.")
                .contains("n0 --> n1")
                .contains("(\"stock<br/>");
        Supervisor.stop(shop);
    }

    @Test
    void oneWithoutANameIsToldByItsChildren() {
        startSupervised(supervisor("top", ONE_FOR_ONE, worker("stock", new Clerk())));
        assertThat(topOf("stock").title()).isIn("top", "supervisor of stock");
        assertThat(observer().tree().toString()).doesNotContain("Supervisor.init");
    }

    @Test
    void countsRestarts() throws Exception {
        captureLog(() -> {
            startSupervised(supervisor("top", ONE_FOR_ONE, worker("stock", new Clerk())));
            Pid before = whereis("stock").orElseThrow();
            Ref end = monitor(before);
            exit(before, ExitReason.KILL);
            receive(end, dev.bureau.kernel.Down.class);
            while (whereis("stock").isEmpty()) Thread.yield();
            Branch top = topOf("stock");
            assertThat(top.supervision().orElseThrow().restarts()).isEqualTo(1);
        });
    }

    private static Branch topOf(String name) {
        Pid child = whereis(name).orElseThrow();
        return all(observer().tree().roots()).stream()
                .filter(branch ->
                        branch.children().stream()
                                .anyMatch(each -> each.pid().equals(Optional.of(child))))
                .findFirst()
                .orElseThrow();
    }

    private static List<Branch> all(List<Branch> branches) {
        return branches.stream()
                .flatMap(branch ->
                        java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(branch),
                                all(branch.children()).stream()))
                .toList();
    }

    @Test
    void showsTheFirstOfManyChildren() {
        Pid crowd = DynamicSupervisor.startLink(DynamicSupervisor.flags());
        for (int i = 0; i < 150; i++) DynamicSupervisor.startChild(crowd, idle(i));
        Branch root = observer().tree(crowd).roots().getFirst();
        assertThat(root.children()).hasSize(100);
        assertThat(root.more()).isEqualTo(50);
        assertThat(observer().tree(crowd).toString()).endsWith("└─ and 50 more");
        Supervisor.stop(crowd);
    }

    /// It waits for a child that does not come up.
    @Test
    void marksASupervisorThatDoesNotAnswer() {
        Pid test = self();
        Pid top = Supervisor.startLink(ONE_FOR_ONE, idle("quick"));
        Pid starting =
                spawn(() ->
                        Supervisor.startChild(
                                top,
                                ChildSpec.worker(
                                        "slow",
                                        () -> {
                                            send(test, "in");
                                            receive(String.class);
                                            return Start.ignored();
                                        })));
        receive(String.class);
        SupervisionTree tree = observer().tree(top);
        Branch root = tree.roots().getFirst();
        assertThat(root.state()).isEqualTo(State.SILENT);
        assertThat(root.children()).hasSize(1);
        assertThat(tree.toString()).contains("does not answer");
        send(top, "go on");
        Ref end = monitor(starting);
        receive(end, dev.bureau.kernel.Down.class);
        Supervisor.stop(top);
    }

    @Test
    void aSupervisorOfAnotherKindIsNotAsked() {
        startSupervised(
                supervisor("top", ONE_FOR_ONE, Registry.childSpec("sessions", Registry.UNIQUE)));
        Branch registry =
                all(observer().tree().roots()).stream()
                        .filter(branch -> branch.id().equals(Optional.of("sessions")))
                        .findFirst()
                        .orElseThrow();
        assertThat(registry.state()).isEqualTo(State.RUNNING);
        assertThat(registry.children()).hasSize(1);
    }

    record Shop() implements Application {
        @Override
        public Pid start() {
            return Supervisor.startLink("till", ONE_FOR_ONE, worker("stock", new Clerk()));
        }
    }

    /// The controller stays with the node.
    @Test
    @ProcessTest(allows = Leak.PROCESS)
    void isFoundByTheNameOfItsApplication() {
        Application.start(new Shop());
        SupervisionTree tree = observer().tree("shop");
        assertThat(tree.roots()).hasSize(1);
        assertThat(ids(tree.roots().getFirst())).containsExactly("stock");
        Application.stop("shop");
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThat(observer().tree()).hasToString("there are no supervisors");
        assertThatThrownBy(() -> observer().tree("nobody"))
                .hasMessage(
                        "expected the name of an application or of a supervisor, got: 'nobody'; there is none");
        assertThatThrownBy(() -> observer().tree(self()))
                .hasMessageContaining("expected a supervisor that has started, got: " + self());
    }
}
