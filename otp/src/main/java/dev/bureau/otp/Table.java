package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.otp.table.Cell;
import dev.bureau.otp.table.Cells;
import dev.bureau.otp.table.Change;
import dev.bureau.otp.table.Counting;
import dev.bureau.otp.table.Crossing;
import dev.bureau.otp.table.Ownership;
import dev.bureau.otp.table.Rewriting;
import dev.bureau.otp.table.Tables;
import dev.bureau.otp.table.Updating;
import dev.bureau.otp.table.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What processes share: keys and values in memory that all of a node reach at once, without asking a process. Erlang's ETS.
///
/// ```java
/// import static dev.bureau.otp.Table.Access.*;
///
/// static final TableName<String, Integer> HITS = new TableName<>("hits");
///
/// Table<String, Integer> hits = Table.set(HITS, PUBLIC);     // mine; gone when I end
/// hits.insert("/index", 0);
///
/// HITS.table().updateCounter("/index", 1);                   // any process, as many at once as there are
/// int count = HITS.table().lookup("/index", 0);
/// ```
///
/// ## How it maps to ETS
///
/// An object of ETS is a tuple with the key in it; here it is a key and a value: a record, if there is more to say. `set()`,
/// `orderedSet()`, `bag()` and `duplicateBag()` are the four types; the options are those of `ets:new`. A name is a
/// [TableName], which knows the types. What takes a match specification there takes a predicate here. `ets:lookup` is
/// [#lookup(Object)] where a key has one value, and [#lookupAll(Object)] everywhere; `delete_object` is
/// [#delete(Object, Object)], `tab2list` is [#toList()], `safe_fixtable` is [#fix()], `update_element` is
/// [#update(Object, UnaryOperator)]. A `badarg` is an [IllegalArgumentException] here: [NoSuchTable] and
/// [TableAccessException] among them. Concurrency is not an option, it is always there.
///
/// ## Whose it is
///
/// The process that makes a table owns it. When that ends, however it ends, the table is deleted, or passes to its heir, who is
/// told by a [TableTransfer]; both before links and monitors of the owner are told. Any other process of the node, or guest, can
/// read it unless it is `PRIVATE`, and write it if it is `PUBLIC`. The handle can be sent in messages.
///
/// ## What is in it
///
/// What is deeply immutable is stored and read by reference; arrays, collections and what else can be copied is copied on the
/// way in and again on the way out, so no two processes share it; anything else is refused by a `NotShareableException`. So
/// a table of records is the fast one. There is no null. A set and a bag tell keys apart by `equals`, an ordered set by its order: keys
/// that compare as equal are one, and the last one inserted counts.
///
/// ## While others write
///
/// Each operation on one key is atomic and isolated, and so is an insert of many: all see all of it or nothing. Readers never
/// wait. What looks at the whole table ([#iterator()], [#stream()], [#select], [#fold] ...) is no snapshot: each object that is there
/// from beginning to end is met once, one that comes or goes meanwhile is met once or not; it holds no lock, and needs no
/// [#fix()]. Predicates and functions run in the calling process, outside of all locks; if they throw, what was done before
/// stays done.
///
/// When not to use it: for the state of one server (a field is simpler); for what has rules across keys that are more than
/// inserting together (let a process own it and ask it). It holds what it is given until that is deleted.
///
/// Follows `ets` of OTP 28 (E-01 to E-06).
public final class Table<K, V> implements Iterable<Table.Entry<K, V>>, Immutable {
    private final Kind kind;
    private final Ownership<K> ownership;

    // ---- the words

    /// What a table is.
    public enum Kind {
        /// One value per key.
        SET,
        /// One value per key, in the order of the keys.
        ORDERED_SET,
        /// Several values per key, each once.
        BAG,
        /// Several values per key, each as often as it was inserted.
        DUPLICATE_BAG;

        boolean isBag() {
            return this == BAG || this == DUPLICATE_BAG;
        }
    }

    /// How to make a table: an [Access], if it is not to be `PROTECTED`, and an [Heir].
    public sealed interface Option {}

    /// Who may read and write.
    public enum Access implements Option {
        /// Everybody does both.
        PUBLIC,
        /// Everybody reads, the owner writes.
        PROTECTED,
        /// The owner alone.
        PRIVATE
    }

