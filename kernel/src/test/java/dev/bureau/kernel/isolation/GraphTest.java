package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.bureau.kernel.NotShareableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Sharing, cycles and depth.
@SuppressWarnings("unchecked")
class GraphTest {
    private static final int DEEP = 100_000;

    record Node(Object value, Object next) {}

    static <T> T pass(T message) {
        return (T) Isolation.pass(message);
    }

    @Nested
    class Sharing {
        @Test
        void theSameObjectTwiceBecomesTheSameCopyTwice() {
            int[] array = {1};
            List<Object> list = new ArrayList<>(List.of(array));
            Node copy = pass(new Node(list, Map.of("list", list, "array", array)));
            Map<String, Object> next = (Map<String, Object>) copy.next();
            assertThat(next.get("list")).isSameAs(copy.value()).isNotSameAs(list);
            assertThat(next.get("array"))
                    .isSameAs(((List<Object>) copy.value()).get(0))
                    .isNotSameAs(array);
        }

        @Test
        void equalObjectsAreNotTheSame() {
            Node copy = pass(new Node(new ArrayList<>(), new ArrayList<>()));
            assertThat(copy.value()).isNotSameAs(copy.next());
        }

        @Test
        void aSharedRecordIsRebuiltOnce() {
            Node shared = new Node(new int[1], null);
            List<Object> copy = pass(new ArrayList<>(List.of(shared, shared)));
            assertThat(copy.get(0)).isSameAs(copy.get(1)).isNotSameAs(shared);
        }

