package dev.bureau.observer.trace;

import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.ofSeconds;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallTraceTest {
    /// What is traced.
    static final class Shop {
        int stock;

        static long price(String what, int count, double each, List<String> notes) {
            if (count < 0) throw new IllegalArgumentException("count " + count);
            long sum = 0;
            for (int i = 0; i < count; i++) {
                try {
                    sum += Math.round(each);
                } catch (ArithmeticException impossible) {
                    sum = 0;
                }
            }
            return notes.isEmpty() ? sum : sum + what.length();
        }

        void sold(Object what) {
            stock--;
        }
    }

    record Fails(String why) implements dev.bureau.kernel.isolation.Immutable {
        @Override
        public String toString() {
            throw new IllegalStateException(why);
        }
    }

    private Node node;
    private Guest guest;

    @BeforeEach
    void start() {
        node = Node.start();
        guest = node.guest();
    }

    @AfterEach
    void stop() {
        guest.close();
        node.stop();
    }

    private static List<String> lines(List<TraceEvent> events) {
        return events.stream()
                .map(event -> event.toString().replaceFirst("^\\S+ \\S+ ", ""))
                .map(line -> line.replaceFirst(" after \\d+ .s", " after T"))
                .toList();
    }

    @Test
    void tellsOfCallsWithArgumentsAndWhatComesOfThem() {
        Shop.price("", 0, 0, List.of());
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.calls("Shop.*").of(self()).withArguments().withResults().limit(6),
                        events::add);
        assertThat(Shop.price("tea", 2, 1.5, new ArrayList<>(List.of("x")))).isEqualTo(7);
        assertThatThrownBy(() -> Shop.price("tea", -1, 1.5, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        Shop shop = new Shop();
        shop.sold(new Fails("does no harm"));
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.LIMIT);
        assertThat(shop.stock).isEqualTo(-1);
        assertThat(lines(events).subList(0, 4))
                .containsExactly(
                        "calls CallTraceTest.Shop.price(tea, 2, 1.5, [x])",
                        "returns from CallTraceTest.Shop.price after T: 7",
                        "calls CallTraceTest.Shop.price(tea, -1, 1.5, [])",
                        "leaves CallTraceTest.Shop.price after T by"
                                + " java.lang.IllegalArgumentException: count -1");
        assertThat(lines(events).get(4)).contains("its toString failed");
        assertThat(lines(events).get(5))
                .isEqualTo("returns from CallTraceTest.Shop.sold after T: null");
    }

    @Test
    void tellsOfTheProcessesItIsOfAndOfNobodyAfterItsEnd() {
        Shop.price("", 0, 0, List.of());
        Pid me = self();
        Pid other =
                spawn(() -> {
                    receive(String.class);
                    Shop.price("of the other", 1, 1, List.of());
                    send(me, "done");
                    receive(String.class);
                    Shop.price("later", 1, 1, List.of());
                    send(me, "done");
                });
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.calls("CallTraceTest.Shop.price").of(other).withArguments(),
                        events::add);
        Shop.price("mine", 1, 1, List.of());
        send(other, "go");
        receive(String.class);
        trace.close();
        trace.await();
        send(other, "go");
        receive(String.class);
        assertThat(lines(events))
                .containsExactly("calls CallTraceTest.Shop.price(of the other, 1, 1.0, [])");
    }

    @Test
    void twoTracesOfOneMethodGoOnWithoutEachOther() {
        Shop.price("", 0, 0, List.of());
        List<TraceEvent> one = new CopyOnWriteArrayList<>();
        List<TraceEvent> other = new CopyOnWriteArrayList<>();
        Trace first = Trace.start(node, Trace.calls("Shop.price").limit(1), one::add);
        Trace second =
                Trace.start(node, Trace.calls("Shop.price").withResults().limit(4), other::add);
        Shop.price("a", 1, 1, List.of());
        first.await();
        Shop.price("b", 1, 1, List.of());
        second.await(ofSeconds(60));
        assertThat(one).hasSize(1);
        assertThat(lines(other))
                .containsExactly(
                        "calls CallTraceTest.Shop.price",
                        "returns from CallTraceTest.Shop.price after T: 1",
                        "calls CallTraceTest.Shop.price",
                        "returns from CallTraceTest.Shop.price after T: 1");
    }

    @Test
    void tellsOfAClassThatIsLoadedWhileItRuns() {
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.calls("LateShop.*").withArguments().withResults().limit(4),
                        events::add);
        assertThat(trace.waitingFor()).containsExactly("LateShop.*");
        assertThat(LateShop.price(true)).isEqualTo(50L);
        assertThat(trace.waitingFor()).isEmpty();
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.LIMIT);
        assertThat(lines(events))
                .containsExactly(
                        "calls LateShop.price(true)",
                        "calls LateShop.reduced(100)",
                        "returns from LateShop.reduced after T: 50",
                        "returns from LateShop.price after T: 50");
        try (Trace again = Trace.start(node, Trace.calls("LateShop.price").limit(1), _ -> {})) {
            LateShop.price(false);
            assertThat(again.await().told()).isEqualTo(1);
        }
    }

    @Test
    void noCodeOfTheProgramMakesTextInTheProcessThatCalls() {
        record Immutable(String name) implements dev.bureau.kernel.isolation.Immutable {
            @Override
            public String toString() {
                return name + " by " + Thread.currentThread().getName();
            }
        }
        record Order(Immutable what, List<Object> notes) {}
        Shop shop = new Shop();
        shop.sold("");
        List<TraceEvent> events = new CopyOnWriteArrayList<>();
        Trace trace =
                Trace.start(
                        node,
                        Trace.calls("Shop.sold").of(self()).withArguments().limit(4),
                        events::add);
        shop.sold(new Immutable("x"));
        List<Object> changing = new ArrayList<>(List.of("before"));
        shop.sold(changing);
        shop.sold(new Order(new Immutable("tea"), changing));
        changing.set(0, "after");
        Object asked =
                new Object() {
                    final List<String> by = new CopyOnWriteArrayList<>();

                    @Override
                    public String toString() {
                        by.add(Thread.currentThread().getName());
                        return by.toString();
                    }
                };
        shop.sold(asked);
        trace.await();
        assertThat(lines(events))
                .containsExactly(
                        "calls CallTraceTest.Shop.sold(x by bureau-trace)",
                        "calls CallTraceTest.Shop.sold([before])",
                        "calls CallTraceTest.Shop.sold(Order[what=tea by bureau-trace, notes=[before]])",
                        "calls CallTraceTest.Shop.sold(" + Objects.toIdentityString(asked) + ")");
        assertThat(asked).hasToString("[" + Thread.currentThread().getName() + "]");
    }

    @Test
    void waitsForAClassThatIsNotLoadedAndSaysSo() {
        Trace trace =
                Trace.start(
                        node,
                        Trace.calls("NoSuchClass.order", "Shop.price").within(ofMillis(50)),
                        _ -> {});
        Shop.price("", 0, 0, List.of());
        assertThat(trace.waitingFor()).containsExactly("NoSuchClass.order");
        assertThat(trace.await().end()).isEqualTo(TraceSummary.End.TIME);
    }

    @Test
    void refusesWhatIsNoMethodOfTheProgram() {
        Shop.price("", 0, 0, List.of());
        for (String method : List.of("Shop.prize", "HashMap.put", "LocalProcess.enter")) {
            assertThatThrownBy(() -> Trace.start(node, Trace.calls(method), _ -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "expected a method of the program, got: " + method + ", and ")
                    .hasMessageEndingWith(" has none that can be traced");
        }
        assertThatThrownBy(() -> Trace.calls("order"))
                .hasMessageStartingWith("expected a method as Class.method, such as Shop.order");
    }
}