    /// Who inherits, and what it is told then.
    public record Heir(Pid pid, Object data) implements Option {
        public Heir {
            Objects.requireNonNull(pid, "pid");
            Objects.requireNonNull(data, "data");
        }
    }

    /// A key and a value.
    public record Entry<K, V>(K key, V value) {
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /// What a counter becomes when it has passed a limit: `new Wrap(10, 0)` counts 8, 9, 10, 0, 1.
    ///
    /// @param limit what it may be at most when it is incremented, at least when it is decremented
    /// @param restart what it becomes instead
    public record Wrap(long limit, long restart) {}

    // ---- making one

    /// A set without a name.
    public static <K, V> Table<K, V> set(Option... options) {
        return make(Kind.SET, null, null, options);
    }

    /// A set.
    ///
    /// @throws IllegalArgumentException if a table of the node has that name
    public static <K, V> Table<K, V> set(TableName<K, V> name, Option... options) {
        return make(Kind.SET, name, null, options);
    }

    /// An ordered set without a name.
    public static <K extends Comparable<? super K>, V> Table<K, V> orderedSet(Option... options) {
        return make(Kind.ORDERED_SET, null, null, options);
    }

    /// An ordered set.
    ///
    /// @throws IllegalArgumentException if a table of the node has that name
    public static <K extends Comparable<? super K>, V> Table<K, V> orderedSet(
            TableName<K, V> name, Option... options) {
        return make(Kind.ORDERED_SET, name, null, options);
    }

    /// An ordered set in an order of its own, which captures nothing mutable.
    public static <K, V> Table<K, V> orderedSet(Comparator<? super K> order, Option... options) {
        return make(Kind.ORDERED_SET, null, order, options);
    }

    /// An ordered set in an order of its own, which captures nothing mutable.
    ///
    /// @throws IllegalArgumentException if a table of the node has that name
    public static <K, V> Table<K, V> orderedSet(
            TableName<K, V> name, Comparator<? super K> order, Option... options) {
        return make(Kind.ORDERED_SET, name, order, options);
    }

    /// A bag without a name.
    public static <K, V> Table<K, V> bag(Option... options) {
        return make(Kind.BAG, null, null, options);
    }

    /// A bag.
    ///
    /// @throws IllegalArgumentException if a table of the node has that name
    public static <K, V> Table<K, V> bag(TableName<K, V> name, Option... options) {
        return make(Kind.BAG, name, null, options);
    }

    /// A duplicate bag without a name.
    public static <K, V> Table<K, V> duplicateBag(Option... options) {
        return make(Kind.DUPLICATE_BAG, null, null, options);
    }

    /// A duplicate bag.
    ///
    /// @throws IllegalArgumentException if a table of the node has that name
    public static <K, V> Table<K, V> duplicateBag(TableName<K, V> name, Option... options) {
        return make(Kind.DUPLICATE_BAG, name, null, options);
    }

    /// The tables of the caller's node.
    public static List<Table<?, ?>> all() {
        return Tables.of(Bureau.node()).all();
    }

    private static <K, V> Table<K, V> make(
            Kind kind,
            @Nullable TableName<K, V> name,
            @Nullable Comparator<? super K> order,
            Option... options) {
        Access access = Access.PROTECTED;
        Heir heir = null;
        for (Option option : options) {
            switch (option) {
                case Access wanted -> access = wanted;
                case Heir wanted -> heir = wanted;
            }
        }
        Table<K, V> table = new Table<>(kind, name, order, access);
        table.ownership.begin(heir);
        return table;
    }

    private Table(
            Kind kind,
            @Nullable TableName<K, V> name,
            @Nullable Comparator<? super K> order,
            Access access) {
        this.kind = kind;
        Comparator<? super K> ownOrder = order == null ? null : Crossing.isolated(order);
        Cells<K> cells = kind == Kind.ORDERED_SET ? Cells.ordered(ownOrder) : Cells.hashed();
        this.ownership = Ownership.of(this, access, name == null ? null : name.name(), cells);
    }

    // ---- inserting

    /// Inserts a value: in place of the one that the key has, in a bag beside those.
    public void insert(K key, V value) {
        Cells<K> cells = ownership.toWrite();
        cells.change(required(key), putting(key, Crossing.in(value)));
    }

