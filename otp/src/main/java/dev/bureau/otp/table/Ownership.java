package dev.bureau.otp.table;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Resources;
import dev.bureau.kernel.process.Routing;
import dev.bureau.otp.NoSuchTable;
import dev.bureau.otp.Table;
import dev.bureau.otp.TableAccessException;
import dev.bureau.otp.TableTransfer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whose a table is, who may do what with its contents, and to whom it passes.
///
/*
 * `tenure` is the current owner's hold on the table: null once it is deleted. It changes by compare-and-set only, so of all
 * who would end a tenure at the same time, by deleting, giving away or dying, one does.
 *
 * A tenure is among its owner's resources: so it ends before links and monitors of the owner are told. It is put there before it
 * becomes the current one; the owner may die in between, and then closes what does not count yet. Hence `over`: closing raises
 * it and then looks whether the tenure is current; who makes it current looks at it after that. One of the two sees the other.
 */
public final class Ownership<K> {
    private final Table<K, ?> table;
    private final Tables tables;
    private final LocalNode node;
    private final Table.Access access;
    private final long number;

    private final AtomicReference<@Nullable Tenure> tenure = new AtomicReference<>();
    private volatile @Nullable Cells<K> cells;
    private volatile @Nullable Heir heir;

    /// Written under the lock of the node's [Tables].
    private volatile @Nullable String name;

    private record Heir(LocalPid pid, Object data) {}

    private final class Tenure implements AutoCloseable {
        final LocalPid owner;
        volatile boolean over;

        Tenure(LocalPid owner) {
            this.owner = owner;
        }

        @Override
        public void close() {
            over = true;
            end(this);
        }

        @Override
        public String toString() {
            return table.toString();
        }
    }

    private Ownership(
            Table<K, ?> table,
            LocalProcess self,
            Table.Access access,
            @Nullable String name,
            Cells<K> cells) {
        this.table = table;
        this.node = self.node();
        this.tables = Tables.of(node.facade());
        this.access = access;
        this.number = tables.nextNumber();
        this.name = name;
        this.cells = cells;
    }

    /// For a table that is not known yet and will be the caller's; see [#begin].
    public static <K> Ownership<K> of(
            Table<K, ?> table, Table.Access access, @Nullable String name, Cells<K> cells) {
        return new Ownership<>(table, caller(), access, name, cells);
    }

    /// Makes the caller the owner, and the name known.
    ///
    /// @throws IllegalArgumentException if another table has the name
    public void begin(Table.@Nullable Heir inherits) {
        LocalProcess self = enter();
        heir = inherits == null ? null : heirOf(inherits);
        Tenure first = new Tenure(self.pid());
        tenure.set(first);
        tables.add(table, name);
        if (!Resources.add(self, first)) {
            first.close();
        }
    }

    /// Its name; null if it has none.
    public @Nullable String name() {
        return name;
    }

    /// Gives it another name.
    public void rename(String next) {
        toWrite();
        synchronized (tables) {
            contents();
            String before = name;
            if (before == null) {
                throw new IllegalArgumentException(
                        "expected a table that was made with a name, got: " + table);
            }
            tables.rename(table, before, next);
            name = next;
        }
    }

    public Table.Access access() {
        return access;
    }

    // ---- who may

    /// The contents, for a caller who may read them.
    public Cells<K> toRead() {
        LocalProcess self = enter();
        Cells<K> contents = contents();
        if (access == Table.Access.PRIVATE) {
            requireOwner(self, "read");
        }
        return contents;
    }

    /// The contents, for a caller who may change them.
    public Cells<K> toWrite() {
        LocalProcess self = enter();
        Cells<K> contents = contents();
        if (access != Table.Access.PUBLIC) {
            requireOwner(self, "written");
        }
        return contents;
    }

    /// The contents, for a caller who wants to know something of the table that all may know.
    public Cells<K> toLookAt() {
        enter();
        return contents();
    }

    private Cells<K> contents() {
        Cells<K> contents = cells;
        if (contents == null) {
            throw new NoSuchTable(table.toString());
        }
        return contents;
    }

    private Tenure requireOwner(LocalProcess self, String what) {
        Tenure now = tenure.get();
        if (now == null) {
            throw new NoSuchTable(table.toString());
        }
        if (now.owner != self.pid()) {
            throw new TableAccessException(table, access, now.owner, self.pid(), what);
        }
        return now;
    }

