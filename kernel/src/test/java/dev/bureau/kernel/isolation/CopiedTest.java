package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is mutable and known is copied.
@SuppressWarnings({"unchecked", "JdkObsolete", "JavaUtilDate"})
class CopiedTest {
    static <T> T pass(T message) {
        return (T) Isolation.pass(message);
    }

    enum Colour {
        RED,
        GREEN,
        BLUE
    }

    @Nested
    class Arrays_ {
        @Test
        void ofPrimitives() {
            int[] ints = {1, 2, 3};
            assertThat(pass(ints)).isEqualTo(ints).isNotSameAs(ints);
            assertThat(pass(new boolean[] {true})).containsExactly(true);
            assertThat(pass(new byte[] {1})).containsExactly(1);
            assertThat(pass(new char[] {'a'})).containsExactly('a');
            assertThat(pass(new short[] {1})).containsExactly((short) 1);
            assertThat(pass(new long[] {1})).containsExactly(1);
            assertThat(pass(new float[] {1})).containsExactly(1);
            assertThat(pass(new double[] {1})).containsExactly(1);
            assertThat(pass(new int[0])).isEmpty();
        }

        @Test
        void ofImmutables() {
            String[] strings = {"a", null};
            assertThat(pass(strings)).isEqualTo(strings).isNotSameAs(strings);
            assertThat(pass(new Colour[] {Colour.RED})).containsExactly(Colour.RED);
        }

        @Test
        void ofObjectsKeepTheirType() {
            List<?>[] lists = {new ArrayList<>(List.of(1)), null, List.of()};
            List<?>[] copy = pass(lists);
            assertThat(copy).isEqualTo(lists).isInstanceOf(List[].class);
            assertThat(copy[0]).isNotSameAs(lists[0]);
            assertThat(copy[2]).isSameAs(lists[2]);
        }

        @Test
        void ofArrays() {
            int[][] grid = {{1}, {2, 3}, null};
            int[][] copy = pass(grid);
            assertThat(copy).isDeepEqualTo(grid);
            grid[0][0] = 9;
            assertThat(copy[0][0]).isEqualTo(1);
        }

        @Test
        void huge() {
            byte[] bytes = new byte[200_000_000];
            bytes[199_999_999] = 7;
            assertThat(pass(bytes)[199_999_999]).isEqualTo((byte) 7);
            Object[] objects = new Object[2_000_000];
            Arrays.fill(objects, "x");
            objects[1_999_999] = new int[] {1};
            Object[] copy = pass(objects);
            assertThat(copy[1_999_999]).isEqualTo(new int[] {1}).isNotSameAs(objects[1_999_999]);
        }
    }

    @Nested
    class Collections_ {
        static Stream<Collection<Object>> collections() {
            return Stream.of(
                    new ArrayList<>(),
                    new LinkedList<>(),
                    new ArrayDeque<>(),
                    new Vector<>(),
                    new Stack<>(),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArraySet<>(),
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedDeque<>(),
                    new LinkedBlockingQueue<>(),
                    new LinkedBlockingDeque<>(),
                    new ArrayBlockingQueue<>(10),
                    new LinkedTransferQueue<>(),
                    new PriorityQueue<>(CopiedTest::bySize),
                    new PriorityBlockingQueue<>(5, CopiedTest::bySize),
                    new HashSet<>(),
                    new LinkedHashSet<>(),
                    new TreeSet<>(CopiedTest::bySize),
                    new ConcurrentSkipListSet<>(CopiedTest::bySize),
                    ConcurrentHashMap.newKeySet());
        }

        @ParameterizedTest
        @MethodSource("collections")
        void getACopyOfTheirClassAndOrder(Collection<Object> original) {
            for (int i : new int[] {3, 1, 2}) {
                original.add(new ArrayList<>(Collections.nCopies(i, "x")));
            }
            Collection<Object> copy = pass(original);
            assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
            assertThat(copy.toArray()).isEqualTo(original.toArray());
            for (Object inner : original) {
                assertThat(copy).noneMatch(each -> each == inner);
            }
            original.clear();
            assertThat(copy).hasSize(3);
            copy.add(new ArrayList<>(Collections.nCopies(4, "x")));
            assertThat(copy).hasSize(4);
        }

        @ParameterizedTest
        @MethodSource("collections")
        void getACopyWhenEmpty(Collection<Object> original) {
            assertThat(pass(original)).isNotSameAs(original).hasSameClassAs(original).isEmpty();
        }