    /// Inserts a value if the key has none; whether it has inserted it.
    public boolean insertNew(K key, V value) {
        Cells<K> cells = ownership.toWrite();
        Change<K> putting = putting(key, Crossing.in(value));
        return cells.change(
                        required(key),
                        (cell, before) -> before == null ? putting.of(cell, null) : before)
                == null;
    }

    /// Inserts all, at once for all who look.
    public void insertAll(Map<? extends K, ? extends V> entries) {
        insertAll(entries(entries), false);
    }

    /// Inserts all, at once for all who look: several values of a key for a bag; else the last of each key.
    public void insertAll(Collection<Entry<K, V>> entries) {
        insertAll(entries, false);
    }

    /// Inserts all if none of the keys has a value, else nothing; whether it has inserted.
    public boolean insertAllNew(Map<? extends K, ? extends V> entries) {
        return insertAll(entries(entries), true);
    }

    /// Inserts all if none of the keys has a value, else nothing; whether it has inserted.
    public boolean insertAllNew(Collection<Entry<K, V>> entries) {
        return insertAll(entries, true);
    }

    private List<Entry<K, V>> entries(Map<? extends K, ? extends V> map) {
        List<Entry<K, V>> entries = new ArrayList<>(map.size());
        map.forEach((key, value) -> entries.add(new Entry<>(key, value)));
        return entries;
    }

    private boolean insertAll(Collection<Entry<K, V>> entries, boolean onlyNew) {
        Cells<K> cells = ownership.toWrite();
        List<Cells.Insert<K>> inserts = new ArrayList<>(entries.size());
        for (Entry<K, V> entry : entries) {
            K key = Crossing.ownKey(entry.key());
            inserts.add(new Cells.Insert<>(key, putting(key, Crossing.in(entry.value()))));
        }
        return inserts.isEmpty() || cells.insertAll(inserts, onlyNew);
    }

    private Change<K> putting(K key, Object value) {
        return switch (kind) {
            case SET -> (_, _) -> value;
            case ORDERED_SET -> (cell, _) -> Crossing.keyed(cell, key, value);
            case BAG -> (_, before) -> Values.addOnce((Values) before, value);
            case DUPLICATE_BAG -> (_, before) -> Values.add((Values) before, value);
        };
    }

    // ---- reading

    /// The value of a key.
    ///
    /// @throws UnsupportedOperationException for a bag; see [#lookupAll]
    public Optional<V> lookup(K key) {
        Object content = single("lookup", "lookupAll").toRead().content(key);
        return content == null ? Optional.empty() : Optional.of(Crossing.out(content));
    }

    /// The value of a key, or `otherwise` if it has none.
    ///
    /// @throws UnsupportedOperationException for a bag; see [#lookupAll]
    public V lookup(K key, V otherwise) {
        Object content = single("lookup", "lookupAll").toRead().content(key);
        return content == null ? otherwise : Crossing.out(content);
    }

    /// The values of a key, in the order in which they were inserted.
    public List<V> lookupAll(K key) {
        return all(ownership.toRead().content(key));
    }

    /// Whether a key has a value.
    public boolean member(K key) {
        return ownership.toRead().content(key) != null;
    }

    private Ownership<K> single(String operation, String instead) {
        if (kind.isBag()) {
            throw new UnsupportedOperationException(
                    "expected a set or an ordered set for "
                            + operation
                            + ", got: "
                            + this
                            + ", a "
                            + kind
                            + "; use "
                            + instead);
        }
        return ownership;
    }

    private static <V> List<V> all(@Nullable Object content) {
        return switch (content) {
            case null -> List.of();
            case Values values -> values.oldestFirst().stream().map(Crossing::<V>out).toList();
            default -> List.of(Crossing.<V>out(content));
        };
    }

    private static <K> K required(K key) {
        return Objects.requireNonNull(key, "a table has no null as a key");
    }

    // ---- deleting

    /// Deletes what a key has, if anything.
    public void delete(K key) {
        ownership.toWrite().change(required(key), (_, _) -> null);
    }

    /// Deletes a value of a key, if it has it; from a duplicate bag as often as it has it.
    public void delete(K key, V value) {
        ownership.toWrite().change(required(key), Rewriting.without(key, value));
    }

    /// Deletes what a key has and returns it.
    ///
    /// @throws UnsupportedOperationException for a bag; see [#takeAll]
    public Optional<V> take(K key) {
        Object before = single("take", "takeAll").toWrite().change(required(key), (_, _) -> null);
        return before == null ? Optional.empty() : Optional.of(Crossing.out(before));
    }

