package dev.bureau.conformance;

import static dev.bureau.conformance.Workers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Supervisor.AutoShutdown;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.math.BigInteger;
import java.util.List;

/// Partition supervisors: OTP's items PS-01 to PS-03.
class PartitionSupervisorTest {
    private static Pid supervise(int partitions) {
        trapExits(true);
        return PartitionSupervisor.startLink(
                StartOptions.named("parts"),
                Supervisor.ONE_FOR_ONE.intensity(100, ofSeconds(5)),
                partitions,
                Workers::worker);
    }

    /// The number of the partition that a key leads to.
    private static Object at(Object key) {
        return Sys.getState(PartitionSupervisor.via("parts", key));
    }

    @Scenario
    @Otp("PS-01")
    void partitionsAreNumberedChildren() {
        Pid boss = supervise(3);
        upInOrder(0, 1, 2);
        assertThat(PartitionSupervisor.whichChildren("parts"))
                .extracting(ChildInfo::id)
                .containsExactly(2, 1, 0);
        assertThat(PartitionSupervisor.countChildren(boss)).isEqualTo(new ChildCount(3, 3, 0, 3));
        assertThat(PartitionSupervisor.partitions("parts")).isEqualTo(3);
        assertThat(PartitionSupervisor.partitions(boss)).isEqualTo(3);
        PartitionSupervisor.stop(boss);
        endedInOrder(2, 1, 0);
    }

    @Scenario(runs = 1)
    @Otp("PS-01")
    void thereAreAsManyAsSchedulers() {
        PartitionSupervisor.startLink("parts", n -> ChildSpec.worker(n, Start::ignored));
        assertThat(PartitionSupervisor.partitions("parts")).isBetween(1, 2);
    }

    @Scenario(runs = 1)
    @Otp("PS-01")
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> supervise(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a number of partitions of one or more, got: 0");
        assertThatThrownBy(() ->
                        PartitionSupervisor.startLink(
                                StartOptions.options(), Supervisor.ONE_FOR_ONE, 1, Workers::worker))
                .hasMessageContaining("expected a name");
        assertThatThrownBy(() ->
                        PartitionSupervisor.startLink(
                                StartOptions.named("parts"),
                                Supervisor.ONE_FOR_ONE.autoShutdown(AutoShutdown.ANY_SIGNIFICANT),
                                1,
                                Workers::worker))
                .hasMessageContaining("NEVER by itself, got: ANY_SIGNIFICANT");
        assertThatThrownBy(() -> PartitionSupervisor.startLink("parts", 1, n -> null))
                .hasMessageContaining("the child spec is null");
    }

    @Scenario
    @Otp("PS-01")
    void eachPartitionHasArgumentsOfItsOwn() {
        Pid me = self();
        PartitionSupervisor.startLink(
                "parts",
                2,
                n ->
                        ChildSpec.worker(
                                "any",
                                GenServer.starter(
                                        StartOptions.options(),
                                        new Worker("number " + n, me, ofMillis(0)))));
        upInOrder("number 0", "number 1");
    }

    @Scenario
    @Otp("PS-02")
    void integersLeadToTheirRemainder() {
        supervise(3);
        for (long key = -7; key <= 7; key++) {
            int expected = (int) (Math.abs(key) % 3);
            assertThat(at(key)).isEqualTo(expected);
            assertThat(at((int) key)).isEqualTo(expected);
            assertThat(at((short) key)).isEqualTo(expected);
            assertThat(at((byte) key)).isEqualTo(expected);
            assertThat(at(BigInteger.valueOf(key))).isEqualTo(expected);
        }
        assertThat(at(Long.MIN_VALUE)).isEqualTo(2);
        assertThat(at(Integer.MIN_VALUE)).isEqualTo(2);
    }

    @Scenario
    @Otp("PS-02")
    void otherKeysAlwaysLeadToTheSame() {
        supervise(3);
        for (Object key : List.of("a", "key", self(), List.of(1, 2), 'x')) {
            Object partition = at(key);
            assertThat(partition).isIn(0, 1, 2);
            exit(whereis(key), KILL);
            eventually(() -> {
                try {
                    return at(key).equals(partition);
                } catch (ExitException restarting) {
                    return false;
                }
            });
        }
    }

