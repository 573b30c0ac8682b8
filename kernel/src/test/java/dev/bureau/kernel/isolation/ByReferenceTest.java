package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.NotShareableException;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is deeply immutable goes by reference.
class ByReferenceTest {
    private static void passesItself(Object message) {
        assertThat(Isolation.pass(message)).isSameAs(message);
    }

    private static void isImmutableByClass(Class<?> type) {
        assertThat(ClassVerdicts.of(type)).isSameAs(Verdict.Settled.IMMUTABLE);
    }

    @Nested
    class TheJdk {
        static Stream<Object> values() throws Exception {
            return Stream.of(
                    "text",
                    'c',
                    true,
                    (byte) 1,
                    (short) 1,
                    1,
                    1L,
                    1.5f,
                    1.5,
                    BigInteger.TEN,
                    new BigDecimal("1.25"),
                    TimeUnit.DAYS,
                    Thread.State.NEW,
                    Instant.now(),
                    LocalDate.now(),
                    Duration.ofSeconds(1),
                    ZonedDateTime.now(),
                    ZoneId.of("Europe/Vienna"),
                    Clock.systemUTC(),
                    DateTimeFormatter.ISO_DATE,
                    UUID.randomUUID(),
                    URI.create("http://example.org"),
                    Locale.ROOT,
                    String.class,
                    Pattern.compile("a+"),
                    StandardCharsets.UTF_8,
                    InetAddress.getLoopbackAddress(),
                    new InetSocketAddress("127.0.0.1", 80),
                    java.nio.file.Path.of("a/b"),
                    new File("a"),
                    Currency.getInstance("EUR"),
                    OptionalInt.of(1),
                    Optional.empty(),
                    Optional.of("a"),
                    new Throwable().getStackTrace()[0],
                    java.lang.invoke.MethodType.methodType(void.class),
                    Runtime.version(),
                    new Object());
        }

        @ParameterizedTest
        @MethodSource("values")
        void passesItsImmutableClassesByReference(Object value) {
            passesItself(value);
        }

        @Test
        void passesNull() {
            assertThat(Isolation.pass(null)).isNull();
        }

        @Test
        void judgesASubclassOfAnImmutableClassByItsFields() {
            class Loud extends BigDecimal {
                int volume;

                Loud() {
                    super(1);
                }
            }
            assertThatThrownBy(() -> Isolation.pass(new Loud()))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining(
                            "extends java.math.BigDecimal, which has state of its own");
        }

        @Test
        void looksIntoClocksOverAClockOfSomebodyElse() {
            Clock ticking = Clock.tick(Clock.systemUTC(), Duration.ofSeconds(1));
            assertThatThrownBy(() -> Isolation.pass(ticking))
                    .isInstanceOf(NotShareableException.class);
        }
    }

    @Nested
    class UnmodifiableCollections {
        static Stream<Object> values() {
            return Stream.of(
                    List.of(),
                    List.of(1),
                    List.of(1, 2, 3),
                    List.of(List.of("a"), Set.of("b"), Map.of("c", List.of("d"))),
                    Set.of(),
                    Set.of(1, 2, 3),
                    Map.of(),
                    Map.of("a", 1),
                    Map.of("a", 1, "b", 2),
                    Map.entry("a", 1),
                    List.of(1, 2, 3).subList(1, 2),
                    Stream.of("a", null).toList(),
                    List.copyOf(new ArrayList<>(List.of(1, 2))),
                    Collections.emptyList(),
                    Collections.emptyMap(),
                    Collections.emptySet(),
                    Collections.singletonList(null),
                    Collections.singletonMap(null, null),
                    Collections.singleton("a"));
        }

        @Test
        void aBillionCopiesAreOneElement() {
            List<String> copies = Collections.nCopies(1_000_000_000, "a");
            assertThat(Isolation.pass(copies) == copies).isTrue();
        }

        @ParameterizedTest
        @MethodSource("values")
        void passByReferenceWhenTheirContentDoes(Object value) {
            passesItself(value);
        }

