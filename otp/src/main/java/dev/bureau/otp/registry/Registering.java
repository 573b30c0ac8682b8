package dev.bureau.otp.registry;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Linking;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.otp.Registration;
import dev.bureau.otp.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a process comes into a registry and leaves it (OTP ).
///
/*
 * Coming: link to the partition, into its Owners, then under the key. Leaving goes the other way round. So whatever is
 * found under a key is in Owners, and whatever is in Owners has a link over which the partition hears of its end: wherever
 * the process is stopped, the partition finds all there is to take out.
 *
 * But for a process that others have ended while its thread goes on (a guest, code that nobody can stop): it may put
 * something in after the partition has cleaned up. By then its pid leads nowhere, so it looks at that last, and takes it
 * out itself.
 */
public final class Registering {
    private Registering() {}

    /// The calling process, a guest if need be.
    public static LocalProcess process() {
        Bureau.self();
        return Current.process();
    }

    /// A copy of a key that nobody changes.
    public static Object isolatedKey(Object key) {
        Objects.requireNonNull(key, "key");
        if (key.getClass().isArray()) {
            throw new IllegalArgumentException(
                    "expected a key that is compared by its content, got an array ("
                            + key.getClass().getSimpleName()
                            + "); use a list or a record instead");
        }
        return Objects.requireNonNull(Isolation.pass(key));
    }

    /// Registers the calling process.
    public static Registration register(Directory directory, Object key, @Nullable Object value) {
        LocalProcess self = process();
        self.enter();
        Object ownKey = isolatedKey(key);
        Object ownValue = Isolation.pass(value);
        Tables tables = directory.tables();
        Partition partition = tables.partitionOf(self.pid());
        Linking.link(self, partition.pid(), false);
        Membership entry =
                new Membership(tables.tableOf(ownKey, self.pid()), ownKey, self.pid(), ownValue);
        Membership holder = putIn(self, partition, entry);
        if (holder != null) {
            takeOut(self, partition, List.of(entry));
            return new Registration.AlreadyRegistered(holder.pid());
        }
        tell(directory, new Registry.Registered(directory.name(), ownKey, self.pid(), ownValue));
        return new Registration.Made(partition.pid());
    }

    /// Returns who stands in the way; then the entry is in the owners only.
    private static @Nullable Membership putIn(
            LocalProcess self, Partition partition, Membership entry) {
        try {
            self.enter();
            partition.owners().add(entry);
            self.enter();
            Membership holder = entry.table().claim(entry);
            self.enter();
            if (partition.pid().process() == null) {
                // It has crashed, and its link was told to a process that traps exits.
                takeOut(self, partition, List.of(entry));
                throw new ExitException(ExitReason.NOPROC);
            }
            return holder;
        } finally {
            if (self.pid().process() == null) {
                entry.table().remove(entry);
                partition.owners().remove(entry);
            }
        }
    }

    /// Takes entries of the calling process out; the last takes the link along (OTP R-02).
    private static void takeOut(LocalProcess self, Partition partition, List<Membership> entries) {
        boolean last = false;
        for (Membership entry : entries) {
            entry.table().remove(entry);
            self.enter();
            last = partition.owners().remove(entry);
        }
        if (last) {
            Linking.unlink(self, partition.pid());
        }
    }

    /// Takes the calling process's entries under a key out whose value is `unwanted`. Listeners are told when it has no
    /// others there.
    public static void unregister(
            Directory directory, Object key, Predicate<? super @Nullable Object> unwanted) {
        LocalProcess self = process();
        self.enter();
        Tables tables = directory.tables();
        Partition partition = tables.partitionOf(self.pid());
        List<Membership> all = own(tables, partition, key, self.pid());
        List<Membership> leaving =
                all.stream().filter(entry -> unwanted.test(Isolation.pass(entry.value()))).toList();
        takeOut(self, partition, leaving);
        if (leaving.size() == all.size()) {
            tell(directory, new Registry.Unregistered(directory.name(), key, self.pid()));
        }
    }

    /// Looks where there is less to look through.
    private static List<Membership> own(
            Tables tables, Partition partition, Object key, LocalPid self) {
        List<Membership> found = new ArrayList<>();
        KeyTable table = tables.tableOf(key, self);
        if (table.size(key) <= partition.owners().size(self)) {
            table.forEach(
                    key,
                    entry -> {
                        if (entry.pid().equals(self)) {
                            found.add(entry);
                        }
                    });
        } else {
            partition
                    .owners()
                    .forEach(
                            self,
                            entry -> {
                                if (entry.key().equals(key)) {
                                    found.add(entry);
                                }
                            });
        }
        return found;
    }

    /// A listener that is not there, or refuses what is too much for it, must not fail those who register.
    private static void tell(Directory directory, Object event) {
        for (String listener : directory.listeners()) {
            try {
                Bureau.send(Name.on(Bureau.node().id(), listener), event);
            } catch (MailboxFullException refused) {
                // It has chosen not to know.
            }
        }
    }
}
