package dev.bureau.kernel.process;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each process of a node has counted up to one moment; two of them tell what each has done between.
///
/*
 * Read one process after the other, in the order of their slots, without stopping any. Nothing is kept with the processes, and
 * no map is needed to compare two samples: a process keeps its slot for life, so both are in the same order and are merged in
 * one pass. The numbers lie in chunks, so that a million processes need no array that a collector treats as huge.
 *
 * The counters are written by the owner, or by whoever runs it, without any fence; a sample may miss the last few steps of a
 * process that runs. They count up for ever and are compared as differences, so those that are short may wrap around.
 */
public final class Sample {
    private static final int CHUNK = 4096;

    private final List<Chunk> chunks = new ArrayList<>();
    private final long takenAt = System.nanoTime();
    private int size;

    private static final class Chunk {
        final @Nullable LocalProcess[] processes = new LocalProcess[CHUNK];
        final long[] cpuNanos = new long[CHUNK];
        final int[] received = new int[CHUNK];
        final int[] slices = new int[CHUNK];
        final int[] queued = new int[CHUNK];
    }

    /// Is shown one process after the other.
    @FunctionalInterface
    public interface Visitor {
        /// Sees one process.
        ///
        /// @param cpuNanos for how long it has been on a carrier between the samples
        /// @param received how many messages it has received
        /// @param slices how often it has been given a carrier
        /// @param queued how many messages it had not taken at the later one
        void see(LocalProcess process, long cpuNanos, int received, int slices, int queued);
    }

    private Sample() {}

    /// Of all processes that are alive.
    public static Sample of(LocalNode node) {
        Sample sample = new Sample();
        Iterator<LocalProcess> all = node.processesIterator();
        while (all.hasNext()) sample.add(all.next());
        return sample;
    }

    private void add(LocalProcess process) {
        // Messages that nobody has received yet are not counted.
        if (!process.isInboxEmpty() && !process.isClosed()) Reception.onBehalf(process);
        int at = size % CHUNK;
        if (at == 0) chunks.add(new Chunk());
        Chunk chunk = chunks.getLast();
        Mailbox box = process.mailbox();
        chunk.processes[at] = process;
        chunk.cpuNanos[at] = process.cpuNanos();
        chunk.received[at] = process.takenSingle() + (box == null ? 0 : (int) box.sequence());
        chunk.slices[at] = process.slices();
        chunk.queued[at] = box == null ? 0 : Math.max(0, box.size());
        size++;
    }

    /// How many processes it holds.
    public int size() {
        return size;
    }

    /// How long after `earlier` it was taken.
    public long nanosSince(Sample earlier) {
        return takenAt - earlier.takenAt;
    }

    /// Shows what each process of this sample has done since `earlier`; one that was not there then, what it has done at all.
    public void since(Sample earlier, Visitor visitor) {
        int before = 0;
        for (int i = 0; i < size; i++) {
            Chunk chunk = chunks.get(i / CHUNK);
            int at = i % CHUNK;
            LocalProcess process = chunk.processes[at];
            if (process == null) continue;
            while (before < earlier.size && earlier.slot(before) < process.slot) before++;
            Chunk old =
                    before < earlier.size && earlier.process(before) == process
                            ? earlier.chunks.get(before / CHUNK)
                            : null;
            int then = before % CHUNK;
            visitor.see(
                    process,
                    Math.max(0, chunk.cpuNanos[at] - (old == null ? 0 : old.cpuNanos[then])),
                    chunk.received[at] - (old == null ? 0 : old.received[then]),
                    chunk.slices[at] - (old == null ? 0 : old.slices[then]),
                    chunk.queued[at]);
        }
    }

    private @Nullable LocalProcess process(int index) {
        return chunks.get(index / CHUNK).processes[index % CHUNK];
    }

    private int slot(int index) {
        LocalProcess process = process(index);
        return process == null ? -1 : process.slot;
    }
}
