package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.processes;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.stack;
import static dev.bureau.kernel.ExitReason.KILL;
import static dev.bureau.kernel.ExitReason.NORMAL;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.testkit.ProcessAssertions.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.Agent;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.PartitionSupervisor;
import dev.bureau.otp.Registry;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Step;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who serves and has nothing to do holds no thread, so there is nothing to be seen of its stack.
@Otp("G-30")
class IdleProcessesTest {
    record Idle() implements StateMachine<String, Cast> {
        @Override
        public Step.First<String> init() {
            return to("idle");
        }

        @Override
        public Step<String> handle(String state, Cast event) {
            return stay();
        }
    }

    @Scenario(seeds = 100)
    void holdNoStackFromTheirStart() {
        started().forEach(IdleProcessesTest::assertNoStack);
    }

    @Scenario(seeds = 100)
    void holdNoneAfterTheyHaveServed() {
        var all = started();
        all.values().forEach(Sys::getState);
        Pid server = GenServer.start(Clerk.plain());
        call(server, Clerk.state());
        all.put("a server that was called", server);
        all.forEach(IdleProcessesTest::assertNoStack);
    }

    private static Map<String, Pid> started() {
        ChildSpec.Starter idle = StateMachine.starter(StartOptions.options(), new Idle());
        Map<String, Pid> all = new LinkedHashMap<>();
        all.put("server", GenServer.start(Clerk.plain()));
        all.put("agent", Agent.start(() -> 1).pid().orElseThrow());
        all.put("machine", StateMachine.start(new Idle()));
        all.put("manager", EventManager.start());
        all.put(
                "supervisor",
                Supervisor.startLink(Supervisor.ONE_FOR_ONE, ChildSpec.worker("idle", idle)));
        all.put("dynamic supervisor", DynamicSupervisor.startLink());
        all.put(
                "partition supervisor",
                PartitionSupervisor.startLink("partitions", _ -> ChildSpec.worker("idle", idle)));
        all.put("registry", Registry.startLink("names", UNIQUE));
        return all;
    }

    private static void assertNoStack(String kind, Pid pid) {
        awaitWaiting(pid);
        assertThat(stack(pid)).as(kind).isEmpty();
    }

    /// In a virtual machine of its own: each is started, answers a call, and waits.
    @Test
    @Tag("stress")
    void aMillionServersFitIntoTwoGigabytes() throws Exception {
        ChildJvm child =
                ChildJvm.run(
                        Million.class,
                        "-Xmx2g",
                        "-XX:+UseParallelGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Djdk.trackAllThreads=false",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED");
        assertThat(child.output()).contains("1000000 servers have answered");
        assertThat(child.exit()).isZero();
    }

    private static final class Million {
        private static final int SERVERS = 1_000_000;
        private static final int MOST_BYTES = 400;

        private Million() {}

        public static void main(String[] args) {
            try (Node node = Node.start();
                    Guest me = node.guest()) {
                Spawned counting = me.spawnMonitor(Million::startAndAskEach);
                assertThat(receive(counting.monitor(), Down.class).reason()).isEqualTo(NORMAL);
            }
        }

        private static void startAndAskEach() {
            var servers = new Pid[SERVERS];
            long before = used();
            for (int i = 0; i < SERVERS; i++) {
                servers[i] = GenServer.start(new Counting(i));
            }
            for (int i = 0; i < SERVERS; i++) {
                assertThat(call(servers[i], new Advance())).isEqualTo(i + 1);
            }
            long each = (used() - before) / SERVERS;
            System.out.println(SERVERS + " servers have answered, " + each + " bytes each");
            assertThat(each).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(processes()).hasSizeGreaterThan(SERVERS);
            for (Pid server : servers) {
                exit(server, KILL);
            }
        }

        private static long used() {
            System.gc();
            Runtime jvm = Runtime.getRuntime();
            return jvm.totalMemory() - jvm.freeMemory();
        }
    }

    record Advance() implements Call<Integer> {}

    /// Its state is small, as most are.
    record Counting(int first) implements GenServer<Integer, Advance, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(first);
        }

        @Override
        public Next<Integer> handleCall(Advance request, From<?> from, Integer count) {
            return reply(request, count + 1, count + 1);
        }
    }
}