        static Stream<Map<Object, Object>> maps() {
            return Stream.of(
                    new HashMap<>(),
                    new LinkedHashMap<>(),
                    new TreeMap<>(CopiedTest::bySize),
                    new ConcurrentSkipListMap<>(CopiedTest::bySize),
                    new Hashtable<>(),
                    new ConcurrentHashMap<>());
        }

        @ParameterizedTest
        @MethodSource("maps")
        void mapsGetACopyOfTheirClassAndOrder(Map<Object, Object> original) {
            for (int i : new int[] {3, 1, 2}) {
                original.put(
                        new ArrayList<>(Collections.nCopies(i, "x")), new ArrayList<>(List.of(i)));
            }
            Map<Object, Object> copy = pass(original);
            assertThat(copy).isEqualTo(original).hasSameClassAs(original);
            assertThat(copy.keySet().toArray()).isEqualTo(original.keySet().toArray());
            assertThat(copy.get(List.of("x", "x"))).isEqualTo(List.of(2));
            original.values().forEach(value -> ((List<Object>) value).add("more"));
            assertThat(copy.get(List.of("x", "x"))).isEqualTo(List.of(2));
            original.clear();
            assertThat(copy).hasSize(3);
        }

        @Test
        void enumCollectionsKeepTheirType() {
            EnumMap<Colour, Object> map = new EnumMap<>(Map.of(Colour.RED, new int[] {1}));
            EnumMap<Colour, Object> copy = pass(map);
            assertThat(copy.get(Colour.RED))
                    .isEqualTo(new int[] {1})
                    .isNotSameAs(map.get(Colour.RED));
            copy.put(Colour.BLUE, 1);
            assertThat(pass(new EnumMap<Colour, Object>(Colour.class))).isEmpty();
            EnumSet<Colour> set = EnumSet.of(Colour.GREEN);
            EnumSet<Colour> copiedSet = pass(set);
            set.clear();
            assertThat(copiedSet).containsExactly(Colour.GREEN);
        }

        @Test
        void identityMapsKeepEqualKeysApart() {
            IdentityHashMap<Object, Object> map = new IdentityHashMap<>();
            map.put(new ArrayList<>(), 1);
            map.put(new ArrayList<>(), 2);
            assertThat(pass(map)).hasSize(2);
        }

        @Test
        void propertiesKeepTheirDefaults() {
            Properties defaults = new Properties();
            defaults.setProperty("a", "1");
            defaults.setProperty("b", "1");
            Properties properties = new Properties(defaults);
            properties.setProperty("b", "2");
            Properties copy = pass(properties);
            defaults.setProperty("a", "9");
            assertThat(copy.getProperty("a")).isEqualTo("1");
            assertThat(copy.getProperty("b")).isEqualTo("2");
            assertThat(copy).hasSize(1);
        }

        @Test
        void aMapInAccessOrderStaysSo() {
            LinkedHashMap<String, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
            map.put("a", 1);
            map.put("b", 2);
            Map<String, Integer> copy = pass(map);
            assertThat(copy.get("a")).isEqualTo(1);
            assertThat(copy.keySet()).containsExactly("b", "a");
            assertThat(map.keySet()).containsExactly("a", "b");
        }

        @Test
        void aBoundedQueueKeepsItsBound() {
            BlockingQueue<Object> full = new LinkedBlockingQueue<>(List.of(1, 2));
            BlockingQueue<Object> bounded = new LinkedBlockingQueue<>(2);
            assertThat(bounded.addAll(full)).isTrue();
            assertThat(pass(bounded).offer(3)).isFalse();
            BlockingQueue<Object> array = new ArrayBlockingQueue<>(2);
            assertThat(array.addAll(full)).isTrue();
            assertThat(pass(array).offer(3)).isFalse();
        }

        @Test
        void sortedOnesKeepTheirComparator() {
            Comparator<String> order =
                    Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder());
            TreeSet<String> set = new TreeSet<>(order);
            set.addAll(List.of("a", "b", "cc"));
            assertThat(pass(set)).containsExactly("b", "a", "cc");
            assertThat(pass(set).comparator()).isSameAs(order);
            assertThat(pass(new TreeMap<>(Map.of(2, "b", 1, "a"))).firstKey()).isEqualTo(1);
        }

