package dev.bureau.weaver;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/// Which code belongs to a loop: all that may come back to its head, through exception handlers too.
///
/// The method is cut into blocks which are entered at their start only and which an exception range covers as a whole
/// or not at all. An edge into a head is an edge of its loop when it goes backwards in the code, or when its source
/// cannot be reached but through the head. The loop is what reaches the source of such an edge without passing the
/// head again; what merely surrounds the loop, the body of an outer one say, is not part of it.
final class Loops {
    private final Instructions code;
    private final int[] blockAt;
    private int blocks;
    private int[][] after;
    private int[][] before;
    private int[] begins;
    private int[] ends;

    Loops(Instructions code, List<Guard> guards) {
        this.code = code;
        this.blockAt = new int[code.length() + 1];
        var starts = starts(guards);
        number(starts);
        this.begins = new int[blocks];
        this.ends = new int[blocks];
        this.after = new int[blocks][];
        this.before = new int[blocks][];
        connect(starts, guards);
    }

    private BitSet starts(List<Guard> guards) {
        var starts = new BitSet(code.length() + 1);
        starts.set(0);
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (!code.branches(at)) continue;
            starts.set(code.next(at));
            code.forEachTarget(at, starts::set);
        }
        for (var guard : guards) {
            starts.set(guard.start());
            starts.set(guard.end());
            starts.set(guard.handler());
        }
        return starts;
    }

    private void number(BitSet starts) {
        for (int at = 0; at < code.length(); at++) {
            if (starts.get(at)) blocks++;
            blockAt[at] = blocks - 1;
        }
    }

    private void connect(BitSet starts, List<Guard> guards) {
        var targets = new BitSet(blocks);
        int from = 0;
        for (int at = 0; at < code.length(); at = code.next(at)) {
            int next = code.next(at);
            code.forEachTarget(at, target -> targets.set(blockAt[target]));
            if (next < code.length() && !starts.get(next)) continue;
            int block = blockAt[at];
            int start = from;
            if (code.fallsThrough(at) && next < code.length()) targets.set(blockAt[next]);
            for (var guard : guards) {
                if (guard.covers(start)) targets.set(blockAt[guard.handler()]);
            }
            after[block] = targets.stream().toArray();
            begins[block] = start;
            ends[block] = at;
            targets.clear();
            from = next;
        }
        var counts = new int[blocks];
        for (var targetsOf : after) for (int target : targetsOf) counts[target]++;
        for (int block = 0; block < blocks; block++) before[block] = new int[counts[block]];
        for (int block = 0; block < blocks; block++)
            for (int target : after[block]) before[target][--counts[target]] = block;
    }

    /// The loop which starts at a target of a backward jump.
    Loop at(int head) {
        return at(head, source -> true);
    }

    /// What of it one of its jumps back makes a loop of: `while (a) { while (b) {} }` is two with one head.
    Loop at(int head, int jump) {
        return at(head, source -> source == blockAt[jump]);
    }

    private Loop at(int head, IntPredicate sources) {
        int headBlock = blockAt[head];
        var around = reach(0, headBlock, after);
        var body = new BitSet(blocks);
        boolean entered = false; // also elsewhere than at its head
        for (int source : before[headBlock]) {
            boolean dominated = !around.get(source);
            boolean backwards = goesBack(source, head);
            if (!sources.test(source) || (!dominated && !backwards)) continue;
            entered |= !dominated;
            if (!body.get(source)) body.or(reach(source, headBlock, before));
        }
        body.set(headBlock);
        return new Loop(headBlock, body, entered);
    }

    /// Those of some places that may be passed after another of them, or itself, without a jump back in between.
    List<Integer> repeated(List<Integer> places) {
        var onward = new int[blocks][];
        for (int block = 0; block < blocks; block++) {
            int from = block;
            onward[block] = Arrays.stream(after[block]).filter(to -> isOnward(from, to)).toArray();
        }
        var later = new BitSet(blocks);
        for (int place : places)
            for (int next : onward[blockAt[place]]) {
                later.set(next);
                later.or(reach(next, blocks, onward));
            }
        return places.stream()
                .filter(place ->
                        later.get(blockAt[place])
                                || places.stream()
                                        .anyMatch(other ->
                                                other < place && blockAt[other] == blockAt[place]))
                .sorted()
                .toList();
    }

    private boolean isOnward(int block, int next) {
        return begins[next] > ends[block] || !goesBack(block, begins[next]);
    }

    /// Whether the jump at the end of a block, not an exception in it, leads back to the head.
    private boolean goesBack(int block, int head) {
        int at = ends[block];
        if (head > at) return false;
        var found = new boolean[1];
        code.forEachTarget(at, target -> found[0] |= target == head);
        return found[0];
    }

    /// All blocks from this one on, along the edges, without those behind the wall.
    private BitSet reach(int from, int wall, int[][] edges) {
        var reached = new BitSet(blocks);
        reached.set(wall);
        if (from == wall) {
            reached.clear(wall);
            return reached;
        }
        var open = new int[16];
        int count = 0;
        open[count++] = from;
        reached.set(from);
        while (count > 0) {
            for (int next : edges[open[--count]]) {
                if (reached.get(next)) continue;
                reached.set(next);
                if (count == open.length) open = Arrays.copyOf(open, count * 2);
                open[count++] = next;
            }
        }
        reached.clear(wall);
        return reached;
    }

    /// Looks at a piece of code that is entered at its start only: from its first instruction to its last.
    interface BlockVisitor {
        void visit(int first, int last);
    }

    /// A set of blocks.
    final class Loop {
        private final int head;
        private final BitSet body;
        private final boolean entered;

        private Loop(int head, BitSet body, boolean entered) {
            this.head = head;
            this.body = body;
            this.entered = entered;
        }

        /// Whether the code at this place may come back to the head.
        boolean contains(int at) {
            return body.get(blockAt[at]);
        }

        /// Whether there are ways in besides the head, so that "part of the loop" is a matter of taste.
        boolean isIrreducible() {
            return entered;
        }

        /// Whether there is no other loop within it.
        boolean isInnermost() {
            var left = (BitSet) body.clone();
            left.clear(head);
            boolean dropped = true;
            while (dropped) {
                dropped = false;
                for (int block = left.length() - 1;
                        block >= 0;
                        block = left.previousSetBit(block - 1)) {
                    if (!leadsInto(left, block)) {
                        left.clear(block);
                        dropped = true;
                    }
                }
            }
            return left.isEmpty();
        }

        private boolean leadsInto(BitSet some, int block) {
            for (int next : after[block]) if (some.get(next)) return true;
            return false;
        }

        /// Whether one may come round without passing any of these blocks.
        boolean canTurnWithout(BitSet passed) {
            if (passed.get(head)) return false;
            var open = new BitSet(blocks);
            var seen = new BitSet(blocks);
            open.set(head);
            while (!open.isEmpty()) {
                int block = open.nextSetBit(0);
                open.clear(block);
                for (int next : after[block]) {
                    if (next == head) return true;
                    if (!body.get(next) || passed.get(next) || seen.get(next)) continue;
                    seen.set(next);
                    open.set(next);
                }
            }
            return false;
        }

        int blockOf(int at) {
            return blockAt[at];
        }

        void forEachBlock(BlockVisitor visitor) {
            body.stream().forEach(block -> visitor.visit(begins[block], ends[block]));
        }

        /// Names each instruction.
        void forEach(IntConsumer instructions) {
            forEachBlock((first, last) -> {
                for (int at = first; at <= last; at = code.next(at)) instructions.accept(at);
            });
        }
    }
}
