package dev.bureau.telemetry;

import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.testkit.ProcessAssertions.captureLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.testkit.ProcessTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ProcessTest
class TelemetryTest {
    private Telemetry telemetry;
    private final List<TelemetryEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void ofThisNode() {
        telemetry = Telemetry.of(node());
    }

    private List<String> names() {
        return events.stream().map(TelemetryEvent::name).toList();
    }

    @Test
    void tellsHandlersOfEventsWhoseNamesFit() {
        telemetry.attach("one", "shop.order", events::add);
        telemetry.attach("some", List.of("shop.stock.*", "till"), events::add);
        for (String name :
                List.of("shop.order", "shop.order.stop", "shop.stock.low", "till", "shop.stock")) {
            telemetry.execute(name, Map.of("left", 3), Map.of("item", "tea"));
        }
        assertThat(names()).containsExactly("shop.order", "shop.stock.low", "till");
        assertThat(events.getFirst().measurement("left")).isEqualTo(3);
        assertThat(events.getFirst().metadata("item", String.class)).isEqualTo("tea");
        assertThatThrownBy(() -> events.getFirst().measurement("right"))
                .hasMessage("expected a measurement of shop.order, one of [left], got: right");
    }

    @Test
    void tellsThemNoLongerWhenTheyAreDetached() {
        telemetry.attach("one", "*", events::add);
        assertThat(telemetry.isHandled("x")).isTrue();
        assertThat(telemetry.handlers()).containsExactly("one");
        assertThat(telemetry.detach("one")).isTrue();
        assertThat(telemetry.detach("one")).isFalse();
        telemetry.execute("x", Map.of());
        assertThat(telemetry.isHandled("x")).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void refusesAnIdTwiceAndWhatIsNoPattern() {
        telemetry.attach("one", "x", events::add);
        assertThatThrownBy(() -> telemetry.attach("one", "y", events::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a handler is attached already as: one");
        for (String pattern : List.of("", "a*", "*.b", ".*")) {
            assertThatThrownBy(() -> telemetry.attach("two", pattern, events::add))
                    .hasMessageEndingWith("as in shop.*, got: " + pattern);
        }
    }

    @Test
    void detachesAHandlerThatThrowsAndGoesOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        telemetry.attach(
                "broken",
                "x",
                _ -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("broken");
                });
        telemetry.attach("whole", List.of("x", "telemetry.handler.failure"), events::add);
        var log =
                captureLog(() -> {
                    telemetry.execute("x", Map.of());
                    telemetry.execute("x", Map.of());
                });
        assertThat(calls).hasValue(1);
        assertThat(names()).containsExactly("telemetry.handler.failure", "x", "x");
        assertThat(events.getFirst().metadata("handler", Object.class)).isEqualTo("broken");
        assertThat(log).asString().contains("a telemetry handler has failed and is detached");
    }

    @Test
    void aSpanIsAStartAndAStop() throws Exception {
        telemetry.attach("all", "shop.*", events::add);
        assertThat(telemetry.<Integer>span("shop.order", Map.of("item", "tea"), () -> 7))
                .isEqualTo(7);
        assertThat(names()).containsExactly("shop.order.start", "shop.order.stop");
        assertThat(events.getLast().measurement("duration").longValue()).isNotNegative();
        assertThat(events.getLast().metadata("item", Object.class)).isEqualTo("tea");
    }

    @Test
    void aSpanThatThrowsIsAStartAndAnException() {
        telemetry.attach("all", "*", events::add);
        IllegalStateException failure = new IllegalStateException("no tea");
        assertThatThrownBy(() ->
                        telemetry.span(
                                "shop.order",
                                Map.of(),
                                () -> {
                                    throw failure;
                                }))
                .isSameAs(failure);
        assertThat(names()).containsExactly("shop.order.start", "shop.order.exception");
        assertThat(events.getLast().metadata("reason", Object.class)).isEqualTo(failure);
    }

    @Test
    void saysWhenHandlersComeAndGo() {
        AtomicInteger changes = new AtomicInteger();
        telemetry.onChange(changes::incrementAndGet);
        telemetry.attach("one", "x", events::add);
        telemetry.detach("one");
        telemetry.detach("one");
        assertThat(changes).hasValue(2);
    }
}
