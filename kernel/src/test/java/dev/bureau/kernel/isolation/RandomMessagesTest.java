package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Messages of random structure, each from a seed: what passes equals the original, is built the same way down to what is the
/// same as what, shares nothing mutable with it, and does not see it change.
class RandomMessagesTest {
    private static final int SEEDS = 3_000;

    record Pair(Object left, Object right) {}

    record Row(String name, int[] numbers, List<Object> cells) {}

    @Test
    void withoutCycles() {
        for (int seed = 0; seed < SEEDS; seed++) {
            check(seed, new Maker(seed, false).make(6));
        }
    }

    @Test
    void withCycles() {
        for (int seed = 0; seed < SEEDS; seed++) {
            check(seed, new Maker(seed, true).make(6));
        }
    }

    private static void check(long seed, Object original) {
        Object copy = Isolation.pass(original);
        String before = new Description().of(original);
        assertThat(new Description().of(copy)).as("seed %d", seed).isEqualTo(before);
        Set<Object> mutable = new Mutables().of(original);
        for (Object each : new Mutables().of(copy)) {
            assertThat(mutable.contains(each)).as("shared by the copy of seed %d", seed).isFalse();
        }
        mutable.forEach(RandomMessagesTest::change);
        assertThat(new Description().of(copy)).as("seed %d", seed).isEqualTo(before);
    }

    @SuppressWarnings("unchecked")
    private static void change(Object mutable) {
        switch (mutable) {
            case int[] ints -> Arrays.fill(ints, -1);
            case Object[] objects -> Arrays.fill(objects, "changed");
            case Map<?, ?> map -> map.clear();
            case Set<?> set -> set.clear();
            case Collection<?> collection -> ((Collection<Object>) collection).add("changed");
            default -> throw new AssertionError(mutable);
        }
    }

    /// Makes an object from a seed; what was made before may turn up again, and, if cycles are wanted, what is being made.
    private static final class Maker {
        private final SplittableRandom random;
        private final boolean cycles;
        private final List<Object> made = new ArrayList<>();
        private final List<Object> open = new ArrayList<>();

        Maker(long seed, boolean cycles) {
            this.random = new SplittableRandom(seed);
            this.cycles = cycles;
        }

        Object make(int depth) {
            int choice = random.nextInt(depth <= 0 ? 3 : 17);
            if (cycles && !open.isEmpty() && random.nextInt(6) == 0) {
                return open.get(random.nextInt(open.size()));
            }
            if (!made.isEmpty() && random.nextInt(5) == 0) {
                return made.get(random.nextInt(made.size()));
            }
            Object result =
                    switch (choice) {
                        case 0 -> random.nextInt(100);
                        case 1 -> "s" + random.nextInt(100);
                        case 2 -> random.ints(random.nextInt(4), 0, 9).toArray();
                        case 3 -> filled(new ArrayList<>(), depth);
                        case 4 -> filled(new LinkedList<>(), depth);
                        case 5 -> filled(new ArrayDeque<>(), depth);
                        case 6, 7 -> map(new HashMap<>(), depth);
                        case 8 -> map(new LinkedHashMap<>(), depth);
                        case 9 -> map(new TreeMap<>(), depth);
                        case 10 -> array(depth);
                        case 11 -> new Pair(make(depth - 1), make(depth - 1));
                        case 12 -> row(depth);
                        case 13 -> List.of(make(depth - 1), make(depth - 1));
                        case 14 -> Map.of("only", make(depth - 1));
                        case 15 -> Optional.of(make(depth - 1));
                        default ->
                                new HashSet<>(
                                        List.of(random.nextInt(50), "x" + random.nextInt(50)));
                    };
            made.add(result);
            return result;
        }

        private <C extends Collection<Object>> C filled(C collection, int depth) {
            open.add(collection);
            for (int i = random.nextInt(5); i > 0; i--) {
                collection.add(make(depth - 1));
            }
            open.removeLast();
            return collection;
        }

        private Row row(int depth) {
            Row row = new Row("row", new int[] {random.nextInt(9)}, new ArrayList<>());
            open.add(row);
            filled(row.cells(), depth);
            open.removeLast();
            return row;
        }

        private Map<String, Object> map(Map<String, Object> map, int depth) {
            open.add(map);
            for (int i = random.nextInt(5); i > 0; i--) {
                map.put("k" + random.nextInt(20), make(depth - 1));
            }
            open.removeLast();
            return map;
        }

        private Object[] array(int depth) {
            Object[] array = new Object[random.nextInt(4)];
            open.add(array);
            for (int i = 0; i < array.length; i++) {
                array[i] = make(depth - 1);
            }
            open.removeLast();
            return array;
        }
    }

    private static List<Object> children(Object object) {
        return switch (object) {
            case Object[] array -> Arrays.asList(array);
            case Collection<?> collection -> new ArrayList<>(collection);
            case Map<?, ?> map -> new ArrayList<>(new TreeMap<>(map).values());
            case Pair(var left, var right) -> Arrays.asList(left, right);
            case Row(var name, var numbers, var cells) -> List.of(name, numbers, cells);
            case Optional<?> optional -> List.of(optional.orElseThrow());
            default -> List.of();
        };
    }

    /// The objects that could be changed.
    private static final class Mutables {
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Object> mutable = Collections.newSetFromMap(new IdentityHashMap<>());

        Set<Object> of(Object root) {
            if (seen.add(root)) {
                if (root.getClass().isArray()
                        || (root instanceof Collection || root instanceof Map)
                                && !root.getClass().getName().contains("Immutable")) {
                    mutable.add(root);
                }
                children(root).forEach(this::of);
            }
            return mutable;
        }
    }

    /// A text that is the same for two objects exactly if they have the same structure, sharing included.
    private static final class Description {
        private final Map<Object, Integer> numbers = new IdentityHashMap<>();
        private final StringBuilder text = new StringBuilder();

        String of(Object root) {
            describe(root);
            return text.toString();
        }

        private void describe(Object object) {
            if (object instanceof String || object instanceof Integer) {
                text.append(object).append(' ');
                return;
            }
            Integer known = numbers.putIfAbsent(object, numbers.size());
            if (known != null) {
                text.append('#').append(known).append(' ');
                return;
            }
            text.append(kind(object)).append('(');
            if (object instanceof int[] ints) {
                IntStream.of(ints).forEach(i -> text.append(i).append(' '));
            } else if (object instanceof Set<?> set) {
                set.stream()
                        .map(String::valueOf)
                        .sorted()
                        .forEach(each -> text.append(each).append(' '));
            } else {
                if (object instanceof Map<?, ?> map) {
                    text.append(
                            object instanceof LinkedHashMap
                                    ? map.keySet()
                                    : new TreeMap<>(map).keySet());
                }
                children(object).forEach(this::describe);
            }
            text.append(')');
        }

        private static String kind(Object object) {
            String name = object.getClass().getSimpleName();
            return name.startsWith("List")
                            && object instanceof List
                            && !(object instanceof LinkedList)
                    ? "List"
                    : name.startsWith("Map") ? "Map" : name;
        }
    }
}
