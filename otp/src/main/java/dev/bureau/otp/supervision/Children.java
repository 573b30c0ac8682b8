package dev.bureau.otp.supervision;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/// The children of a supervisor, by id in the order of their starts, and by pid.
///
/*
 * byPid holds exactly those that run. Whatever changes the state of a child goes through here, so that this and the number
 * of the significant ones that have not ended hold, whatever the number of children, without a search.
 */
final class Children {
    private final LinkedHashMap<Object, Child> byId = new LinkedHashMap<>();
    private final Map<Pid, Child> byPid = new HashMap<>();
    private int significant;

    @Nullable Child withId(Object id) {
        return byId.get(id);
    }

    @Nullable Child withPid(Pid pid) {
        return byPid.get(pid);
    }

    /// Adds one that does not run, as the last.
    void add(Child child) {
        byId.put(child.spec().id(), child);
    }

    void remove(Child child) {
        stopped(child);
        byId.remove(child.spec().id());
    }

    void runs(Child child, Pid pid) {
        leave(child);
        child.runs(pid);
        byPid.put(pid, child);
        enter(child);
    }

    void stopped(Child child) {
        leave(child);
        child.stopped();
    }

    void restarting(Child child, long number) {
        leave(child);
        child.restarting(number);
        enter(child);
    }

    /// Puts `specs` first: who has the id of one goes on under it, the others are new and do not run. Who is not named
    /// stays, behind them.
    void change(List<ChildSpec> specs) {
        Map<Object, Child> before = new LinkedHashMap<>(byId);
        byId.clear();
        for (ChildSpec spec : specs) {
            Child known = before.remove(spec.id());
            if (known == null) {
                add(new Child(spec));
            } else {
                if (!known.isStopped()) significant -= known.spec().significant() ? 1 : 0;
                known.spec(spec);
                if (!known.isStopped()) significant += spec.significant() ? 1 : 0;
                add(known);
            }
        }
        byId.putAll(before);
    }

    private void leave(Child child) {
        Pid pid = child.pid();
        if (pid != null) byPid.remove(pid, child);
        if (child.spec().significant() && !child.isStopped()) significant--;
    }

    private void enter(Child child) {
        if (child.spec().significant()) significant++;
    }

    /// How many significant ones have not ended.
    int significant() {
        return significant;
    }

    /// A copy, in start order.
    List<Child> all() {
        return new ArrayList<>(byId.values());
    }

    SequencedCollection<Child> latestFirst() {
        return byId.sequencedValues().reversed();
    }

    /// A copy of `child` and those that were started after it, in start order.
    List<Child> since(Child child) {
        List<Child> found = new ArrayList<>();
        for (Child each : latestFirst()) {
            found.add(each);
            if (each == child) break;
        }
        Collections.reverse(found);
        return found;
    }
}
