package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Sys;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.time.Duration;
import java.util.List;

/// What all of Elixir agrees on: items EX-01 and EX-03.
class ConventionsTest {
    @Scenario(seeds = 50)
    @Otp("EX-01")
    void everyFormOfANameLeadsToTheProcess() {
        Name local = Name.local("clerk");
        Name here = Name.on(node().id(), "clerk");
        Name via = Name.via(new Board(), "clerk");
        GenServer.startLink("clerk", Clerk.plain());
        Pid server = whereis("clerk").orElseThrow();
        List<Destination> all = List.of(server, local, here, via);
        for (Destination name : all) {
            assertThat(GenServer.whereis(name)).contains(server);
            assertThat(call(name, Clerk.state())).isEqualTo("state");
            assertThat(Sys.getState(name)).isEqualTo("state");
            cast(name, new Clerk.Order((clerk, state) -> clerk.noReply(state)));
            send(name, "info");
            assertReceive(new Clerk.Informed("info", "state"));
            Ref monitor = monitor(name);
            assertThat(demonitor(monitor)).isTrue();
        }
        Ref monitor = monitor(server);
        GenServer.stop(via);
        assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
    }

    /// Knows the clerk by its local name.
    record Board() implements Name.Registrar {
        @Override
        public boolean registerName(Object key, Pid pid) {
            return false;
        }

        @Override
        public void unregisterName(Object key) {}

        @Override
        public java.util.Optional<Pid> whereisName(Object key) {
            return whereis(key.toString());
        }
    }

    @Scenario(seeds = 50)
    @Otp("EX-01")
    void aNameOfNobodyLeadsNowhere() {
        NodeId far = new NodeId("far@away", 1);
        assertThat(GenServer.whereis(Name.local("nobody"))).isEmpty();
        assertThat(GenServer.whereis(Name.on(node().id(), "nobody"))).isEmpty();
        assertThat(GenServer.whereis(Name.via(new Board(), "nobody"))).isEmpty();
        assertThat(GenServer.whereis(Name.on(far, "nobody"))).contains(Name.on(far, "nobody"));
        assertThat(GenServer.start(StartOptions.options(), Clerk.plain())).isNotNull();
    }

    @Scenario(seeds = 50)
    @Otp("EX-03")
    void aProcessSleepsSetsTimersMakesAliasesAndSaysWhatItIs() {
        Duration before = now();
        sleep(ofMillis(3));
        assertThat(now().minus(before)).isGreaterThanOrEqualTo(ofMillis(3));
        sendAfter(self(), "later", ofMillis(1));
        assertReceive("later");
        Ref alias = alias(AliasOption.REPLY);
        send(alias, "through the alias");
        assertReceive("through the alias");
        label("the tester");
        assertThat(info(self()).orElseThrow().label()).contains("the tester");
        assertThat(info(self()).orElseThrow().messageQueueLength()).isZero();
    }

    @Scenario(seeds = 50)
    @Otp("EX-03")
    void anExceptionTellsItselfAndItsStack() {
        Spawned failing =
                spawnMonitor(() -> {
                    throw new IllegalStateException("broken");
                });
        ExitReason reason = awaitDown(failing.monitor());
        Throwable error = ((ExitReason.Crash) reason).error();
        assertThat(error).isInstanceOf(IllegalStateException.class).hasMessage("broken");
        assertThat(error.getStackTrace()[0].getClassName())
                .isEqualTo(ConventionsTest.class.getName());
    }
}