        @Test
        void elementsThatChangeWhenCopiedAreFoundInTheCopy() {
            record Key(int[] bytes) {
                @Override
                public boolean equals(Object other) {
                    return other instanceof Key(int[] theirs) && Arrays.equals(bytes, theirs);
                }

                @Override
                public int hashCode() {
                    return Arrays.hashCode(bytes);
                }
            }
            class Token {} // hashes by identity, passes by reference
            Map<Object, Object> map = new HashMap<>();
            Token token = new Token();
            map.put(new Key(new int[] {1, 2}), "by content");
            map.put(token, "by identity");
            map.put(Optional.of(new ArrayList<>(List.of(1))), "in an optional");
            Map<Object, Object> copy = pass(map);
            assertThat(copy.get(new Key(new int[] {1, 2}))).isEqualTo("by content");
            assertThat(copy.get(token)).isEqualTo("by identity");
            assertThat(copy.get(Optional.of(List.of(1)))).isEqualTo("in an optional");
            int[] array = {1};
            Set<Object> arrays = new HashSet<>(Set.of(array));
            assertThat(pass(List.of(arrays, array)))
                    .satisfies(both ->
                            assertThat(((Set<?>) both.get(0)).contains(both.get(1))).isTrue());
            assertThat(pass(Set.of(new Key(new int[] {3}))).contains(new Key(new int[] {3})))
                    .isTrue();
        }