    /// Deletes what a key has and returns it, in the order in which it was inserted.
    public List<V> takeAll(K key) {
        return all(ownership.toWrite().change(required(key), (_, _) -> null));
    }

    /// Deletes all objects, at once for all who look. The table stays.
    public void deleteAll() {
        ownership.toWrite().clear();
    }

    /// Deletes the table.
    public void delete() {
        ownership.delete();
    }

    // ---- updating

    /// Adds to the counter of a key; what it is then. Counters are a [Long] or an [Integer].
    ///
    /// @throws IllegalArgumentException if the key has no value, or one that is no integer
    /// @throws ArithmeticException if it would be too large for its type; it stays as it is
    /// @throws UnsupportedOperationException for a bag
    public long updateCounter(K key, long increment) {
        return count(key, new Counting<>(increment, null, null));
    }

    /// Adds to the counter of a key, which is `otherwise` before if there is none.
    public long updateCounter(K key, long increment, V otherwise) {
        return count(key, new Counting<>(increment, null, Objects.requireNonNull(otherwise)));
    }

    /// Adds to the counter of a key, which begins anew when it has passed a limit.
    public long updateCounter(K key, long increment, Wrap wrap) {
        return count(key, new Counting<>(increment, wrap, null));
    }

    /// Adds to the counter of a key, which begins anew when it has passed a limit, and is `otherwise` before if there is
    /// none.
    public long updateCounter(K key, long increment, Wrap wrap, V otherwise) {
        return count(key, new Counting<>(increment, wrap, Objects.requireNonNull(otherwise)));
    }

    private long count(K key, Counting<K> counting) {
        Cells<K> cells = single("updateCounter", "a set").toWrite();
        cells.change(required(key), counting);
        return counting.resultFor(key);
    }

    /// Replaces the value of a key by what `change` makes of it, atomically: called again if another was quicker. The new value;
    /// empty if the key has none.
    ///
    /// @throws UnsupportedOperationException for a bag
    public Optional<V> update(K key, UnaryOperator<V> change) {
        return Optional.ofNullable(updated(key, null, change));
    }

    /// Replaces the value of a key, or `otherwise` if it has none, by what `change` makes of it; the new value.
    ///
    /// @throws UnsupportedOperationException for a bag
    public V update(K key, V otherwise, UnaryOperator<V> change) {
        return Objects.requireNonNull(
                updated(key, Objects.requireNonNull(otherwise, "otherwise"), change));
    }

    private @Nullable V updated(K key, @Nullable V otherwise, UnaryOperator<V> change) {
        Cells<K> cells = single("update", "selectReplace").toWrite();
        Updating<K, V> updating = new Updating<>(ownership, otherwise, change);
        cells.change(required(key), updating);
        return updating.result();
    }

    // ---- all that fits

    /// The objects that fit, in the order of the keys if they have one.
    public List<Entry<K, V>> select(BiPredicate<? super K, ? super V> fits) {
        List<Entry<K, V>> found = new ArrayList<>();
        for (Entry<K, V> entry : this) {
            if (fits.test(entry.key(), entry.value())) {
                found.add(entry);
            }
        }
        return found;
    }

    /// How many objects fit.
    public long count(BiPredicate<? super K, ? super V> fits) {
        long count = 0;
        for (Entry<K, V> entry : this) {
            if (fits.test(entry.key(), entry.value())) {
                count++;
            }
        }
        return count;
    }

    /// Deletes the objects that fit, each atomically: none that has been replaced by one that does not; how many.
    public long selectDelete(BiPredicate<? super K, ? super V> fits) {
        return rewrite(Rewriting.deleting(ownership, fits));
    }

    /// Replaces the values of the objects that fit, each atomically; how many.
    ///
    /// @throws UnsupportedOperationException for a bag that is no duplicate bag: two of its values might become one
    public long selectReplace(
            BiPredicate<? super K, ? super V> fits,
            BiFunction<? super K, ? super V, ? extends V> with) {
        if (kind == Kind.BAG) {
            throw new UnsupportedOperationException(
                    "expected any kind but a bag for selectReplace, got: " + this);
        }
        return rewrite(Rewriting.replacing(ownership, fits, with));
    }