        @Test
        void passByReferenceWhenTooLargeForAShortLook() {
            passesItself(Stream.iterate(0, i -> i + 1).limit(10_000).toList());
            passesItself(Set.copyOf(Stream.iterate(0, i -> i + 1).limit(10_000).toList()));
            passesItself(List.of(Stream.iterate(0, i -> i + 1).limit(10_000).toList()));
        }
    }

    @Nested
    class Records {
        record Point(int x, int y) {}

        record Line(Point from, Point to, String label, Instant at) {}

        record Tree(Tree left, Tree right, int value) {}

        sealed interface Shape {}

        record Circle(Point centre, int radius) implements Shape {}

        record Group(Shape one, Shape other, Kind kind) implements Shape {}

        enum Kind {
            PLAIN,
            FANCY {
                @Override
                public String toString() {
                    return "fancy";
                }
            }
        }

        sealed interface Leaky {}

        record Tight() implements Leaky {}

        non-sealed interface Open extends Leaky {}

        record OfLeaky(Leaky leaky) {}

        abstract static sealed class Base permits Derived {
            final int id = 1;
        }

        static final class Derived extends Base {
            int count;
        }

        record OfBase(Base base) {}

        record Ping(Pong pong) {}

        record Pong(Ping ping, Pung pung) {}

        record Pung(Ping ping, Object rest) {}

        record Holder(Object value) {}

        record Box<T>(T value, List<? extends T> more) {}

        record Empty() {}

        @Test
        void ofImmutableTypesAreSettledByTheirClass() {
            isImmutableByClass(Empty.class);
            isImmutableByClass(Point.class);
            isImmutableByClass(Line.class);
        }

        @Test
        void thatReferToThemselvesAreSettledByTheirClass() {
            isImmutableByClass(Tree.class);
            passesItself(new Tree(new Tree(null, null, 1), null, 2));
        }

        @Test
        void overSealedTypesAreSettledByTheirClass() {
            isImmutableByClass(Group.class);
            passesItself(new Group(new Circle(new Point(1, 2), 3), null, Kind.FANCY));
        }

