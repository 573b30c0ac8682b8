import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void main() {
    Table<Integer, String> ordered = Table.orderedSet();
    for (int key : List.of(3, 1, 2)) ordered.insert(key, "v");
    out(ordered.insertNew(1, "w"), ordered.insertNew(4, "w"));
    out(ordered.stream().map(Table.Entry::key).toList());
    out(ordered.next(2).orElseThrow(), ordered.prev(2).orElseThrow());
    ordered.delete(2);
    out(ordered.next(1).orElseThrow(), ordered.member(2), ordered.size());
    Table<String, Integer> bag = Table.bag();
    Table<String, Integer> duplicates = Table.duplicateBag();
    for (int value : List.of(1, 2, 1)) {
        bag.insert("k", value);
        duplicates.insert("k", value);
    }
    out(bag.lookupAll("k"), duplicates.lookupAll("k"));
    Table<String, Integer> counters = Table.set();
    counters.insert("n", 5);
    out(counters.updateCounter("n", 3), counters.updateCounter("n", 3, new Table.Wrap(10, 0)));
    Pid boss = self();
    Pid owner =
            spawn(() -> {
                Table<String, Integer> table = Table.set();
                table.insert("k", 1);
                send(boss, table);
                receive();
            });
    @SuppressWarnings("unchecked")
    Table<String, Integer> other = receive(Table.class);
    out(other.member("k"));
    send(owner, "stop");
    ended(owner);
    boolean gone = false;
    try {
        other.member("k");
    } catch (RuntimeException noTable) {
        gone = true;
    }
    out(gone);
}