        @Test
        void aSetWhoseElementsBecameEqualIsRefusedRatherThanShrunk() {
            List<Integer> one = new ArrayList<>(List.of(1));
            List<Integer> two = new ArrayList<>(List.of(2));
            Set<Object> set = new HashSet<>(List.of(one, two));
            two.set(0, 1);
            assertThatThrownBy(() -> Isolation.pass(set))
                    .hasMessageStartingWith("java.util.HashSet: two of its elements are equal");
        }
    }

    @Nested
    class Views {
        final List<Object> inner = new ArrayList<>(List.of(1));
        final List<Object> base = new ArrayList<>(Arrays.asList("a", inner, null, "d"));
        final Map<String, Object> map = new LinkedHashMap<>(Map.of("k", inner));

        private void isDetached(Collection<Object> view, Class<?> kind, boolean modifiable) {
            Object[] before = view.toArray();
            Collection<Object> copy = pass(view);
            assertThat(copy).isInstanceOf(kind);
            assertThat(copy.toArray()).isEqualTo(before);
            inner.add("changed");
            assertThat(copy.toArray()).isNotEqualTo(view.toArray());
            if (modifiable) {
                copy.remove("a");
            } else {
                assertThatThrownBy(() -> copy.remove("a"))
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }

        @Test
        void subListsBecomeLists() {
            isDetached(base.subList(0, 2), List.class, true);
        }

        @Test
        void reversedViewsKeepTheirOrder() {
            isDetached(base.reversed(), List.class, true);
            isDetached(new ArrayDeque<>(List.of("a", inner)).reversed(), Deque.class, true);
            isDetached(new LinkedList<>(base).reversed(), LinkedList.class, true);
            isDetached(
                    new LinkedHashSet<>(List.of("a", inner)).reversed(), SequencedSet.class, true);
            isDetached(List.of("a", inner).reversed(), List.class, false);
            assertThat(pass(new TreeSet<>(List.of(1, 2, 3)).reversed())).containsExactly(3, 2, 1);
            TreeMap<Integer, String> sorted = new TreeMap<>(Map.of(1, "a", 2, "b"));
            assertThat(pass(sorted.reversed()).sequencedKeySet()).containsExactly(2, 1);
            assertThat(pass(sorted.reversed()).reversed().sequencedKeySet()).containsExactly(1, 2);
            map.put("l", 2);
            assertThat(pass(((LinkedHashMap<String, Object>) map).reversed()).keySet())
                    .containsExactly("l", "k");
        }

        @Test
        void unmodifiableStaysUnmodifiable() {
            isDetached(Collections.unmodifiableList(base), List.class, false);
            isDetached(Collections.unmodifiableCollection(base), Collection.class, false);
            isDetached(
                    Collections.unmodifiableSet(new HashSet<>(List.of("a", inner))),
                    Set.class,
                    false);
            assertThatThrownBy(() -> pass(Collections.unmodifiableMap(map)).put("x", 1))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(pass(Collections.unmodifiableMap(map))).isEqualTo(map);
            SortedMap<String, Object> sorted =
                    pass(Collections.unmodifiableSortedMap(new TreeMap<>(map)));
            assertThat(sorted).isEqualTo(map);
            assertThatThrownBy(() -> sorted.put("x", 1))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void anUnmodifiableViewIsCopiedEvenIfItsContentIsImmutable() {
            List<String> backing = new ArrayList<>(List.of("a"));
            List<String> copy = pass(Collections.unmodifiableList(backing));
            backing.add("b");
            assertThat(copy).containsExactly("a");
        }

        @Test
        void synchronizedAndCheckedWrappersBecomePlain() {
            isDetached(Collections.synchronizedList(base), List.class, true);
            isDetached(Collections.checkedList(base, Object.class), List.class, true);
            assertThat(pass(Collections.synchronizedMap(map))).isEqualTo(map);
            assertThat(pass(Collections.synchronizedSet(new HashSet<>(base))))
                    .isEqualTo(new HashSet<>(base));
        }

        @Test
        void viewsOfMapsAreDetached() {
            isDetached((Collection<Object>) (Collection<?>) map.values(), Collection.class, true);
            Set<String> keys = pass(map.keySet());
            Set<Map.Entry<String, Object>> entries = pass(map.entrySet());
            Map.Entry<String, Object> entry = pass(map.entrySet().iterator().next());
            entries.iterator().next().setValue("changed");
            entry.setValue("changed");
            assertThat(map).containsEntry("k", inner);
            map.clear();
            assertThat(keys).containsExactly("k");
            assertThat(entries).hasSize(1);
            assertThat(entry.getKey()).isEqualTo("k");
        }

        @Test
        void sortedViewsStaySorted() {
            TreeMap<Integer, Object> tree = new TreeMap<>(Map.of(1, "a", 2, inner, 3, "c"));
            assertThat(pass(tree.headMap(3)))
                    .isEqualTo(tree.headMap(3))
                    .isInstanceOf(TreeMap.class);
            assertThat(pass(tree.descendingMap()).firstKey()).isEqualTo(3);
            assertThat(pass(tree.navigableKeySet().descendingSet())).containsExactly(3, 2, 1);
            assertThat(pass(new ConcurrentSkipListMap<>(tree).tailMap(2)))
                    .isInstanceOf(ConcurrentSkipListMap.class)
                    .hasSize(2);
        }

        @Test
        void arraysAsListStaysFixedInLength() {
            List<Object> list = pass(Arrays.asList("a", inner));
            assertThat(list).isEqualTo(List.of("a", inner));
            list.set(0, "b");
            assertThatThrownBy(() -> list.add("c"))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void aStackMadeOfADequeStaysOne() {
            Queue<Object> stack = Collections.asLifoQueue(new ArrayDeque<>());
            stack.add(1);
            stack.add(inner);
            Queue<Object> copy = pass(stack);
            copy.add(3);
            assertThat(copy).containsExactly(3, inner, 1);
            assertThat(stack).hasSize(2);
        }

        @Test
        void setsThatCompareByIdentityAreRefusedRatherThanShrunk() {
            Set<Object> byIdentity = Collections.newSetFromMap(new IdentityHashMap<>());
            byIdentity.add(new ArrayList<>());
            byIdentity.add(new ArrayList<>());
            assertThatThrownBy(() -> Isolation.pass(byIdentity))
                    .hasMessageContaining("equal to each other");
        }
    }

    @Nested
    class SmallThings {
        @Test
        void bitSetsDatesAndCalendars() {
            BitSet bits = BitSet.valueOf(new long[] {5});
            Date date = new Date(5);
            Calendar calendar = new GregorianCalendar(2026, 1, 1);
            List<Object> copy = pass(Arrays.asList(bits, date, calendar));
            bits.clear();
            date.setTime(9);
            calendar.set(Calendar.YEAR, 2000);
            assertThat(copy)
                    .containsExactly(
                            BitSet.valueOf(new long[] {5}),
                            new Date(5),
                            new GregorianCalendar(2026, 1, 1));
        }

        @Test
        void stringBuilders() {
            StringBuilder builder = new StringBuilder("abc");
            StringBuilder copy = pass(builder);
            builder.append("d");
            assertThat(copy).hasToString("abc");
            assertThat(pass(new StringBuffer("x"))).hasToString("x");
        }

        @Test
        void heapBuffersWithTheirPositions() {
            ByteBuffer buffer =
                    ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}).order(ByteOrder.LITTLE_ENDIAN);
            buffer.position(1).limit(4);
            ByteBuffer copy = pass(buffer);
            buffer.put(1, (byte) 9);
            assertThat(copy.remaining()).isEqualTo(3);
            assertThat(copy.get(0)).isEqualTo((byte) 1);
            assertThat(copy.get()).isEqualTo((byte) 2);
            assertThat(copy.capacity()).isEqualTo(5);
            assertThat(copy.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(pass(buffer.slice().asReadOnlyBuffer()).isReadOnly()).isTrue();
            assertThatThrownBy(() -> Isolation.pass(ByteBuffer.allocateDirect(1)))
                    .hasMessageContaining("heap ByteBuffer");
        }

        @Test
        void entriesAndOptionals() {
            List<Integer> list = new ArrayList<>(List.of(1));
            Map.Entry<String, List<Integer>> entry = pass(new AbstractMap.SimpleEntry<>("a", list));
            Map.Entry<String, List<Integer>> fixed = pass(Map.entry("a", list));
            Optional<List<Integer>> optional = pass(Optional.of(list));
            list.add(2);
            assertThat(entry.getValue()).containsExactly(1);
            entry.setValue(List.of());
            assertThat(fixed.getValue()).containsExactly(1);
            assertThat(optional).contains(List.of(1));
        }
    }

    @Nested
    class Shells {
        record Order(String id, List<Item> items, int total) {}

        record Item(String name, int[] amounts) {}

        @Test
        void recordsWithListsOfRecordsAreRebuiltAsFarAsNeeded() {
            Item plain = new Item("plain", null);
            Order order =
                    new Order(
                            "o", new ArrayList<>(List.of(plain, new Item("b", new int[] {1}))), 7);
            Order copy = pass(order);
            order.items().get(1).amounts()[0] = 9;
            order.items().clear();
            assertThat(copy.id()).isEqualTo("o");
            assertThat(copy.total()).isEqualTo(7);
            assertThat(copy.items()).hasSize(2);
            assertThat(copy.items().get(0)).isSameAs(plain);
            assertThat(copy.items().get(1).amounts()).containsExactly(1);
        }

        @Test
        void unmodifiableCollectionsAreRebuiltWhenTheirContentIsCopied() {
            int[] array = {1};
            List<Object> list = pass(List.of("a", array, List.of(array)));
            assertThat(list.get(1)).isEqualTo(array).isNotSameAs(array);
            assertThat(((List<Object>) list.get(2)).get(0)).isSameAs(list.get(1));
            assertThat(pass(Stream.<Object>of("a", null, array).toList()))
                    .hasSize(3)
                    .contains((Object) null);
            assertThat(pass(Map.of("a", array)).get("a")).isNotSameAs(array).isEqualTo(array);
            assertThat(pass(Set.of(new ArrayList<>(List.of(1)))).contains(List.of(1))).isTrue();
            assertThat(pass(Collections.nCopies(5, array)))
                    .hasSize(5)
                    .allSatisfy(each -> assertThat(each).isEqualTo(array).isNotSameAs(array));
            assertThat(pass(Collections.singletonMap(null, array)).get(null)).isEqualTo(array);
            assertThat(pass(List.of(array, array, 3).subList(0, 2)))
                    .hasSize(2)
                    .noneMatch(each -> each == array);
        }

        @Test
        void aConstructorThatChecksAndCopiesIsFine() {
            record Team(List<int[]> members) {
                Team {
                    if (members.isEmpty()) {
                        throw new IllegalArgumentException("empty");
                    }
                    members = List.copyOf(members);
                }
            }
            Team team = new Team(List.of(new int[] {1}));
            assertThat(pass(team).members().get(0))
                    .containsExactly(1)
                    .isNotSameAs(team.members().get(0));
        }

        @Test
        void manyComponentsOfAllTypesKeepTheirPlaces() {
            record Wide(
                    byte a,
                    short b,
                    char c,
                    int d,
                    long e,
                    float f,
                    double g,
                    boolean h,
                    Object i,
                    String j,
                    int[] k) {}
            Wide copy =
                    pass(
                            new Wide(
                                    (byte) 1,
                                    (short) 2,
                                    'c',
                                    4,
                                    5,
                                    6,
                                    7,
                                    true,
                                    new int[] {8},
                                    "j",
                                    new int[] {9}));
            assertThat(copy.a()).isEqualTo((byte) 1);
            assertThat(copy.c()).isEqualTo('c');
            assertThat(copy.g()).isEqualTo(7);
            assertThat(copy.h()).isTrue();
            assertThat(copy.i()).isEqualTo(new int[] {8});
            assertThat(copy.j()).isEqualTo("j");
            assertThat(copy.k()).containsExactly(9);
        }

        @Test
        void largeListsOfMixedContentAreCopied() {
            List<Object> list = new ArrayList<>();
            IntStream.range(0, 10_000)
                    .forEach(i -> list.add(i % 2 == 0 ? i : new Item("x" + i, new int[] {i})));
            List<Object> copy = pass(list);
            assertThat(copy).hasSize(10_000);
            assertThat(((Item) copy.get(9_999)).amounts()).containsExactly(9_999);
        }
    }

    static int bySize(Object one, Object other) {
        return Integer.compare(((Collection<?>) one).size(), ((Collection<?>) other).size());
    }
}
