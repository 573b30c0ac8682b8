package dev.bureau.benchmarks.weaving;

import it.unimi.dsi.fastutil.ints.Int2IntRBTreeMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntHeapPriorityQueue;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Random;
import java.util.function.IntToLongFunction;

/// Hash maps with keys of several types, a set, a tree and a heap are filled, asked and gone through.
public final class Maps implements IntToLongFunction {
    private final int[] keys = new Random(8).ints(40_000, 0, 60_000).toArray();
    private final long[] longs = new Random(9).longs(40_000).toArray();
    private final String[] words = words();

    @Override
    public long applyAsLong(int times) {
        long result = 0;
        for (int i = 0; i < times; i++) {
            result += hashMap() + set() + counts() + tree() + heap();
        }
        return result;
    }

    private long hashMap() {
        Int2ObjectOpenHashMap<String> map = new Int2ObjectOpenHashMap<>();
        for (int i = 0; i < keys.length; i++) map.put(keys[i], words[i]);
        long result = 0;
        for (int key = 0; key < 60_000; key++) {
            String value = map.get(key);
            if (value != null) result += value.length();
        }
        for (int i = 0; i < keys.length; i += 3) map.remove(keys[i]);
        for (var entry : map.int2ObjectEntrySet()) result += entry.getIntKey();
        return result;
    }

    private long set() {
        LongOpenHashSet set = new LongOpenHashSet();
        for (long each : longs) set.add(each % 30_000);
        long result = 0;
        for (long each = -30_000; each < 30_000; each++) {
            if (set.contains(each)) result += each;
        }
        return result;
    }

    private long counts() {
        Object2IntOpenHashMap<String> counts = new Object2IntOpenHashMap<>();
        for (String word : words) counts.addTo(word, 1);
        long result = 0;
        for (int count : counts.values()) result = 31 * result + count;
        return result;
    }

    private long tree() {
        Int2IntRBTreeMap tree = new Int2IntRBTreeMap();
        for (int i = 0; i < 10_000; i++) tree.put(keys[i], i);
        long result = 0;
        for (int i = 0; i < 10_000; i++) result += tree.get(i);
        for (var entry : tree.int2IntEntrySet()) result = 31 * result + entry.getIntValue();
        return result;
    }

    private long heap() {
        IntHeapPriorityQueue queue = new IntHeapPriorityQueue();
        for (int i = 0; i < 20_000; i++) queue.enqueue(keys[i]);
        long result = 0;
        while (!queue.isEmpty()) result = 31 * result + queue.dequeueInt();
        return result;
    }

    private static String[] words() {
        Words words = new Words(10);
        String[] all = new String[40_000];
        for (int i = 0; i < all.length; i++) all[i] = words.word() + words.number(200);
        return all;
    }
}