    /// The calling process, which may be a thread that becomes a guest.
    public static LocalProcess caller() {
        LocalProcess self = Current.processOrNull();
        if (self == null) {
            Bureau.self();
            self = Current.process();
        }
        self.enter();
        return self;
    }

    private LocalProcess enter() {
        LocalProcess self = caller();
        if (self.node() != node) {
            throw new IllegalStateException(
                    "expected a process of the node of "
                            + table
                            + ", "
                            + node.id()
                            + ", got: "
                            + self.pid()
                            + " of "
                            + self.node().id()
                            + "; a Java thread takes part in a node by node.guest()");
        }
        return self;
    }

    /// The contents; null if the table is deleted.
    public @Nullable Cells<K> cellsOrNull() {
        enter();
        return cells;
    }

    // ---- whose

    /// The owner; null if the table is deleted.
    public @Nullable Pid owner() {
        Tenure now = tenure.get();
        return now == null ? null : now.owner;
    }

    /// Who inherits; null if nobody, or one who is dead.
    public @Nullable Pid heir() {
        Heir known = heir;
        LocalProcess process = known == null ? null : known.pid().process();
        return known == null || process == null || !process.isAlive() ? null : known.pid();
    }

    /// Makes a process the heir, or nobody.
    public void heir(Table.@Nullable Heir inherits) {
        requireOwner(enter(), "given an heir");
        heir = inherits == null ? null : heirOf(inherits);
    }

    private Heir heirOf(Table.Heir inherits) {
        return new Heir(ofThisNode(inherits.pid()), Crossing.isolated(inherits.data()));
    }

    private LocalPid ofThisNode(Pid pid) {
        if (pid instanceof LocalPid local && pid.node().equals(node.id())) {
            return local;
        }
        throw new IllegalArgumentException(
                "expected a process of the node of " + table + ", " + node.id() + ", got: " + pid);
    }

    /// Gives the table to a process, which is told with `data`.
    public void giveAway(Pid pid, Object data) {
        LocalProcess self = enter();
        Object gift = Crossing.isolated(data);
        Tenure mine = requireOwner(self, "given away");
        LocalPid receiver = ofThisNode(pid);
        if (receiver == self.pid()) {
            throw new IllegalArgumentException(
                    "expected another process than the owner of " + table + ", got: " + pid);
        }
        LocalProcess process = receiver.process();
        Tenure theirs = new Tenure(receiver);
        if (process == null || !Resources.add(process, theirs)) {
            throw new IllegalArgumentException(
                    "expected a process that is alive to give " + table + " to, got: " + pid);
        }
        if (!pass(mine, theirs, gift)) {
            Resources.remove(process, theirs);
            throw new NoSuchTable(table.toString());
        }
        Resources.remove(self, mine);
    }

    private boolean pass(Tenure from, Tenure to, Object data) {
        if (!tenure.compareAndSet(from, to)) {
            return false;
        }
        Routing.deliver(to.owner, to.owner, new TableTransfer(table, from.owner, data));
        if (to.over) {
            end(to);
        }
        return true;
    }

    /// Deletes the table.
    public void delete() {
        toWrite();
        Tenure last = tenure.get();
        while (last != null) {
            if (tenure.compareAndSet(last, null)) {
                forget();
                LocalProcess owner = last.owner.process();
                if (owner != null) {
                    Resources.remove(owner, last);
                }
                return;
            }
            last = tenure.get();
        }
        throw new NoSuchTable(table.toString());
    }

    /// The owner is ending.
    private void end(Tenure ending) {
        if (tenure.get() == ending && !inherits(ending) && tenure.compareAndSet(ending, null)) {
            forget();
        }
    }

    private boolean inherits(Tenure ending) {
        Heir next = heir;
        LocalProcess process = next == null ? null : next.pid().process();
        if (next == null || process == null) {
            return false;
        }
        Tenure theirs = new Tenure(next.pid());
        if (!Resources.add(process, theirs)) {
            return false;
        }
        // The data need not be copied again: it goes to this one process only.
        if (!pass(ending, theirs, next.data())) {
            Resources.remove(process, theirs);
        }
        return true;
    }

    private void forget() {
        synchronized (tables) {
            cells = null;
            tables.remove(table, name);
        }
    }

    @Override
    public String toString() {
        String known = name;
        return "Table[" + (known == null ? "#" + number : known) + "]";
    }
}
