package dev.bureau.weaver;

import java.lang.classfile.BufWriter;
import java.util.ArrayList;
import java.util.List;

/// The exception table with what guards the detours: copies of entries, each right behind its original, since the order
/// says which handler goes first.
final class GuardTable {
    private final List<Guard> guards;
    private final Polls polls;
    private final List<List<Polls.Detour>> copies = new ArrayList<>();

    GuardTable(Polls polls) {
        this.guards = polls.guards();
        this.polls = polls;
        for (int index = 0; index < guards.size(); index++) copies.add(new ArrayList<>());
        for (var detour : polls.detours()) {
            for (int index : detour.guards()) copies.get(index).add(detour);
        }
    }

    /// Where the entry is now that was at this index.
    int moved(int index) {
        int moved = index;
        for (var detours : copies.subList(0, Math.min(index, copies.size())))
            moved += detours.size();
        return moved;
    }

    void write(BufWriter out) {
        out.writeU2(moved(guards.size()));
        for (int index = 0; index < guards.size(); index++) {
            var guard = guards.get(index);
            write(out, guard, guard.start(), guard.end());
            for (var detour : copies.get(index)) write(out, guard, detour.at(), detour.end());
        }
    }

    private void write(BufWriter out, Guard guard, int start, int end) {
        out.writeU2(polls.moved(start));
        out.writeU2(polls.moved(end));
        out.writeU2(polls.moved(guard.handler()));
        out.writeIndexOrZero(guard.type().orElse(null));
    }
}