        @Test
        void overASealedTypeWithAnOpenBranchAreLookedInto() {
            passesItself(new OfLeaky(new Tight()));
            class Counter implements Open {
                int count;
            }
            assertThatThrownBy(() -> Isolation.pass(new OfLeaky(new Counter())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("OfLeaky.leaky -> ");
        }

        @Test
        void overASealedClassWithAMutableBranchAreLookedInto() {
            passesItself(new OfBase(null));
            assertThatThrownBy(() -> Isolation.pass(new OfBase(new Derived())))
                    .hasMessageContaining("its field count is not final");
        }

        @Test
        void thatReferToEachOtherGetTheSameVerdictFromEitherEnd() {
            assertThat(ClassVerdicts.of(Ping.class)).isInstanceOf(Shell.class);
            assertThat(ClassVerdicts.of(Pong.class)).isInstanceOf(Shell.class);
            assertThat(ClassVerdicts.of(Pung.class)).isInstanceOf(Shell.class);
        }

        @Test
        void withOpenComponentsPassByReferenceWhenTheValuesDo() {
            passesItself(new Holder("a"));
            passesItself(new Holder(null));
            passesItself(new Holder(new Holder(List.of(new Point(1, 2)))));
            passesItself(new Box<>("a", List.of("b", "c")));
            passesItself(new Box<>(Optional.of(Map.of("a", new Holder(1))), null));
        }

        @Test
        void areReadByFieldAndNotByAccessor() {
            record Pretending(List<String> items) {
                @Override
                public List<String> items() {
                    return List.copyOf(items);
                }
            }
            List<String> items = new ArrayList<>(List.of("a"));
            Pretending passed = (Pretending) Isolation.pass(new Pretending(items));
            items.add("b");
            assertThat(passed.items()).containsExactly("a");
        }
    }

    @Nested
    class OtherClasses {
        enum Counting {
            ONE;
            int count;
        }

        static final class Money {
            private final long cents;
            private final Currency currency;

            Money(long cents, Currency currency) {
                this.cents = cents;
                this.currency = currency;
            }
        }

        static class Named {
            final CharSequence name;

            Named(CharSequence name) {
                this.name = name;
            }
        }

        static final class Titled extends Named {
            final String title = "Dr";

            Titled(CharSequence name) {
                super(name);
            }
        }

        interface Token extends Immutable {}

        record OfToken(Token token) {}

        static final class Mother {
            final Child child = new Child(this);
        }

        static final class Child {
            final Mother mother;

            Child(Mother mother) {
                this.mother = mother;
            }
        }

        static class Ring {
            final Object next;

            Ring() {
                this.next = new Ring(this);
            }

            Ring(Object next) {
                this.next = next;
            }
        }

        @Test
        void enumConstantsPassByReferenceWhateverTheirFields() {
            passesItself(Counting.ONE);
        }

        @Test
        void finalFieldsOfImmutableTypesAreSettledByTheClass() {
            isImmutableByClass(Money.class);
            passesItself(new Money(5, Currency.getInstance("EUR")));
        }

        @Test
        void finalFieldsOfOpenTypesAreLookedInto() {
            passesItself(new Titled("Ada"));
            passesItself(new Named("Ada"));
        }

        @Test
        void twoThatReferToEachOtherAreSettledByTheClass() {
            isImmutableByClass(Mother.class);
            passesItself(new Mother());
        }

        @Test
        void aCycleOfOpenTypesWithNothingMutableInItPassesByReference() {
            passesItself(new Ring());
            passesItself(List.of(new Ring(), new Ring()));
        }

        @Test
        void theMarkerIsBelieved() {
            class Marked implements Token {
                int count;
            }
            isImmutableByClass(Marked.class);
            isImmutableByClass(OfToken.class);
        }

        @Test
        void comparatorsOfTheJdkPassByReferenceWhenWhatTheyAreMadeOfDoes() {
            passesItself(Comparator.naturalOrder());
            passesItself(Comparator.reverseOrder());
            passesItself(String.CASE_INSENSITIVE_ORDER);
            passesItself(
                    Comparator.comparing(String::length)
                            .thenComparing(s -> s.charAt(0))
                            .reversed());
            passesItself(Collections.reverseOrder(Comparator.comparingInt(String::length)));
            passesItself(Comparator.nullsFirst(Comparator.<String>naturalOrder()));
            passesItself(Map.Entry.comparingByKey(Comparator.<String>reverseOrder()));
        }

        @Test
        void comparatorsOfTheJdkOverSomethingMutableAreRefused() {
            AtomicLong calls = new AtomicLong();
            Comparator<String> counting =
                    Comparator.comparing(s -> s.length() + calls.incrementAndGet());
            assertThatThrownBy(
                            () -> Isolation.pass(counting.thenComparing(Comparator.naturalOrder())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageStartingWith("comparator -> comparator -> lambda in ")
                    .hasMessageContaining("AtomicLong");
            int[] weights = {1, 2};
            assertThatThrownBy(
                            () -> Isolation.pass(Comparator.comparing((Integer i) -> weights[i])))
                    .hasMessageContaining("cannot be rebuilt around a copy of it");
        }

        @Test
        void hiddenClassesAreJudgedByTheirFields() throws Exception {
            byte[] bytes;
            try (var in = Hidden.class.getResourceAsStream("ByReferenceTest$Hidden.class")) {
                bytes = in.readAllBytes();
            }
            Class<?> hidden =
                    java.lang.invoke.MethodHandles.lookup()
                            .defineHiddenClass(bytes, true)
                            .lookupClass();
            var constructor = hidden.getDeclaredConstructor(Object.class);
            constructor.setAccessible(true);
            passesItself(constructor.newInstance("a"));
            assertThatThrownBy(() -> Isolation.pass(constructor.newInstance(new int[1])))
                    .hasMessageStartingWith(
                            "ByReferenceTest$Hidden.value -> int[]: mutable, and a ");
        }

        @Test
        void anAnonymousClassPassesByReferenceWhenItCapturesNothingMutable() {
            String text = Arrays.toString(new int[] {1});
            passesItself(
                    new Object() {
                        @Override
                        public String toString() {
                            return text;
                        }
                    });
        }
    }

    static final class Hidden {
        final Object value;

        Hidden(Object value) {
            this.value = value;
        }
    }
}
