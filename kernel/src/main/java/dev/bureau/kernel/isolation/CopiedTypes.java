package dev.bureau.kernel.isolation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The mutable classes of the JDK that get a copy of exactly their class.
///
/// What they are made with is kept: comparators, capacities, the access order of a `LinkedHashMap`, the key type of an
/// `EnumMap`. The fairness of a blocking queue is not.
@SuppressWarnings({
    "JdkObsolete",
    "JavaUtilDate",
    "UnnecessaryStringBuilder"
}) // a message may hold them all
final class CopiedTypes {
    private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();

    static {
        inOrder(ArrayList.class, c -> new ArrayList<>(c.size()));
        inOrder(LinkedList.class, _ -> new LinkedList<>());
        inOrder(ArrayDeque.class, c -> new ArrayDeque<>(c.size() + 1));
        inOrder(Vector.class, c -> new Vector<>(c.size()));
        inOrder(Stack.class, _ -> new Stack<>());
        inOrder(CopyOnWriteArrayList.class, _ -> new CopyOnWriteArrayList<>());
        inOrder(ConcurrentLinkedQueue.class, _ -> new ConcurrentLinkedQueue<>());
        inOrder(ConcurrentLinkedDeque.class, _ -> new ConcurrentLinkedDeque<>());
        inOrder(LinkedTransferQueue.class, _ -> new LinkedTransferQueue<>());
        inOrder(LinkedBlockingQueue.class, c -> new LinkedBlockingQueue<>(capacity(c)));
        inOrder(LinkedBlockingDeque.class, c -> new LinkedBlockingDeque<>(capacity(c)));
        inOrder(ArrayBlockingQueue.class, c -> new ArrayBlockingQueue<>(capacity(c)));

        byEquality(HashSet.class, c -> HashSet.newHashSet(c.size()));
        byEquality(LinkedHashSet.class, c -> LinkedHashSet.newLinkedHashSet(c.size()));
        byEquality(CopyOnWriteArraySet.class, _ -> new CopyOnWriteArraySet<>());
        byEquality(ConcurrentHashMap.KeySetView.class, _ -> ConcurrentHashMap.newKeySet());

        sorted(TreeSet.class, c -> new TreeSet<>(Sorting.of(c)));
        sorted(ConcurrentSkipListSet.class, c -> new ConcurrentSkipListSet<>(Sorting.of(c)));
        sorted(PriorityQueue.class, c -> new PriorityQueue<>(Sorting.of(c)));
        sorted(
                PriorityBlockingQueue.class,
                c -> new PriorityBlockingQueue<>(c.size() + 1, Sorting.of(c)));

        map(HashMap.class, m -> HashMap.newHashMap(m.size()));
        map(LinkedHashMap.class, m -> emptied(((LinkedHashMap<Object, Object>) m).clone()));
        map(IdentityHashMap.class, m -> new IdentityHashMap<>(m.size() + 1));
        map(Hashtable.class, _ -> new Hashtable<>());
        map(Properties.class, m -> emptyProperties((Properties) m));
        map(ConcurrentHashMap.class, m -> new ConcurrentHashMap<>(m.size()));
        map(EnumMap.class, m -> emptied(enumMap(m).clone()));
        SHAPES.put(TreeMap.class, MapShape.sorted(m -> new TreeMap<>(Sorting.of(m))));
        SHAPES.put(
                ConcurrentSkipListMap.class,
                MapShape.sorted(m -> new ConcurrentSkipListMap<>(Sorting.of(m))));

        leaf(BitSet.class, s -> ((BitSet) s).clone());
        leaf(Date.class, d -> ((Date) d).clone());
        leaf(StringBuilder.class, b -> new StringBuilder((StringBuilder) b));
        leaf(StringBuffer.class, b -> new StringBuffer((StringBuffer) b));
    }

    private static final LeafShape ENUM_SET = new LeafShape(set -> ((EnumSet<?>) set).clone());
    private static final LeafShape CALENDAR =
            new LeafShape(calendar -> ((Calendar) calendar).clone());
    private static final LeafShape TIME_ZONE = new LeafShape(zone -> ((TimeZone) zone).clone());
    private static final LeafShape HEAP_BUFFER = new LeafShape(buffer -> copy((ByteBuffer) buffer));

    private CopiedTypes() {}

    /// The shape of a class of the JDK, or null if it is none of these.
    static @Nullable Shape shapeOf(Class<?> type) {
        Shape exact = SHAPES.get(type);
        if (exact != null) {
            return exact;
        }
        if (FixedListShape.fits(type)) {
            return new FixedListShape();
        }
        if (EnumSet.class.isAssignableFrom(type)) {
            return ENUM_SET;
        }
        if (Calendar.class.isAssignableFrom(type)) {
            return CALENDAR;
        }
        if (TimeZone.class.isAssignableFrom(type)) {
            return TIME_ZONE;
        }
        return type.getName().startsWith("java.nio.HeapByteBuffer") ? HEAP_BUFFER : null;
    }

    private static void inOrder(Class<?> type, UnaryOperator<Collection<Object>> empty) {
        SHAPES.put(type, CollectionShape.inOrder(empty));
    }

    private static void byEquality(Class<?> type, UnaryOperator<Collection<Object>> empty) {
        SHAPES.put(type, CollectionShape.byEquality(empty));
    }

    private static void sorted(Class<?> type, UnaryOperator<Collection<Object>> empty) {
        SHAPES.put(type, CollectionShape.sorted(empty));
    }

    private static void map(Class<?> type, UnaryOperator<Map<Object, Object>> empty) {
        SHAPES.put(type, MapShape.byEquality(empty));
    }

    private static void leaf(Class<?> type, UnaryOperator<Object> copy) {
        SHAPES.put(type, new LeafShape(copy));
    }

    private static int capacity(Collection<Object> queue) {
        long capacity = (long) queue.size() + ((BlockingQueue<Object>) queue).remainingCapacity();
        return Math.clamp(capacity, 1, Integer.MAX_VALUE);
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> emptied(Object clone) {
        Map<Object, Object> map = (Map<Object, Object>) clone;
        map.clear();
        return map;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static EnumMap<?, Object> enumMap(Map<Object, Object> map) {
        return (EnumMap) map;
    }

    /// Defaults are there, in one level, as far as they are not overridden.
    private static Properties emptyProperties(Properties source) {
        Properties defaults = new Properties();
        for (String name : source.stringPropertyNames()) {
            if (!source.containsKey(name)) {
                defaults.setProperty(name, source.getProperty(name));
            }
        }
        return defaults.isEmpty() ? new Properties() : new Properties(defaults);
    }

    /// All of it, not only what remains; the mark is not known and not kept.
    private static ByteBuffer copy(ByteBuffer source) {
        ByteBuffer copy = ByteBuffer.allocate(source.capacity());
        copy.put(0, source.duplicate().clear(), 0, source.capacity());
        ByteBuffer face = source.isReadOnly() ? copy.asReadOnlyBuffer() : copy;
        return face.limit(source.limit()).position(source.position()).order(source.order());
    }
}
