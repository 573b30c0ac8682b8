package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.AliasOption;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.Timeout;
import dev.bureau.otp.DynamicSupervisor;
import dev.bureau.otp.EventHandler;
import dev.bureau.otp.EventManager;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Reaction;
import dev.bureau.otp.RequestIds;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.StateMachine;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Sys;
import dev.bureau.otp.Sys.Switch;
import dev.bureau.otp.TaskSupervisor;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    @Scenario(runs = 1)
    @Otp("EX-01")
    void whatTakesADestinationTakesALocalNameToo() throws Exception {
        List<Method> all = new ArrayList<>();
        for (Class<?> one : List.of(Bureau.class, GenServer.class)) {
            for (Class<?> type : publicTypesBeside(one)) {
                for (Method method : type.getDeclaredMethods()) {
                    if (takesADestination(method)) all.add(method);
                }
            }
        }
        assertThat(all)
                .extracting(Method::getDeclaringClass)
                .contains(Bureau.class, RequestIds.class, StateMachine.class, Sys.class);
        assertThat(all).filteredOn(method -> !isNamed(method)).isEmpty();
    }

    /// The public types of the package of `one`, nested ones too.
    private static List<Class<?>> publicTypesBeside(Class<?> one) throws Exception {
        Path home = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        String beside = one.getPackageName().replace('.', '/') + "/\\w[^/]*[.]class";
        List<Class<?>> types = new ArrayList<>();
        try (ModuleReader room = ModuleFinder.of(home).findAll().iterator().next().open()) {
            for (String file : room.list().filter(name -> name.matches(beside)).toList()) {
                String name = file.substring(0, file.length() - ".class".length());
                Class<?> type = Class.forName(name.replace('/', '.'));
                if (Modifier.isPublic(type.getModifiers())) types.add(type);
            }
        }
        return types;
    }

    private static boolean takesADestination(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length == 0 || parameters[0] != Destination.class) return false;
        if (!Modifier.isPublic(method.getModifiers()) || method.isSynthetic()) return false;
        boolean limited = parameters[parameters.length - 1] == Duration.class;
        // Bureau.whereis takes a local name; a question with a time limit of its own is rare enough
        // to write Name.local.
        return !method.getName().equals("whereis")
                && !(limited && method.getDeclaringClass() == Sys.class);
    }

    private static boolean isNamed(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        parameters[0] = String.class;
        try {
            method.getDeclaringClass().getMethod(method.getName(), parameters);
            return true;
        } catch (NoSuchMethodException absent) {
            return false;
        }
    }

    record Hello(From<String> from) {}

    @Scenario(seeds = 50)
    @Otp("EX-01")
    void aLocalNameLeadsWhereMessagesCallsTimersAndMonitorsGo() {
        register("me", self());
        assertThat(sendPriority("me", "at once")).isEqualTo("at once");
        sendAfter("me", "after", ofMillis(1));
        startTimer("me", "timer", ofMillis(1));
        sendAt("me", "at", monotonicTime());
        startTimerAt("me", "timer at", monotonicTime());
        Ref interval = sendInterval("me", "again", ofMillis(1));
        List<String> sent = List.of("at once", "after", "at", "again", "again");
        for (String expected : sent) receive(String.class, expected::equals);
        for (String expected : List.of("timer", "timer at")) {
            receive(Timeout.class, timeout -> timeout.message().equals(expected));
        }
        cancelTimer(interval);
        GenServer.startLink("clerk", Clerk.plain());
        assertThat(callForever("clerk", Clerk.state())).isEqualTo("state");
        Pid greeter = spawn(() -> reply(receive(Hello.class).from(), "hello"));
        register("greeter", greeter);
        monitor("greeter", down -> List.of("gone", down.reason()));
        Ref alias = monitor("greeter", MonitorOption.ALIAS);
        assertThat(ask("greeter")).isEqualTo("hello");
        // The interval may have told more before it was called off.
        receive(List.class, List.of("gone", NORMAL)::equals);
        assertThat(awaitDown(alias)).isEqualTo(NORMAL);
    }

    private static String ask(String name) {
        return callForever(name, Hello::new);
    }

    @Scenario(seeds = 50)
    @Otp("EX-01")
    void aLocalNameLeadsToTheBehaviourThatIsLookedInto() {
        GenServer.startLink("clerk", Clerk.plain());
        assertThat(Sys.replaceState("clerk", state -> state + "!")).isEqualTo("state!");
        assertThat(Sys.getStatus("clerk").pid()).isEqualTo(whereis("clerk").orElseThrow());
        Sys.statistics("clerk", Switch.ON);
        Sys.log("clerk", 5);
        Sys.trace("clerk", Switch.OFF);
        Pid boss = self();
        Sys.install("clerk", "probe", (_, event) -> send(boss, event));
        assertThat(call("clerk", Clerk.state())).isEqualTo("state!");
        assertReceive(Sys.Event.In.class);
        Sys.remove("clerk", "probe");
        assertThat(Sys.log("clerk")).hasSize(3);
        assertThat(Sys.statistics("clerk").messagesIn()).isEqualTo(1);
        Sys.log("clerk", Switch.OFF);
        assertThat(Sys.log("clerk")).isEmpty();
        Sys.suspend("clerk");
        Sys.changeCode("clerk", 1, 2);
        Sys.resume("clerk");
        Ref end = monitor("clerk");
        Sys.terminate("clerk", NORMAL);
        assertThat(awaitDown(end)).isEqualTo(NORMAL);
    }

    @Scenario(seeds = 50)
    @Otp("EX-01")
    void aLocalNameLeadsToTheManagerOfHandlers() {
        trapExits(true);
        Pid boss = self();
        EventManager.startLink("events");
        EventManager.add("events", 1, new Handler(boss, "one"));
        EventManager.addSupervised("events", 2, new Handler(boss, "two"));
        EventManager.addSupervised("events", new Handler(boss, "three"));
        assertThat(EventManager.handlers("events")).containsExactly(Handler.class, 2, 1);
        EventManager.swap("events", 1, "why", 4, new Handler(boss, "four"));
        EventManager.swapSupervised("events", 2, "why", 5, new Handler(boss, "five"));
        EventManager.delete("events", Handler.class, "why");
        assertThat(EventManager.call("events", 5, new Who(), ofSeconds(5))).isEqualTo("five");
        assertThat(EventManager.handlers("events")).containsExactly(5, 4);
        EventManager.stop("events", SHUTDOWN, ofSeconds(5));
        assertThat(whereis("events")).isEmpty();
    }

    record Who() implements Call<String> {}

    record Handler(Pid boss, String name) implements EventHandler<String, Object> {
        @Override
        public String init() {
            return name;
        }

        @Override
        public Reaction<String> handle(Object event, String state) {
            return keep(state);
        }

        @Override
        public Reaction<String> handleCall(Call<?> request, String state) {
            return switch (request) {
                case Who who -> reply(who, state, state);
                default -> unexpected(request);
            };
        }
    }

    @Scenario(seeds = 50)
    @Otp("EX-01")
    void aLocalNameIsGivenByTheStart() {
        record Few() implements DynamicSupervisor {
            @Override
            public Plan init() {
                return supervise(DynamicSupervisor.flags().maxChildren(0));
            }
        }
        assertThat(DynamicSupervisor.startLink("few", new Few())).isEqualTo(pidOf("few"));
        assertThat(DynamicSupervisor.startLink(new Few())).isNotEqualTo(pidOf("few"));
        Supervisor.startLink("clerks", Supervisor.ONE_FOR_ONE, List.of(Clerk.plain().childSpec()));
        assertThat(Supervisor.countChildren("clerks").active()).isEqualTo(1);
        TaskSupervisor tasks =
                TaskSupervisor.startLink("tasks", DynamicSupervisor.flags().maxChildren(1));
        assertThat(tasks.supervisor()).isEqualTo(pidOf("tasks"));
        for (String supervisor : List.of("few", "tasks")) {
            DynamicSupervisor.stop(supervisor, NORMAL, ofSeconds(5));
        }
        Supervisor.stop("clerks", NORMAL, null);
    }

    private static Pid pidOf(String name) {
        return whereis(name).orElseThrow();
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
