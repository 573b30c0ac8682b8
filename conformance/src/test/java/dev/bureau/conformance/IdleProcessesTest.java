package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.stack;
import static dev.bureau.otp.Registry.UNIQUE;
import static dev.bureau.testkit.ProcessAssertions.awaitWaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.Agent;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
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
}
