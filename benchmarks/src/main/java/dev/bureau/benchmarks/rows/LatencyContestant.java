package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Rounds;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/// How long single calls and round trips take under load: `java ... LatencyContestant call|pingpong SECONDS`.
///
/// The load is 50 000 servers that hold a list each, and two processes that give them new ones: memory that lives long and then
/// dies. One process makes calls, or round trips, back to back. A pause meets one of them only, though it would have met all that
/// were due in it: so each that takes longer than the interval in which one was due counts for all of those.
public final class LatencyContestant {
    private static final int SERVERS = 50_000;
    private static final int CHURNERS = 2;
    private static final int LISTS_A_MILLISECOND = 20;
    private static final int LENGTH = 50;
    private static final long DUE_EACH_NANOS = 100_000;

    private record Replace(List<String> content) implements Cast {}

    private record Count() implements Call<Integer> {}

    private record Ping(Pid from) {}

    private record Pong() {}

    private static final Pong PONG = new Pong();

    private LatencyContestant() {}

    public static void main(String[] args) throws IOException {
        boolean calls = args[0].equals("call");
        long nanos = Long.parseLong(args[1]) * 1_000_000_000L;
        Node node = Node.start();
        try (var me = node.guest()) {
            Pid boss = me.pid();
            node.spawn(() -> {
                Pid[] servers = new Pid[SERVERS];
                for (int i = 0; i < SERVERS; i++) servers[i] = GenServer.start(new Holder());
                List<Pid> all = List.of(servers);
                for (int i = 0; i < CHURNERS; i++) {
                    int seed = i;
                    spawn(() -> churn(all, seed));
                }
                send(boss, "up");
            });
            receive(String.class);
            Rounds.answer(() -> {
                node.spawn(() -> send(boss, calls ? calls(nanos) : trips(nanos)));
                return receive(String.class);
            });
        }
    }

    private static void churn(List<Pid> servers, int seed) {
        var random = new SplittableRandom(seed);
        while (true) {
            for (int i = 0; i < LISTS_A_MILLISECOND; i++) {
                var content = Collections.nCopies(LENGTH, "x").stream().map(String::new).toList();
                cast(servers.get(random.nextInt(servers.size())), new Replace(content));
            }
            sleep(ofMillis(1));
        }
    }

    private static String calls(long nanos) {
        Pid server = GenServer.start(new Holder());
        var histogram = new Histogram(3);
        long end = System.nanoTime() + nanos;
        for (long start = System.nanoTime(); start < end; ) {
            call(server, new Count());
            start = record(histogram, start);
        }
        GenServer.stop(server);
        return json(histogram, nanos);
    }

    private static String trips(long nanos) {
        Pid other =
                spawn(() -> {
                    while (true) send(receive(Ping.class).from(), PONG);
                });
        Ping ping = new Ping(self());
        var histogram = new Histogram(3);
        long end = System.nanoTime() + nanos;
        for (long start = System.nanoTime(); start < end; ) {
            send(other, ping);
            receive(Pong.class);
            start = record(histogram, start);
        }
        dev.bureau.kernel.Bureau.exit(other, dev.bureau.kernel.Bureau.KILL);
        return json(histogram, nanos);
    }

    private static long record(Histogram histogram, long start) {
        long now = System.nanoTime();
        histogram.recordValueWithExpectedInterval(now - start, DUE_EACH_NANOS);
        return now;
    }

    /// Microseconds.
    private static String json(Histogram histogram, long nanos) {
        return String.format(
                Locale.ROOT,
                "{\"p50\": %.2f, \"p99\": %.2f, \"p999\": %.2f, \"max\": %.2f, \"per_second\": %.0f}",
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3,
                histogram.getTotalCount() * 1e9 / nanos);
    }

    private record Holder() implements GenServer<List<String>, Count, Replace> {
        @Override
        public Init<List<String>> init() {
            return ok(Collections.nCopies(LENGTH, "x").stream().map(String::new).toList());
        }

        @Override
        public Next<List<String>> handleCall(Count request, From<?> from, List<String> content) {
            return reply(request, content.size(), content);
        }

        @Override
        public Next<List<String>> handleCast(Replace replace, List<String> content) {
            return noReply(replace.content());
        }
    }
}
