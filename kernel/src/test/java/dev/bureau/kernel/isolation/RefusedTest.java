package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.NotShareableException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rest is refused, with the path to the culprit and a way to mend it.
class RefusedTest {
    record Order(String id, Object items) {}

    static String refusal(Object message) {
        try {
            Object passed = Isolation.pass(message);
            throw new AssertionError("passed: " + passed);
        } catch (NotShareableException e) {
            return e.getMessage();
        }
    }

    @Nested
    class ThePath {
        @Test
        void leadsFromTheMessageToTheCulprit() {
            List<Object> items = new ArrayList<>(List.of(1, "b", List.of(), new AtomicLong()));
            assertThat(refusal(new Order("o", items)))
                    .isEqualTo(
                            "RefusedTest$Order.items -> ArrayList[3] -> "
                                    + "java.util.concurrent.atomic.AtomicLong: not immutable and not known how to copy; "
                                    + "keep it in one process and send its value");
        }

        @Test
        void namesEveryKindOfStep() {
            AtomicLong culprit = new AtomicLong();
            assertThat(refusal(new Object[] {1, culprit})).startsWith("Object[][1] -> ");
            assertThat(refusal(List.of(1, 2, culprit))).startsWith("List[2] -> ");
            assertThat(refusal(Map.of("a", culprit))).startsWith("Map[\"a\"] -> ");
            assertThat(refusal(new HashMap<>(Map.of(7, culprit)))).startsWith("HashMap[7] -> ");
            assertThat(refusal(new HashMap<>(Map.of(culprit, 7)))).startsWith("HashMap key -> ");
            assertThat(refusal(new HashMap<>(Map.of("x".repeat(99), culprit))))
                    .hasSizeLessThan(250);
            assertThat(refusal(new HashSet<>(List.of(culprit)))).startsWith("HashSet element -> ");
            assertThat(refusal(Optional.of(culprit))).startsWith("Optional -> ");
            assertThat(refusal(Map.entry("a", culprit))).startsWith("Entry value -> ");
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(new ArrayList<>(), culprit);
            assertThat(refusal(map)).startsWith("LinkedHashMap[a ArrayList] -> ");
            assertThat(refusal(new java.util.TreeSet<>(new Sloppy())))
                    .startsWith("TreeSet.comparator -> ");
        }

        static class Sloppy implements java.util.Comparator<Object> {
            int calls;

            @Override
            public int compare(Object one, Object other) {
                return calls++;
            }
        }
    }

    @Nested
    class UserClasses {
        static class Counter {
            int count;
        }

        static class Fancy extends Counter {
            final String colour = "red";
        }

        static final class Holder {
            final List<String> names;

            Holder(List<String> names) {
                this.names = names;
            }
        }

        static class Named extends ArrayList<String> {}

        static class Task extends java.util.TimerTask {
            @Override
            public void run() {}
        }

        class Inner {
            final String text = outerText();
        }

        int state;

        String outerText() {
            return "text" + state;
        }

        @Test
        void withAFieldThatIsNotFinalAreRefusedByItsName() {
            assertThat(refusal(new Counter()))
                    .isEqualTo(
                            "dev.bureau.kernel.isolation.RefusedTest$UserClasses$Counter: its field count is not final; "
                                    + "make it a record, or send a record with what the receiver needs of it");
            assertThat(refusal(new Fancy()))
                    .contains("its field RefusedTest$UserClasses$Counter.count is not final");
        }

        @Test
        void thatHoldSomethingMutableAreRefusedThoughItCouldBeCopied() {
            assertThat(Isolation.pass(new Holder(List.of()))).isInstanceOf(Holder.class);
            assertThat(refusal(new Holder(new ArrayList<>())))
                    .isEqualTo(
                            "RefusedTest$UserClasses$Holder.names -> java.util.ArrayList: mutable, and a "
                                    + "RefusedTest$UserClasses$Holder cannot be rebuilt around a copy of it; "
                                    + "make it a record, or send a record with what the receiver needs of it");
        }

        @Test
        void thatExtendACollectionAreRefused() {
            assertThat(refusal(new Named()))
                    .contains("extends java.util.ArrayList, and only the JDK's own");
        }

        @Test
        void thatExtendAClassOfTheJdkWithStateAreRefused() {
            assertThat(refusal(new Task())).contains("TimerTask");
        }

        @Test
        void thatCaptureAMutableOuterInstanceAreRefusedByItsName() {
            class Local {
                String text() {
                    return outerText();
                }
            }
            assertThat(refusal(new Local()))
                    .contains("captures RefusedTest$UserClasses.this -> ")
                    .contains("its field state is not final; make ")
                    .endsWith("so that it does not capture RefusedTest$UserClasses.this");
            int[] captured = {1};
            Object anonymous =
                    new Object() {
                        @Override
                        public String toString() {
                            return Arrays.toString(captured);
                        }
                    };
            assertThat(refusal(anonymous)).contains(" captures captured -> int[]: mutable");
        }

        @Test
        void thatAreCloseableAreResources() {
            record Connection(int handle) implements AutoCloseable {
                @Override
                public void close() {}
            }
            assertThat(refusal(new Connection(1))).contains("hand it over with Owned");
        }