    @Scenario
    @Otp("PS-02")
    @Otp("Y-05")
    void aChangeOfCodeKeepsThePartitions() {
        Pid boss = supervise(3);
        upInOrder(0, 1, 2);
        PartitionSupervisor.resize(boss, 2);
        assertThat(assertReceive(Ended.class).id()).isEqualTo(2);
        List<ChildInfo> before = PartitionSupervisor.whichChildren(boss);
        Sys.suspend(boss);
        assertThat(List.of(at(0), at(1), at(2), at(3))).containsExactly(0, 1, 0, 1);
        Sys.changeCode(boss, "old", null);
        Sys.resume(boss);
        assertThat(PartitionSupervisor.whichChildren(boss)).isEqualTo(before);
        assertThat(PartitionSupervisor.partitions(boss)).isEqualTo(2);
        for (ChildInfo partition : before.subList(1, 3)) {
            assertThat(whereis(partition.id())).isEqualTo(partition.pid().orElseThrow());
        }
        assertThat(List.of(at(0), at(1), at(2), at(3))).containsExactly(0, 1, 0, 1);
        // They still are its children, and those that come in their place are found.
        Pid first = whereis(0);
        exit(first, KILL);
        up(0);
        assertThat(PartitionSupervisor.countChildren(boss).active()).isEqualTo(2);
        assertThat(whereis(2)).isNotEqualTo(first);
        assertThat(PartitionSupervisor.resize(boss, 3)).isEqualTo(2);
        up(2);
        assertThat(at(2)).isEqualTo(2);
    }

    private static Pid whereis(Object key) {
        return Sys.getStatus(PartitionSupervisor.via("parts", key)).pid();
    }

    @Scenario(runs = 5)
    @Otp("PS-02")
    void aKeyIsADestinationAndNoNameToTake() {
        supervise(2);
        upInOrder(0, 1);
        cast(PartitionSupervisor.via("parts", 1), new Leave("enough"));
        assertThat(assertReceive(Ended.class).id()).isEqualTo(1);
        var key = PartitionSupervisor.via("parts", 1);
        assertThatThrownBy(() ->
                        DynamicSupervisor.startLink(
                                StartOptions.named(key), DynamicSupervisor.flags()))
                .hasMessageContaining("starts its processes itself");
    }

    @Scenario
    @Otp("PS-02")
    void manyDynamicSupervisorsStandBehindOneName() {
        PartitionSupervisor.startLink(
                "parts",
                2,
                n ->
                        ChildSpec.supervisor(
                                n,
                                DynamicSupervisor.starter(
                                        StartOptions.options(), DynamicSupervisor.flags())));
        DynamicSupervisor.startChild(PartitionSupervisor.via("parts", 5), worker("a"));
        up("a");
        assertThat(DynamicSupervisor.countChildren(PartitionSupervisor.via("parts", 1)).active())
                .isEqualTo(1);
        assertThat(DynamicSupervisor.countChildren(PartitionSupervisor.via("parts", 0)).active())
                .isZero();
        assertThat(PartitionSupervisor.countChildren("parts"))
                .isEqualTo(new ChildCount(2, 2, 2, 0));
    }

    @Scenario
    @Otp("PS-03")
    void anUnknownOneEndsTheCaller() {
        Pid boss = supervise(1);
        PartitionSupervisor.stop(boss);
        for (Runnable asking :
                List.<Runnable>of(
                        () -> PartitionSupervisor.partitions("parts"),
                        () -> PartitionSupervisor.partitions(self()),
                        () -> PartitionSupervisor.countChildren("parts"),
                        () -> PartitionSupervisor.resize("parts", 1),
                        () -> at(1))) {
            assertThatThrownBy(asking::run)
                    .isInstanceOfSatisfying(
                            ExitException.class,
                            exit ->
                                    assertThat(((ExitReason.CallFailed) exit.reason()).reason())
                                            .isEqualTo(ExitReason.NOPROC));
        }
    }

    @Scenario
    @Otp("PS-03")
    void canBeResizedWithinWhatItBeganWith() {
        Pid boss = supervise(3);
        upInOrder(0, 1, 2);
        assertThat(PartitionSupervisor.resize("parts", 1)).isEqualTo(3);
        assertThat(List.of(assertReceive(Ended.class).id(), assertReceive(Ended.class).id()))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(PartitionSupervisor.partitions("parts")).isEqualTo(1);
        assertThat(at(2)).isEqualTo(0);
        assertThat(PartitionSupervisor.countChildren(boss)).isEqualTo(new ChildCount(3, 1, 0, 3));
        assertThat(PartitionSupervisor.resize(boss, 3)).isEqualTo(1);
        upInOrder(1, 2);
        assertThat(at(2)).isEqualTo(2);
        assertThat(PartitionSupervisor.resize(boss, 3)).isEqualTo(3);
        for (int wrong : List.of(-1, 4)) {
            assertThatThrownBy(() -> PartitionSupervisor.resize(boss, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("between 0 and 3")
                    .hasMessageContaining("got: " + wrong);
        }
        assertThat(PartitionSupervisor.resize(boss, 0)).isEqualTo(3);
        assertThatThrownBy(() -> at(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("resize it first");
        assertThat(poll(Exit.class)).isEmpty();
    }

    @Scenario(runs = 5)
    @Otp("PS-03")
    void onlyPartitionSupervisorsHavePartitions() {
        trapExits(true);
        Pid plain = Supervisor.startLink(Supervisor.ONE_FOR_ONE);
        assertThatThrownBy(() -> PartitionSupervisor.resize(plain, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a partition supervisor");
    }
}
