package dev.bureau.conformance;

import static dev.bureau.conformance.Fillers.*;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.MailboxLimit.*;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.testkit.Scenario;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Resources in messages that find a mailbox full: each has one owner at any time, and is closed when it has none.
class MailboxLimitsAndResourcesTest {
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final ConcurrentHashMap<Long, Boolean> CLOSED = new ConcurrentHashMap<>();

    private record Door(long number) implements AutoCloseable {
        @Override
        public void close() {
            CLOSED.put(number, true);
        }
    }

    record Parcel(String label, Owned<Door> door) {}

    private static Owned<Door> door() {
        return Owned.of(new Door(SERIAL.incrementAndGet()));
    }

    private static boolean isClosed(long number) {
        return CLOSED.containsKey(number);
    }

    /// Tells the number of each door that it gets.
    private static Pid porter(dev.bureau.kernel.MailboxLimit limit, int doors) {
        Pid boss = self();
        return holding(
                limit,
                () -> {
                    receive(String.class);
                    for (int i = 0; i < doors; i++) {
                        send(boss, receive(Parcel.class).door().get().number());
                    }
                    sleepForever();
                });
    }

    @Scenario
    void staysWithTheSenderThatIsRefused() {
        Pid porter = porter(refuse(1), 1);
        send(porter, "full");
        Owned<Door> door = door();
        assertThatThrownBy(() -> send(porter, new Parcel("parcel", door)))
                .isInstanceOf(MailboxFullException.class);
        long number = door.get().number();
        assertThat(isClosed(number)).isFalse();
        letGo();
        eventually(() -> use(porter).messages() == 0);
        send(porter, new Parcel("parcel", door));
        assertReceive(number);
        assertThatThrownBy(door::get).isInstanceOf(IllegalStateException.class);
    }

    @Scenario
    void staysWithTheSenderThatHasWaitedInVain() {
        Pid porter = porter(park(1, ofMillis(5)), 1);
        send(porter, "full");
        Owned<Door> door = door();
        assertThatThrownBy(() -> send(porter, new Parcel("parcel", door)))
                .isInstanceOf(MailboxFullException.class);
        assertThat(isClosed(door.get().number())).isFalse();
        door.close();
    }

    @Scenario
    void isHandedOverWhenThereIsRoom() {
        Pid boss = self();
        Pid porter = porter(park(1), 3);
        send(porter, "full");
        for (int i = 0; i < 3; i++) {
            spawn(() -> {
                Owned<Door> door = door();
                long number = door.get().number();
                send(porter, new Parcel("parcel", door));
                assertThatThrownBy(door::get).isInstanceOf(IllegalStateException.class);
                send(boss, String.valueOf(number));
            });
        }
        eventually(() -> use(porter).waiting() == 3);
        letGo();
        for (int i = 0; i < 3; i++) {
            long number = assertReceive(Long.class);
            assertReceive(String.class, text -> text.equals(String.valueOf(number)));
            assertThat(isClosed(number)).isFalse();
        }
        assertThat(use(porter).messages()).isZero();
    }

    /// Room that was kept for one that is killed then is for the next.
    @Scenario
    void isClosedWithTheSenderThatIsKilled() {
        Pid boss = self();
        Pid porter = porter(park(1), 1);
        send(porter, "full");
        Pid killed =
                spawn(() -> {
                    Owned<Door> door = door();
                    send(boss, door.get().number());
                    send(porter, new Parcel("killed", door));
                });
        long first = assertReceive(Long.class);
        eventually(() -> use(porter).waiting() == 1);
        spawn(() -> send(porter, new Parcel("next", door())));
        eventually(() -> use(porter).waiting() == 2);
        letGo();
        exit(killed, KILL);
        long got = assertReceive(Long.class);
        if (got != first) {
            eventually(() -> isClosed(first));
        }
        assertThat(isClosed(got)).isFalse();
        eventually(() -> use(porter).waiting() == 0);
    }

    @Scenario
    void isClosedWithTheMessageThatIsDropped() {
        Pid newest = porter(dropNewest(1), 1);
        send(newest, "full");
        Owned<Door> one = door();
        long first = one.get().number();
        send(newest, new Parcel("parcel", one));
        assertThat(isClosed(first)).isTrue();

        Pid oldest = porter(dropOldest(1), 1);
        Owned<Door> two = door();
        long second = two.get().number();
        send(oldest, new Parcel("parcel", two));
        assertThat(isClosed(second)).isFalse();
        send(oldest, "younger");
        assertThat(isClosed(second)).isTrue();
    }

    @Scenario
    void isClosedWhenTheReceiverEndsMeanwhile() {
        Pid boss = self();
        Pid porter = porter(park(1), 1);
        send(porter, "full");
        spawn(() -> {
            Owned<Door> door = door();
            send(boss, door.get().number());
            send(porter, new Parcel("parcel", door));
            send(boss, "sent");
            sleepForever();
        });
        long number = assertReceive(Long.class);
        eventually(() -> use(porter).waiting() == 1);
        exit(porter, KILL);
        assertReceive(String.class);
        assertThat(isClosed(number)).isTrue();
    }

    /// Whether a message can be sent at all does not depend on the room there is.
    @Scenario
    void isNotAskedForRoomIfItCannotBeSent() {
        for (var limit : java.util.List.of(dropNewest(1), dropOldest(1), refuse(1), park(1))) {
            Pid porter = porter(limit, 1);
            send(porter, "full");
            assertThatThrownBy(() -> send(porter, new Object[] {new Thread()}))
                    .isInstanceOf(NotShareableException.class);
            assertThat(messages(porter, 2)).containsExactly("full");
        }
    }
}
