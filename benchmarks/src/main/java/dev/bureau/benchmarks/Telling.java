package dev.bureau.benchmarks;

import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.events.FlightEvents;
import dev.bureau.observer.trace.Trace;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/// What it costs to be traced, and to be recorded by JDK Flight Recorder: a round trip between two processes, a call of a server,
/// and a process from its spawn to its end.
///
/// `java ... dev.bureau.benchmarks.Telling`
public final class Telling {
    private static final int ROUNDS = 7;
    private static final int TIMES = 100_000;

    private Telling() {}

    private record Echo() implements GenServer<Integer, Echo.Say, Cast> {
        record Say(int number) implements Call<Integer> {}

        @Override
        public Init<Integer> init() {
            return ok(0);
        }

        @Override
        public Next<Integer> handleCall(Say say, From<?> from, Integer state) {
            return reply(say, say.number(), state);
        }
    }

    public static void main(String[] args) throws Exception {
        try (Node node = Node.start()) {
            node.run(() -> measure("to warm up"));
            node.run(() -> measure("nothing"));
            try (var _ = FlightEvents.start(node)) {
                node.run(() -> measure("events, no recording"));
                recorded(node, "recorded as usual");
                recorded(
                        node,
                        "recorded, each process and handler",
                        "ProcessStart",
                        "ProcessEnd",
                        "SlowHandler");
            }
            node.run(() -> measure("nothing, again"));
            node.run(() -> tracedRoundTrips());
        }
    }

    private static void recorded(Node node, String what, String... more) throws Exception {
        Path file = Files.createTempFile("telling", ".jfr");
        try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            for (String event : more) recording.enable("dev.bureau." + event);
            recording.setDestination(file);
            recording.start();
            node.run(() -> measure(what));
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) throws IOException {
        System.out.printf("  %,d bytes recorded%n", Files.size(file));
        Files.delete(file);
    }

    private static void measure(String what) {
        Pid peer = spawnLink(() -> pong());
        Pid server = GenServer.startLink(new Echo());
        System.out.printf(
                "%-36s round trip %5d ns, call %5d ns, spawn to end %5d ns%n",
                what,
                median(() -> roundTrips(peer)),
                median(() -> {
                    for (int i = 0; i < TIMES; i++) call(server, new Echo.Say(i));
                }),
                median(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        var child = spawnMonitor(() -> {});
                        receive(child.monitor(), dev.bureau.kernel.Down.class);
                    }
                }));
        unlink(peer);
        exit(peer, KILL);
        GenServer.stop(server);
    }

    private static void tracedRoundTrips() {
        Pid peer = spawnLink(() -> pong());
        long untraced = median(() -> roundTrips(peer));
        var what = Trace.messages().of(self(), peer).limit(1_000_000).within(Duration.ofMinutes(5));
        long traced;
        long[] told = new long[1];
        try (Trace trace =
                Trace.start(node(), what, event -> told[0] += event.toString().length())) {
            traced = median(() -> roundTrips(peer));
            System.out.println(trace.summary());
        }
        long after = median(() -> roundTrips(peer));
        System.out.printf(
                "round trip %d ns, traced %d ns, after the trace %d ns%n", untraced, traced, after);
        unlink(peer);
        exit(peer, KILL);
    }

    private static void roundTrips(Pid peer) {
        Pid me = self();
        for (int i = 0; i < TIMES; i++) {
            send(peer, me);
            receive(String.class);
        }
    }

    private static void pong() {
        while (true) send(receive(Pid.class), "pong");
    }

    private static long median(Runnable work) {
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            work.run();
            nanos[round] = (System.nanoTime() - begin) / TIMES;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }
}