        @Test
        void holdsForManyObjects() {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                list.add(new int[] {i});
            }
            list.addAll(List.copyOf(list));
            List<Object> copy = pass(list);
            for (int i = 0; i < 1000; i++) {
                assertThat(copy.get(i)).isSameAs(copy.get(i + 1000)).isEqualTo(new int[] {i});
            }
        }
    }

    @Nested
    class Cycles {
        record Person(String name, List<Person> friends) {
            @Override
            public boolean equals(Object other) {
                return other instanceof Person person && person.name.equals(name);
            }

            @Override
            public int hashCode() {
                return name.hashCode();
            }
        }

        record Circle(String name, Set<Object> members) {
            @Override
            public boolean equals(Object other) {
                return other instanceof Circle circle && circle.name.equals(name);
            }

            @Override
            public int hashCode() {
                return name.hashCode();
            }
        }

        @Test
        void throughAListItself() {
            List<Object> list = new ArrayList<>();
            list.add(list);
            List<Object> copy = pass(list);
            assertThat(copy.get(0)).isSameAs(copy).isNotSameAs(list);
        }

        @Test
        void throughArraysAndMaps() {
            Object[] array = new Object[1];
            Map<String, Object> map = new HashMap<>();
            map.put("array", array);
            array[0] = map;
            Object[] copy = pass(array);
            assertThat(((Map<String, Object>) copy[0]).get("array")).isSameAs(copy);
        }

        @Test
        void throughRecordsAndLists() {
            Person ada = new Person("Ada", new ArrayList<>());
            Person bob = new Person("Bob", new ArrayList<>(List.of(ada)));
            ada.friends().addAll(List.of(bob, ada));
            Person copy = pass(ada);
            assertThat(copy).isNotSameAs(ada);
            assertThat(copy.friends()).hasSize(2).isNotSameAs(ada.friends());
            assertThat(copy.friends().get(0).name()).isEqualTo("Bob");
            assertThat(copy.friends().get(0).friends().get(0)).isSameAs(copy);
            assertThat(copy.friends().get(1)).isSameAs(copy);
        }

        @Test
        void throughRecordsEnteredAtAList() {
            List<Person> everybody = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                everybody.add(new Person("p" + i, everybody));
            }
            List<Person> copy = pass(everybody);
            assertThat(copy).isEqualTo(everybody);
            assertThat(copy).allSatisfy(person -> assertThat(person.friends()).isSameAs(copy));
        }

        @Test
        void throughSetsThatHash() {
            Circle inner = new Circle("inner", new HashSet<>());
            Circle outer = new Circle("outer", new HashSet<>(Set.of(inner)));
            inner.members().add(outer);
            inner.members().add(List.of(outer));
            Circle copy = pass(outer);
            Circle copiedInner = (Circle) copy.members().iterator().next();
            assertThat(copiedInner.members()).hasSize(2);
            isFound(outer, copiedInner.members());
            isFound(List.of(outer), copiedInner.members());
            assertThat(copiedInner.members()).anyMatch(member -> member == copy);
            isFound(inner, copy.members());
        }

        @Test
        void throughASetWhoseElementsAreHashedByWhatIsFilledLate() {
            Circle outer = new Circle("outer", new HashSet<>());
            List<Object> late = new ArrayList<>(List.of(outer));
            Set<Object> set = new HashSet<>(Set.of(late, Optional.of(late)));
            outer.members().add(set);
            Circle copy = pass(outer);
            Set<Object> copiedSet = (Set<Object>) copy.members().iterator().next();
            isFound(List.of(copy), copiedSet);
            isFound(Optional.of(List.of(copy)), copiedSet);
        }

        @Test
        void throughASetHashedByAListAroundIt() {
            List<Object> list = new ArrayList<>();
            Circle circle = new Circle("c", new HashSet<>());
            list.add(circle);
            circle.members().add(list);
            List<Object> copy = pass(list);
            Circle copied = (Circle) copy.get(0);
            isFound(copy, copied.members());
            assertThat(copied.members().iterator().next()).isSameAs(copy);
        }

        @Test
        void throughUnmodifiableListsFromEitherEnd() {
            Person ada = new Person("Ada", new ArrayList<>());
            Person bob = new Person("Bob", List.of(ada));
            Person eve = new Person("Eve", List.of(bob, ada));
            Person zoe = new Person("Zoe", List.of(bob, eve, ada));
            ada.friends().addAll(List.of(bob, eve, zoe));
            for (Person first : List.of(ada, bob, eve, zoe)) {
                Person copy = pass(first);
                assertThat(copy).isNotSameAs(first);
                Map<String, Person> found = new HashMap<>();
                collect(copy, found);
                assertThat(found).hasSize(4);
                assertThat(found.get("Ada").friends().get(0)).isSameAs(found.get("Bob"));
                assertThat(found.get("Ada").friends().get(1)).isSameAs(found.get("Eve"));
                assertThat(found.get("Bob").friends().get(0)).isSameAs(found.get("Ada"));
                assertThat(found.get("Eve").friends().get(0)).isSameAs(found.get("Bob"));
                assertThat(found.get("Eve").friends().get(1)).isSameAs(found.get("Ada"));
                assertThat(found.get("Zoe").friends().get(0)).isSameAs(found.get("Bob"));
                assertThat(found.get("Zoe").friends().get(1)).isSameAs(found.get("Eve"));
            }
        }

        private static void collect(Person person, Map<String, Person> found) {
            Person known = found.putIfAbsent(person.name(), person);
            if (known == null) {
                person.friends().forEach(friend -> collect(friend, found));
            } else {
                assertThat(person).isSameAs(known);
            }
        }

        @Test
        void aLongChainThatRefersBackStepByStepIsLinear() {
            List<Object> first = new ArrayList<>();
            Node node = new Node(first, null);
            Node start = node;
            List<Object> last = first;
            for (int i = 0; i < DEEP; i++) {
                List<Object> next = new ArrayList<>();
                node = new Node(next, List.of(node));
                last.add(node);
                last = next;
            }
            Node copy = pass(start);
            for (int i = 0; i < DEEP; i++) {
                Node next = (Node) ((List<Object>) copy.value()).get(0);
                assertThat(((List<Object>) next.next()).get(0) == copy).isTrue();
                copy = next;
            }
        }

        @Test
        void throughAnUnmodifiableSetThatHashedSomethingIncompleteAreRefused() {
            for (int i = 0; i < 50; i++) { // where a list ends up in the set is a matter of luck
                Circle circle = new Circle("circle " + i, new HashSet<>());
                List<Object> late = new ArrayList<>(List.of(circle));
                circle.members().add(Set.of(late, "a", "b", "c"));
                try {
                    Circle copy = pass(circle);
                    isFound(List.of(copy), (Set<Object>) copy.members().iterator().next());
                } catch (NotShareableException e) {
                    assertThat(e).hasMessageContaining("part of a cycle");
                }
            }
        }

        // by its hash, which contains() of an assertion would not ask for
        private static void isFound(Object element, Set<Object> set) {
            assertThat(set.contains(element)).as("%s is found in %s", element, set).isTrue();
        }

        @Test
        void throughAnUnmodifiableView() {
            List<Object> backing = new ArrayList<>();
            List<Object> view = java.util.Collections.unmodifiableList(backing);
            backing.add(view);
            List<Object> copy = pass(view);
            assertThat(copy.get(0)).isSameAs(copy);
        }

        @Test
        void throughALambda() {
            List<Object> list = new ArrayList<>();
            java.util.function.IntSupplier size = list::size;
            list.add(size);
            java.util.function.IntSupplier copy = pass(size);
            list.add("more");
            assertThat(copy.getAsInt()).isEqualTo(1);
        }

        @Test
        void throughAConstructorThatCopiesAreRefused() {
            record Copying(List<Object> parts) {
                Copying(List<Object> parts) {
                    this.parts = new ArrayList<>(parts);
                }
            }
            Copying copying = new Copying(List.of());
            copying.parts().add(copying);
            assertThatThrownBy(() -> Isolation.pass(copying))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("does not keep what its constructor is given");
        }

        @Test
        void ofImmutableShellsWithSomethingMutableAreRefused() {
            class Ring {
                final Node next = new Node(new Object[] {"x"}, this);
            }
            assertThatThrownBy(() -> Isolation.pass(new Ring()))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("part of a cycle of immutable objects");
        }

        @Test
        void throughTwoRecordsLeaningOnEachOtherAreRefused() {
            record Leaf(AtomicReference<?> none, Object parent) {}
            record Root(Object child, Object data) {
                static Object leaked;

                Root(Object child, Object data) {
                    leaked = this;
                    this.child = child == null ? new Leaf(null, leaked) : child;
                    this.data = data;
                }
            }
            assertThat((Object) pass(new Root(null, "immutable"))).isInstanceOf(Root.class);
            assertThatThrownBy(() -> Isolation.pass(new Root(null, new int[1])))
                    .hasMessageContaining("part of a cycle of immutable objects");
        }
    }

    @Nested
    class Depth {
        private Object passOnASmallStack(Object message) {
            AtomicReference<Object> result = new AtomicReference<>();
            for (Thread thread :
                    List.of(
                            new Thread(
                                    null, () -> result.set(outcome(message)), "small", 160 * 1024),
                            Thread.ofVirtual().unstarted(() -> result.set(outcome(message))))) {
                thread.start();
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return Objects.requireNonNull(result.get());
        }

        private static Object outcome(Object message) {
            try {
                return Isolation.pass(message);
            } catch (Throwable e) {
                return e;
            }
        }

        @Test
        void linkedRecordsOfImmutables() {
            Object list = null;
            for (int i = 0; i < DEEP; i++) {
                list = new Node(i, list);
            }
            assertThat(passOnASmallStack(list)).isSameAs(list);
        }

        @Test
        void linkedRecordsWithSomethingMutableAtTheEnd() {
            Object list = new int[] {1};
            for (int i = 0; i < DEEP; i++) {
                list = new Node(i, list);
            }
            Object copy = passOnASmallStack(list);
            for (int i = 0; i < DEEP; i++) {
                copy = ((Node) copy).next();
            }
            assertThat(copy).isEqualTo(new int[] {1});
        }

        @Test
        void listsInLists() {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < DEEP; i++) {
                List<Object> outer = new ArrayList<>();
                outer.add(list);
                list = outer;
            }
            Object copy = passOnASmallStack(list);
            int depth = 0;
            while (!((List<Object>) copy).isEmpty()) {
                copy = ((List<Object>) copy).get(0);
                depth++;
            }
            assertThat(depth).isEqualTo(DEEP);
        }

        @Test
        void mapsInRecordsInUnmodifiableLists() {
            Object nest = "end";
            for (int i = 0; i < DEEP / 3; i++) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("inner", nest);
                nest = List.of(new Node(map, null));
            }
            Object copy = passOnASmallStack(nest);
            int depth = 0;
            while (copy instanceof List<?> list) {
                copy = ((Map<String, Object>) ((Node) list.get(0)).value()).get("inner");
                depth++;
            }
            assertThat(depth).isEqualTo(DEEP / 3);
        }

        @Test
        void aLongWayToTheCulpritIsShortened() {
            Object list = new AtomicLong();
            for (int i = 0; i < DEEP; i++) {
                list = new Node(i, list);
            }
            assertThat((Throwable) passOnASmallStack(list))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageStartingWith("GraphTest$Node.next -> ")
                    .hasMessageContaining("(99992 more)")
                    .hasMessageContaining("AtomicLong");
        }

        @Test
        void elementsTooDeepToHashAreRefused() {
            List<Object> list = new ArrayList<>();
            Set<Object> set = new HashSet<>();
            set.add(list);
            for (int i = 0; i < DEEP; i++) {
                List<Object> inner = new ArrayList<>();
                list.add(inner);
                list = inner;
            }
            assertThat((Throwable) passOnASmallStack(set))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("StackOverflowError");
        }

        @Test
        void longChainsOfCauses() {
            Throwable chain = new IllegalStateException("first");
            for (int i = 0; i < DEEP / 10; i++) {
                chain = new RuntimeException("x", chain);
            }
            assertThat(passOnASmallStack(chain)).isSameAs(chain);
        }

        @Test
        void aLongCycle() {
            List<Object> first = new ArrayList<>();
            List<Object> list = first;
            for (int i = 0; i < DEEP; i++) {
                List<Object> next = new ArrayList<>();
                list.add(new Node(i, next));
                list = next;
            }
            list.add(first);
            Object copy = passOnASmallStack(first);
            Object at = copy;
            for (int i = 0; i < DEEP; i++) {
                at = ((Node) ((List<Object>) at).get(0)).next();
            }
            assertThat(((List<Object>) at).get(0) == copy).isTrue();
        }
    }

    @Nested
    class Unfolding {
        @Test
        void ofImmutablesIsLinear() {
            Object tree = "leaf";
            for (int i = 0; i < 60; i++) {
                tree = List.of(tree, tree);
            }
            assertThat(Isolation.pass(tree) == tree).isTrue();
            Object records = "leaf";
            for (int i = 0; i < 60; i++) {
                records = new Node(records, records);
            }
            assertThat(Isolation.pass(records) == records).isTrue();
        }

        @Test
        void ofSomethingMutableIsLinear() {
            Object tree = new int[1];
            for (int i = 0; i < 60; i++) {
                tree = i % 2 == 0 ? List.of(tree, tree) : new Node(tree, tree);
            }
            Object copy = Isolation.pass(tree);
            assertThat(copy == tree).isFalse();
            for (int i = 59; i >= 0; i--) {
                copy = i % 2 == 0 ? ((List<?>) copy).get(1) : ((Node) copy).value();
            }
            assertThat(copy).isEqualTo(new int[1]);
        }

        @Test
        void ofMutableListsIsLinear() {
            List<Object> tree = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                List<Object> outer = new ArrayList<>();
                outer.add(tree);
                outer.add(tree);
                tree = outer;
            }
            List<Object> copy = pass(tree);
            assertThat(copy.get(0) == copy.get(1)).isTrue();
        }
    }

    @Test
    void aComparatorThatThrowsIsReportedWithItsPath() {
        class Culprit implements java.util.Comparator<Object> {
            @Override
            public int compare(Object one, Object other) {
                throw new IllegalStateException("no order");
            }
        }
        TreeSet<Object> set = new TreeSet<>((one, other) -> one == other ? 0 : 1);
        set.add(1);
        assertThat(pass(set)).hasSize(1);
        TreeSet<Object> bad = new TreeSet<>(new Culprit());
        try {
            bad.add(1);
            fail("expected an exception");
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("no order");
        }
        assertThat(pass(bad)).isEmpty();
    }
}
