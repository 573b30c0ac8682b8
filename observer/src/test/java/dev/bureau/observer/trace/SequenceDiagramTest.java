package dev.bureau.observer.trace;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.label;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.register;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawnLink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Request;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Supervisor;
import dev.bureau.testkit.ProcessAssertions;
import dev.bureau.testkit.ProcessTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@ProcessTest
class SequenceDiagramTest {
    /// Asks the warehouse for each order.
    static final class Shop implements GenServer<Pid, Shop.Order, Shop.Rumour> {
        record Order(String what) implements Call<Boolean> {}

        record Rumour(Pid to) implements Cast {}

        private final Pid warehouse;

        Shop(Pid warehouse) {
            this.warehouse = warehouse;
        }

        @Override
        public Init<Pid> init() {
            return ok(warehouse);
        }

        @Override
        public Next<Pid> handleCall(Order order, From<?> from, Pid state) {
            return reply(order, call(state, new Take(order.what())), state);
        }

        @Override
        public Next<Pid> handleCast(Rumour rumour, Pid state) {
            send(rumour.to(), "did you; know?");
            return noReply(state);
        }
    }

    record Take(String what) implements Call<Boolean> {}

    private static void warehouse() {
        while (true) {
            if (receive() instanceof Request(var from, Take take)) reply(from.as(take), true);
        }
    }

    @Test
    void drawsWhoSpeaksToWhomWhileCodeRuns() {
        Pid warehouse = spawnLink(() -> warehouse());
        register("warehouse", warehouse);
        Pid shop =
                ProcessAssertions.startSupervised(Supervisor.worker("shop", new Shop(warehouse)));
        label("customer");
        call(shop, new Shop.Order("before it begins"));
        SequenceDiagram diagram =
                SequenceDiagram.of(() -> {
                    call(shop, new Shop.Order("tea"));
                    cast(shop, new Shop.Rumour(self()));
                    receive(String.class);
                });
        assertThat(diagram.toString().lines())
                .containsExactly(
                        "sequenceDiagram",
                        "    participant p1 as customer",
                        "    participant p2 as shop",
                        "    participant p3 as warehouse",
                        "    p1->>p2: call Order[what=tea]",
                        "    p2->>p3: call Take[what=tea]",
                        "    p3-->>p2: reply true",
                        "    p2-->>p1: reply true",
                        "    p1-)p2: Rumour[to=%s]"
                                .formatted(
                                        self().toString()
                                                .replace("#", "#35;")
                                                .replace("<", "#60;")
                                                .replace(">", "#62;")),
                        "    p2-)p1: did you#59; know?");
        // It is over: nobody follows any more.
        call(shop, new Shop.Order("tea"));
        assertThat(SequenceDiagram.of(() -> {}).events()).isEmpty();
    }

    @Test
    void drawsSpawnsAndEnds() {
        Pid me = self();
        label("parent");
        SequenceDiagram diagram =
                SequenceDiagram.of(() -> {
                    spawnLink(() -> {
                        label("child");
                        send(me, "hello");
                    });
                    receive(String.class);
                });
        assertThat(diagram.toString())
                .contains("create participant p2 as ")
                .contains("p1-)p2: spawn")
                .contains("p2-)p1: hello");
    }

    @Test
    void drawsTheEventsOfATrace() {
        Pid warehouse = spawnLink(() -> warehouse());
        register("warehouse", warehouse);
        List<TraceEvent> events = new ArrayList<>();
        Trace trace = Trace.start(node(), Trace.sends().of(self()).limit(1), events::add);
        call(warehouse, new Take("tea"));
        trace.await();
        assertThat(new SequenceDiagram(events).toString()).contains("->>p2: call Take[what=tea]");
    }
}
