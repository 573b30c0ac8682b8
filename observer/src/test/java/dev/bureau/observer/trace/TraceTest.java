package dev.bureau.observer.trace;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.label;
import static dev.bureau.kernel.Bureau.link;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.ofSeconds;
import static dev.bureau.kernel.Bureau.poll;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.register;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceTest {
    record Add(int number, From<Integer> from) {}

    record Stop() {}

    private Node node;
    private Guest guest;
    private Pid counter;

    @BeforeEach
    void start() {
        node = Node.start();
        guest = node.guest();
        counter = spawn(() -> count(0));
        register("counter", counter);
    }

    @AfterEach
    void stop() {
        guest.close();
        node.stop();
    }

    static void count(int first) {
        int sum = first;
        while (true) {
            switch (receive()) {
                case Add(var number, var from) -> {
                    sum += number;
                    reply(from, sum);
                }
                case Stop _ -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private static int add(Pid counter, int number) {
        return call(counter, (From<Integer> from) -> new Add(number, from));
    }

    @Test
    void tellsOfMessagesInTheirOrderAndEndsAtItsLimit() {
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace = Trace.start(node, Trace.messages().of(counter).limit(4), events::add);
        for (int i = 1; i <= 10; i++) add(counter, i);
        assertThat(trace.await())
                .isEqualTo(new TraceSummary(4, trace.summary().dropped(), TraceSummary.End.LIMIT));
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOf(TraceEvent.Received.class);
        assertThat(events.get(0).toString())
                .contains(counter + " counter <- Add[number=1, from=From[");
        TraceEvent.Sent sent = (TraceEvent.Sent) events.get(1);
        assertThat(sent.receiver().pid()).isEqualTo(self());
        assertThat(sent.toString()).endsWith("-> " + self() + ": reply 1");
        assertThat(events.get(3).toString()).endsWith(": reply 3");
        assertThat(trace.toString()).contains("SENT");
    }

    @Test
    void endsWhenItsTimeIsOverThoughNothingHappens() {
        Trace trace = Trace.start(node, Trace.messages().of(counter).within(ofMillis(50)), _ -> {});
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.TIME);
        assertThat(trace.await().toString())
                .isEqualTo("trace over, the time is over: 0 events, 0 dropped");
    }

    @Test
    void endsWhenItsTimeIsOverThoughItsListenerNeverReturns() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        Trace trace =
                Trace.start(
                        node,
                        Trace.messages().of(counter).within(ofMillis(200)),
                        _ -> {
                            called.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                        });
        add(counter, 1);
        called.await();
        while (!trace.isOver()) Thread.onSpinWait();
        assertThat(trace.summary().end()).isEqualTo(TraceSummary.End.TIME);
        assertThat(add(counter, 1)).isEqualTo(2);
        never.countDown();
        trace.await();
    }

    @Test
    void whoWaitsForItGoesOnThoughItsListenerNeverReturns() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Trace trace =
                Trace.start(
                        node,
                        Trace.receives().of(counter).within(ofMillis(200)),
                        _ -> {
                            while (released.getCount() > 0) {
                                try {
                                    released.await();
                                } catch (InterruptedException stop) {
                                    interrupted.countDown();
                                }
                            }
                        });
        for (int i = 0; i < 3; i++) add(counter, 1);
        assertThat(trace.await())
                .isEqualTo(new TraceSummary(0, 2, TraceSummary.End.LISTENER_HANGS));
        interrupted.await();
        assertThat(trace.await(ofSeconds(0))).isPresent();
        assertThat(add(counter, 1)).isEqualTo(4);
        released.countDown();
    }

    @Test
    void endsWhenItsListenerFails() {
        Trace trace =
                Trace.start(
                        node,
                        Trace.messages().of(counter),
                        _ -> {
                            throw new IllegalStateException("no more");
                        });
        add(counter, 1);
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.LISTENER_FAILED);
        assertThat(trace.failure().orElseThrow()).hasMessage("no more");
        assertThat(add(counter, 1)).isEqualTo(2);
    }

    @Test
    void endsWithItsNode() {
        Trace trace;
        try (Node other = Node.start()) {
            trace = Trace.start(other, Trace.everything(), _ -> {});
        }
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.NODE_STOPPED);
    }

    @Test
    void tellsOfLivesAlsoOfThoseThatATracedProcessSpawns() {
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        var parent =
                spawnMonitor(() -> {
                    receive(Stop.class);
                    var child = spawnMonitor(() -> receive(Stop.class));
                    link(child.pid());
                    send(child.pid(), new Stop());
                    receive(child.monitor(), Down.class);
                });
        try (Trace trace =
                Trace.start(node, Trace.lives().of(parent.pid()).followSpawn(), events::add)) {
            send(parent.pid(), new Stop());
            receive(parent.monitor(), Down.class);
            trace.close();
            trace.await();
        }
        assertThat(events)
                .extracting(event -> (Object) event.getClass().getSimpleName())
                .containsExactly("Spawned", "Linked", "Ended", "Ended");
        TraceEvent.Spawned spawned = (TraceEvent.Spawned) events.getFirst();
        assertThat(spawned.parent().orElseThrow().pid()).isEqualTo(parent.pid());
        assertThat(spawned.toString()).contains("is spawned by " + parent.pid() + ": ");
        assertThat(((TraceEvent.Ended) events.get(2)).reason()).isEqualTo(ExitReason.NORMAL);
    }

    @Test
    void findsProcessesByNameLabelAndInitialCall() {
        Pid me = self();
        Pid labelled =
                spawn(() -> {
                    label("worker 7");
                    send(me, "ready");
                    count(0);
                });
        receive(String.class);
        for (String pattern : List.of("count*", "worker *")) {
            List<TraceEvent> events = new CopyOnWriteArrayList<>();
            Trace trace =
                    Trace.start(node, Trace.receives().ofNamed(pattern).limit(1), events::add);
            add(counter, 1);
            add(labelled, 1);
            trace.await();
            assertThat(events.getFirst().who().pid())
                    .isEqualTo(pattern.startsWith("count") ? counter : labelled);
        }
    }

    @Test
    void refusesToTraceNobody() {
        assertThatThrownBy(() -> Trace.start(node, Trace.messages().ofNamed("nobody"), _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the name, label or initial call of a process, got: nobody");
        var gone = spawnMonitor(() -> {});
        receive(gone.monitor(), Down.class);
        assertThatThrownBy(() -> Trace.start(node, Trace.messages().of(gone.pid()), _ -> {}))
                .hasMessageStartingWith("expected live processes of ")
                .hasMessageEndingWith("got: " + gone.pid());
        assertThatThrownBy(() -> Trace.messages().limit(0))
                .hasMessage("expected a limit of 1 to 1000000 events, got: 0");
        assertThatThrownBy(() -> Trace.messages().within(ofSeconds(7200)))
                .hasMessage("expected a trace to last from a millisecond to an hour, got: PT2H");
    }

    /// A trace of everything, told to a guest of the node, does not tell of what the listener does: it would never come to an end.
    @Test
    void doesNotTraceItsListener() {
        Pid me = self();
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.sends().limit(50).within(ofMillis(300)),
                        event -> {
                            events.add(event);
                            try (Guest teller = node.guest()) {
                                send(me, event.toString());
                            }
                        });
        add(counter, 1);
        trace.await();
        assertThat(events).hasSizeBetween(2, 10);
    }

    @Test
    void aFloodIsBoundedAndWhatIsDroppedIsCounted() {
        var flood =
                spawnMonitor(() -> {
                    while (poll(Stop.class).isEmpty()) {
                        send(self(), "x");
                        receive(String.class);
                    }
                });
        List<TraceEvent> events = new ArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.everything().limit(1_000_000).perSecond(100).within(ofMillis(300)),
                        events::add);
        TraceSummary summary = trace.await();
        send(flood.pid(), new Stop());
        receive(flood.monitor(), Down.class);
        assertThat(summary.end()).isEqualTo(TraceSummary.End.TIME);
        assertThat(summary.told()).isEqualTo(100);
        assertThat(summary.dropped()).isPositive();
    }

    @Test
    void twoTracesOfOneProcessDoNotDisturbEachOther() {
        List<TraceEvent> one = new CopyOnWriteArrayList<>();
        List<TraceEvent> other = new CopyOnWriteArrayList<>();
        Trace first = Trace.start(node, Trace.receives().of(counter).limit(1), one::add);
        Trace second = Trace.start(node, Trace.receives().of(counter).limit(3), other::add);
        for (int i = 0; i < 3; i++) add(counter, 1);
        first.await();
        second.await();
        assertThat(one).hasSize(1);
        assertThat(other).hasSize(3);
    }

    @Test
    void messagesThatCannotBePrintedDoNoHarm() {
        record Broken(int number) {
            @Override
            public String toString() {
                throw new IllegalStateException("does no harm");
            }
        }
        record Big(String text, Object[] many, Broken broken) {}
        List<String> lines = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.receives().of(counter).limit(1),
                        event -> lines.add(event.toString()));
        Object[] many = new Object[1_000_000];
        many[0] = "first";
        send(counter, new Big("x\n".repeat(25), many, new Broken(1)));
        assertThat(trace.await().told()).isEqualTo(1);
        assertThat(lines.getFirst())
                .contains("Big[text=x x x")
                .contains("many=[first, null, ")
                .endsWith("...")
                .doesNotContain("\n")
                .hasSizeLessThan(500);
        var monitor = monitor(counter);
        send(counter, new Stop());
        receive(monitor, Down.class);
    }
}
