package dev.bureau.benchmarks;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.SpawnOptions.options;

import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What processes cost each other: a table of rows, nanoseconds per operation, least, median and most of seven rounds
/// after four to warm up.
///
/// `java ... dev.bureau.benchmarks.Messaging [schedulers] [row ...]`
public final class Messaging {
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 7;

    private record Row(String name, String what, int operations, Runnable round) {}

    record Ping(Pid from) {}

    record Next(From<Integer> from) {}

    private Messaging() {}

    public static void main(String[] args) {
        int schedulers = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        List<String> wanted = args.length > 1 ? List.of(args).subList(1, args.length) : List.of();
        try (Node node = Node.start(Node.options().schedulers(schedulers));
                Guest guest = node.guest()) {
            System.out.printf(
                    "%d schedulers, %s, ns per operation as %s%n",
                    schedulers, Runtime.version(), guest.pid());
            for (Row row : rows()) {
                if (wanted.isEmpty() || wanted.contains(row.name())) {
                    measure(row);
                }
            }
        }
    }

    private static List<Row> rows() {
        return List.of(
                new Row("pingpong", "a round trip", 300_000, () -> pairs(1, 300_000)),
                new Row("pairs4", "a round trip, four pairs", 400_000, () -> pairs(4, 100_000)),
                new Row("ring1000", "a hop in a ring of 1 000", 500_000, () -> ring(1_000, 500)),
                new Row(
                        "fan_in",
                        "a message, 8 senders",
                        800_000,
                        () -> fanIn(options(), 8, 100_000)),
                new Row(
                        "fan_limit",
                        "the same, 1 000 at most",
                        800_000,
                        () -> fanIn(options().mailbox(MailboxLimit.park(1_000)), 8, 100_000)),
                new Row("spawn", "spawn, message, exit", 100_000, () -> spawnAndReport(100_000)),
                new Row("skynet", "a leaf of 1 000 000", 1_000_000, Messaging::skynet),
                new Row("call", "a call", 200_000, () -> calls(200_000)));
    }

    private static void measure(Row row) {
        for (int i = 0; i < WARM_UP; i++) {
            row.round().run();
        }
        double[] nanos = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            row.round().run();
            nanos[i] = (System.nanoTime() - start) / (double) row.operations();
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-28s min %8.1f  median %8.1f  max %8.1f%n",
                row.name(),
                row.what(),
                nanos[0],
                nanos[ROUNDS / 2],
                nanos[ROUNDS - 1]);
    }

    private static void pairs(int pairs, int rounds) {
        Pid me = self();
        for (int i = 0; i < pairs; i++) {
            spawn(() -> {
                Pid pong =
                        spawn(() -> {
                            for (int j = 0; j < rounds; j++) {
                                send(receive(Ping.class).from(), "pong");
                            }
                        });
                Ping ping = new Ping(self());
                for (int j = 0; j < rounds; j++) {
                    send(pong, ping);
                    receive(String.class);
                }
                send(me, "done");
            });
        }
        for (int i = 0; i < pairs; i++) {
            receive(String.class);
        }
    }

    private static void ring(int size, int laps) {
        Pid me = self();
        spawn(() -> {
            Pid next = self();
            for (int i = 1; i < size; i++) {
                Pid behind = next;
                next =
                        spawn(() -> {
                            for (int token = 0; token >= 0; ) {
                                token = receive(Integer.class);
                                send(behind, token);
                            }
                        });
            }
            for (int lap = 0; lap < laps; lap++) {
                send(next, lap);
                receive(Integer.class);
            }
            send(next, -1);
            receive(Integer.class);
            send(me, "done");
        });
        receive(String.class);
    }

    private static void fanIn(SpawnOptions limit, int senders, int each) {
        Pid me = self();
        Pid sink =
                spawn(
                        limit,
                        () -> {
                            for (int i = 0; i < senders * each; i++) {
                                receive(Integer.class);
                            }
                            send(me, "done");
                        });
        for (int i = 0; i < senders; i++) {
            spawn(() -> {
                for (int j = 0; j < each; j++) {
                    send(sink, j);
                }
            });
        }
        receive(String.class);
    }

    private static void spawnAndReport(int count) {
        Pid me = self();
        spawn(() -> {
            Pid parent = self();
            for (int i = 0; i < count; i++) {
                spawn(() -> send(parent, "here"));
            }
            for (int i = 0; i < count; i++) {
                receive(String.class);
            }
            send(me, "done");
        });
        receive(String.class);
    }

    private static void skynet() {
        Pid me = self();
        spawn(() -> skynet(0, 1_000_000, me));
        receive(Long.class);
    }

    private static void skynet(long number, int size, Pid parent) {
        if (size == 1) {
            send(parent, number);
            return;
        }
        Pid me = self();
        int part = size / 10;
        for (int i = 0; i < 10; i++) {
            long first = number + (long) i * part;
            spawn(() -> skynet(first, part, me));
        }
        long sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += receive(Long.class);
        }
        send(parent, sum);
    }

    private static void calls(int count) {
        Pid me = self();
        spawn(() -> {
            Pid server =
                    spawn(() -> {
                        for (int n = 0; ; n++) {
                            reply(receive(Next.class).from(), n);
                        }
                    });
            long sum = 0;
            for (int i = 0; i < count; i++) {
                int next = call(server, Next::new);
                sum += next;
            }
            exit(server, KILL);
            send(me, String.valueOf(sum));
        });
        receive(String.class);
    }
}
