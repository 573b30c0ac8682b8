package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedTextTest {
    record Point(int x, long y) {}

    record Line(Point from, List<Point> to, Map<String, Optional<Point>> named) {}

    record Password(String digits) {
        @Override
        public String toString() {
            return "Password[*]";
        }
    }

    record Broken() {
        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }

    enum Colour {
        RED
    }

    @Test
    void isWhatToStringSays() {
        List<Object> objects =
                List.of(
                        "text",
                        17,
                        'c',
                        2.5,
                        Colour.RED,
                        new Point(1, 2),
                        new Line(
                                new Point(1, 2),
                                List.of(new Point(3, 4), new Point(5, 6)),
                                Map.of("a", Optional.of(new Point(7, 8)))),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        new Password("1234"),
                        List.of(new Password("1234")));
        for (Object object : objects) {
            assertThat(BoundedText.of(object, 1_000)).isEqualTo(object.toString());
        }
        assertThat(BoundedText.of(null, 10)).isEqualTo("null");
        assertThat(BoundedText.of(new int[] {1, 2}, 10)).isEqualTo("[1, 2]");
    }

    @Test
    void endsWhereThereIsNoMoreRoom() {
        assertThat(BoundedText.of("0123456789", 10)).isEqualTo("0123456789");
        assertThat(BoundedText.of("0123456789a", 10)).isEqualTo("0123456789...");
        assertThat(BoundedText.of(Collections.nCopies(Integer.MAX_VALUE, "abc"), 10))
                .isEqualTo("[abc, abc,...");
        assertThat(BoundedText.of(new byte[1_000_000], 5)).isEqualTo("[0, 0...");
        assertThat(BoundedText.of(BigInteger.ONE.shiftLeft(1_000_000), 100))
                .isEqualTo("a number of 1000001 bits");
    }

    @Test
    void survivesWhatCannotBePrinted() {
        assertThat(BoundedText.of(List.of(1, new Broken()), 200))
                .isEqualTo("[1, " + Broken.class.getName() + " (its toString failed)]");
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        assertThat(BoundedText.of(itself, 1_000)).contains("[[[").contains("...");
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, map);
        assertThat(BoundedText.of(map, 1_000)).startsWith("{1={1=");
    }

    @Test
    void aGlimpseIsWhatWasToBeSeenThenAndAsksNobody() {
        Object closed =
                new Object() {
                    int changes;

                    @Override
                    public String toString() {
                        throw new AssertionError("asked after " + changes++);
                    }
                };
        List<Object> list = new ArrayList<>(List.of(1, new Point(1, 2), closed));
        Map<String, Object> map = new LinkedHashMap<>(Map.of("a", new int[] {1, 2}));
        StringBuilder builder = new StringBuilder("abc");
        AtomicInteger counter = new AtomicInteger(7);
        List<Object> all =
                new ArrayList<>(
                        List.of(list, map, builder, counter, Optional.of(list), new Password("1")));
        String before = "[1, Point[x=1, y=2], " + Objects.toIdentityString(closed) + "]";
        BoundedText glimpse = BoundedText.glimpse(all, 1_000);
        list.clear();
        map.clear();
        builder.setLength(0);
        counter.set(8);
        assertThat(glimpse)
                .hasToString(
                        "["
                                + before
                                + ", {a=[1, 2]}, abc, 7, Optional["
                                + before
                                + "], Password[*]]");
        assertThat(BoundedText.glimpse(null, 10)).hasToString("null");
    }

    @Test
    void aGlimpseOfAGigabyteIsShort() {
        List<Object> endless = new ArrayList<>(Collections.nCopies(1_000_000, "x".repeat(1_000)));
        endless.add(endless);
        assertThat(BoundedText.glimpse(endless, 20)).hasToString("[" + "x".repeat(19) + "...");
        assertThat(BoundedText.glimpse(new StringBuilder("y".repeat(10_000)), 20))
                .hasToString("y".repeat(20) + "...");
    }
}