        @Test
        void whoseConstructorRejectsTheCopyAreRefused() {
            record Picky(Object parts) {
                static boolean open = true;

                Picky {
                    if (!open) {
                        throw new IllegalArgumentException("closed now");
                    }
                }
            }
            Picky picky = new Picky(new int[1]);
            Picky.open = false;
            assertThatThrownBy(() -> Isolation.pass(picky))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining(
                            "its constructor does not take a copy of its own components")
                    .hasMessageContaining("closed now")
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void behindAProxyAreRefused() {
            Object proxy =
                    java.lang.reflect.Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {Runnable.class},
                            (_, _, _) -> null);
            assertThat(refusal(proxy)).contains("Proxy.h is not final");
        }
    }

    @Nested
    class TheJdk {
        static Stream<Arguments> values() throws Exception {
            return Stream.of(
                    Arguments.of(new AtomicLong(), "send its value"),
                    Arguments.of(new ByteArrayInputStream(new byte[0]), "Owned"),
                    Arguments.of(Stream.of(1), "collect it into a list"),
                    Arguments.of(List.of(1).iterator(), "collect it into a list"),
                    Arguments.of(new ArrayList<>(List.of(1)).iterator(), "collect it into a list"),
                    Arguments.of(List.of(1).spliterator(), "collect it into a list"),
                    Arguments.of(new ReentrantLock(), "nothing needs a lock"),
                    Arguments.of(Thread.currentThread(), "spawn a process"),
                    Arguments.of(ForkJoinPool.commonPool(), "spawn a process"),
                    Arguments.of(new CompletableFuture<>(), "wait for its result"),
                    Arguments.of(new Random(), "make a new one"),
                    Arguments.of(new ThreadLocal<>(), "send its value"),
                    Arguments.of(new CountDownLatch(1), "a record"),
                    Arguments.of(ClassLoader.getSystemClassLoader(), "a record"),
                    Arguments.of(new java.lang.ref.WeakReference<>("a"), "a record"),
                    Arguments.of(new WeakHashMap<>(), "collection of java.util"),
                    Arguments.of(String.class.getMethods()[0], "a record"),
                    Arguments.of(java.nio.IntBuffer.allocate(1), "into an array"),
                    Arguments.of(java.nio.ByteBuffer.allocateDirect(1), "heap ByteBuffer"),
                    Arguments.of(URI.create("http://a").toURL(), "java.net.URI"),
                    Arguments.of(new java.util.DoubleSummaryStatistics(), "a record"));
        }

        @ParameterizedTest
        @MethodSource("values")
        void refusesWhatCannotCrossWithAHint(Object value, String hint) {
            assertThat(refusal(value))
                    .contains(": not immutable and not known how to copy; ")
                    .contains(hint);
        }

        @Test
        void anIteratorOfTheUsersIsJudgedByItsFields() {
            Iterator<Integer> empty =
                    new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return false;
                        }

                        @Override
                        public Integer next() {
                            throw new java.util.NoSuchElementException();
                        }
                    };
            assertThat(Isolation.pass(empty)).isSameAs(empty);
        }
    }

    @Nested
    class Throwables {
        static class Plain extends RuntimeException {
            private static final long serialVersionUID = 1L;
            final String code;

            Plain(String code, Throwable cause) {
                super("plain", cause);
                this.code = code;
            }
        }

        static class Loaded extends Exception {
            private static final long serialVersionUID = 1L;
            final transient Object load;

            Loaded(Object load) {
                this.load = load;
            }
        }

        static class Sloppy extends Exception {
            private static final long serialVersionUID = 1L;
            int retries;
        }

        @Test
        void ofImmutableFieldsPassByReference() {
            for (Throwable each :
                    List.of(
                            new Plain("a", new IOException("b", new FileNotFoundException("c"))),
                            new NullPointerException("n"),
                            new UncheckedIOException(new IOException()),
                            new ExecutionException(new StackOverflowError()),
                            new java.lang.reflect.InvocationTargetException(new Plain("a", null)),
                            new java.util.MissingResourceException("a", "b", "c"),
                            new java.nio.file.NoSuchFileException("f"),
                            new NotShareableException("m", null),
                            new Loaded(List.of(1)))) {
                assertThat(Isolation.pass(each)).isSameAs(each);
            }
        }

        @Test
        void withAMutableFieldAreRefused() {
            assertThat(refusal(new Loaded(new int[1])))
                    .contains("Loaded.load -> int[]: mutable, and a throwable");
            assertThat(refusal(new Sloppy()))
                    .contains("its field retries is not final; make the field final");
        }

        @Test
        void areAnswerableForTheirCauseAndWhatTheySuppressed() {
            Exception outer = new IllegalStateException(new Sloppy());
            assertThat(refusal(outer)).startsWith("IllegalStateException.cause -> ");
            Exception suppressing = new IllegalStateException("x");
            suppressing.addSuppressed(new IOException());
            suppressing.addSuppressed(new Loaded(new AtomicLong()));
            assertThat(refusal(suppressing))
                    .startsWith(
                            "IllegalStateException.suppressed[1] -> RefusedTest$Throwables$Loaded.load -> ");
        }

        @Test
        void thatSuppressEachOtherPass() {
            Exception one = new Exception("one");
            Exception other = new Exception("other", one);
            one.addSuppressed(other);
            assertThat(Isolation.pass(one)).isSameAs(one);
        }
    }
}