    private long rewrite(Rewriting<K> rewriting) {
        Cells<K>.Traversal traversal = ownership.toWrite().traversal();
        long count = 0;
        for (Cell<K> cell = traversal.next(); cell != null; cell = traversal.next()) {
            traversal.change(cell, rewriting);
            count += rewriting.hits();
        }
        return count;
    }

    /// All objects.
    public List<Entry<K, V>> toList() {
        return select((_, _) -> true);
    }

    /// Goes through all objects: `int sum = scores.fold(0, (total, entry) -> total + entry.value())`.
    public <A> A fold(A initial, BiFunction<? super A, Entry<K, V>, ? extends A> step) {
        A result = initial;
        for (Entry<K, V> entry : this) {
            result = step.apply(result, entry);
        }
        return result;
    }

    /// Goes through all objects, as slowly as wanted: what `ets:select` with a limit and its continuations do.
    ///
    /// Each step is an operation of its own, which fails if the table has been deleted meanwhile.
    @Override
    public Iterator<Entry<K, V>> iterator() {
        return new TableIterator<>(ownership);
    }

    /// Goes through all objects. Belongs to the process that asked for it, and is not to be made parallel.
    public Stream<Entry<K, V>> stream() {
        int traits = Spliterator.NONNULL | (kind == Kind.ORDERED_SET ? Spliterator.ORDERED : 0);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false);
    }

    // ---- from key to key

    /// The first key; of a table without order, any.
    public Optional<K> first() {
        return key(ownership.toRead().first());
    }

    /// The last key; of a table without order, the same as [#first()].
    public Optional<K> last() {
        return key(ownership.toRead().last());
    }

    /// The key after `key`, which need not be there in an ordered set, and where the table is [fixed][#fix()] may have been
    /// deleted since. Constant time, in an ordered set logarithmic.
    ///
    /// @throws IllegalArgumentException if the table has no order and the key is not there
    public Optional<K> next(K key) {
        return key(ownership.toRead().next(required(key)));
    }

    /// The key before `key`; in a table without order, the same as [#next].
    ///
    /// @throws IllegalArgumentException if the table has no order and the key is not there
    public Optional<K> prev(K key) {
        return key(ownership.toRead().previous(required(key)));
    }

    private Optional<K> key(@Nullable Cell<K> cell) {
        return cell == null ? Optional.empty() : Optional.of(Crossing.keyOut(cell, cell.content()));
    }

    /// Lets [#next] go on from keys that are deleted meanwhile, whoever deletes them, until it is closed or the caller ends.
    ///
    /// ```java
    /// try (var _ = sessions.fix()) {
    ///     for (var key = sessions.first(); key.isPresent(); key = sessions.next(key.get())) {
    ///         IO.println(key.get());
    ///     }
    /// }
    /// ```
    ///
    /// As long as it is open, each deletion keeps some memory.
    public Fixation fix() {
        Cells<K> cells = ownership.toRead();
        return Fixation.of(cells, Ownership.caller());
    }

    // ---- the table itself

    /// How many objects it holds; in a bag each value is one.
    public long size() {
        return ownership.toLookAt().size();
    }

    /// What is known of it; empty if it has been deleted.
    public Optional<TableInfo> info() {
        Cells<K> cells = ownership.cellsOrNull();
        Pid owner = ownership.owner();
        return cells == null || owner == null
                ? Optional.empty()
                : Optional.of(
                        new TableInfo(
                                kind,
                                ownership.access(),
                                Optional.ofNullable(ownership.name()),
                                owner,
                                Optional.ofNullable(ownership.heir()),
                                cells.size(),
                                cells.isFixed()));
    }

    /// Gives it another name; who may write may.
    ///
    /// @throws IllegalArgumentException if another has the name, or it was made without one
    public void rename(TableName<K, V> name) {
        ownership.rename(name.name());
    }

    /// Makes a process the heir, in place of the one before; the owner only. A dead one inherits nothing.
    public void heir(Pid pid, Object data) {
        ownership.heir(new Heir(pid, data));
    }

    /// From now on it has no heir; the owner only.
    public void noHeir() {
        ownership.heir(null);
    }

    /// Makes another process the owner, which is told by a [TableTransfer]; the owner only.
    ///
    /// @throws IllegalArgumentException if that process has ended, or is the owner
    public void giveAway(Pid pid, Object gift) {
        ownership.giveAway(pid, gift);
    }

    @Override
    public String toString() {
        return ownership.toString();
    }
}
