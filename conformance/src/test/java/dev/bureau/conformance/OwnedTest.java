package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.kernel.ExitReason.KILLED;
import static dev.bureau.kernel.ExitReason.NOPROC;
import static dev.bureau.testkit.ProcessAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bureau.conformance.Staff.Go;
import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.From;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Owned;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.testkit.Otp;
import dev.bureau.testkit.Scenario;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;

/// Resources with one owner: Erlang's ports and `controlling_process`, and DESIGN 1.2.
class OwnedTest {
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final ConcurrentHashMap<Long, AtomicInteger> CLOSED = new ConcurrentHashMap<>();
    private static final ConcurrentLinkedQueue<Long> ORDER = new ConcurrentLinkedQueue<>();

    /// A resource that says how often it was closed; a number, so that scenarios can name it.
    private static final class Door implements AutoCloseable {
        final long number = SERIAL.incrementAndGet();
        private final Closeable closing;

        Door(Closeable closing) {
            this.closing = closing;
            CLOSED.put(number, new AtomicInteger());
        }

        Door() {
            this(() -> {});
        }

        @Override
        public void close() throws IOException {
            CLOSED.get(number).incrementAndGet();
            ORDER.add(number);
            closing.close();
        }

        /// Equal to all others: what counts is which door, not what it looks like.
        @Override
        public boolean equals(Object other) {
            return other instanceof Door;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "door " + number;
        }
    }

    private static int closed(long number) {
        return CLOSED.get(number).get();
    }

    record Parcel(String label, Owned<Door> door) {}

    record Pair(Owned<Door> one, Owned<Door> same) {}

    record Fetch(From<Owned<Door>> from) {}

    record Lend() implements Call<String> {}

    @Nested
    class TheOwner {
        @Scenario
        void aloneUsesIt() {
            Pid boss = self();
            Owned<Door> door = Owned.of(new Door());
            assertThat(door.get().number).isPositive();
            assertThat(door).hasToString("Owned[door " + door.get().number + "]");
            spawn(() -> {
                Owned<Door> mine = Owned.of(new Door());
                send(boss, mine.get().number);
                receive(Go.class);
            });
            receive(Long.class);
        }

        @Scenario
        void closesItOnce() {
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            door.close();
            door.close();
            assertThat(closed(number)).isEqualTo(1);
            assertThatThrownBy(door::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("handed over or closed");
        }

        @Scenario
        void hasItClosedHoweverItEnds() {
            Pid boss = self();
            for (Body ending :
                    List.<Body>of(
                            () -> {},
                            () -> exit("reason"),
                            () -> {
                                throw new IllegalStateException("crash");
                            },
                            () -> exit(self(), KILL),
                            () -> {
                                spawnLink(() -> exit("peer"));
                                sleepForever();
                            },
                            () -> hibernate(() -> {}))) {
                Pid owner =
                        spawn(() -> {
                            Owned<Door> door = Owned.of(new Door());
                            send(boss, door.get().number);
                            send(self(), new Go());
                            ending.run();
                        });
                Ref monitor = monitor(owner);
                long number = receive(long.class);
                awaitDown(monitor);
                // Before anybody is told.
                assertThat(closed(number)).isEqualTo(1);
            }
        }

        @Scenario
        void hasThemClosedYoungestFirstAndAlsoIfOneFails() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        List<Long> numbers = new ArrayList<>();
                        for (Closeable closing :
                                List.<Closeable>of(
                                        () -> {},
                                        () -> {
                                            throw new IOException("cannot close");
                                        },
                                        () -> {
                                            throw new AssertionError("cannot close at all");
                                        },
                                        () -> {})) {
                            numbers.add(Owned.of(new Door(closing)).get().number);
                        }
                        numbers.forEach(number -> send(boss, number));
                        receive(Go.class);
                    });
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                numbers.add(receive(long.class));
            }
            Ref monitor = monitor(owner);
            send(owner, new Go());
            assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
            assertThat(ORDER.stream().filter(numbers::contains).toList())
                    .isEqualTo(numbers.reversed());
        }

        /// A resource whose closing talks to other processes does not keep its owner from ending.
        @Scenario
        void endsAlsoIfClosingUsesTheRuntime() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        Owned.of(new Door(() -> send(boss, "closed")));
                        Owned.of(new Door(() -> sleep(ofMillis(1))));
                        Owned.of(new Door(() -> exit("from close")));
                        receive(Go.class);
                    });
            Ref monitor = monitor(owner);
            send(owner, new Go());
            assertThat(awaitDown(monitor)).isEqualTo(NORMAL);
        }

        @Scenario
        void hasEachOfManyClosedThatLookAlike() {
            Pid boss = self();
            Pid owner =
                    spawn(() -> {
                        for (int i = 0; i < 3; i++) {
                            send(boss, Owned.of(new Door()).get().number);
                        }
                    });
            Ref monitor = monitor(owner);
            List<Long> numbers =
                    List.of(receive(long.class), receive(long.class), receive(long.class));
            awaitDown(monitor);
            for (long number : numbers) {
                assertThat(closed(number)).isEqualTo(1);
            }
        }
    }

    @Nested
    class HandingOver {
        @Scenario
        void byMessageMovesItToTheReceiver() {
            Pid boss = self();
            Pid receiver =
                    spawn(() -> {
                        Parcel parcel = receive(Parcel.class);
                        send(boss, parcel.door().get().number);
                        receive(Go.class);
                    });
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(receiver, new Parcel("for you", door));
            assertThatThrownBy(door::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("handed over");
            door.close();
            assertThat(closed(number)).isZero();
            assertThat(receive(long.class)).isEqualTo(number);
            Ref monitor = monitor(receiver);
            send(receiver, new Go());
            awaitDown(monitor);
            assertThat(closed(number)).isEqualTo(1);
        }

        @Scenario
        void bySpawningMovesItToTheChild() {
            Pid boss = self();
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            Pid child = spawn(() -> send(boss, door.get().number));
            assertThatThrownBy(door::get).isInstanceOf(IllegalStateException.class);
            assertThat(receive(long.class)).isEqualTo(number);
            awaitDown(child);
            eventually(() -> closed(number) == 1);
        }

        @Scenario
        void byAnAnswerMovesItToTheCaller() {
            Pid server =
                    spawn(() -> {
                        Owned<Door> door = Owned.of(new Door());
                        reply(receive(Fetch.class).from(), door);
                        receive(Go.class);
                    });
            Owned<Door> door = call(server, Fetch::new);
            long number = door.get().number;
            exit(server, KILL);
            awaitDown(server);
            assertThat(closed(number)).isZero();
            door.close();
            assertThat(closed(number)).isEqualTo(1);
        }

        /// A message nobody will read belongs to its receiver, and goes with it.
        @Scenario
        void toOneWhoNeverLooksHasItClosedWhenThatEnds() {
            Pid lazy = Staff.idle();
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(lazy, door);
            exit(lazy, KILL);
            awaitDown(lazy);
            eventually(() -> closed(number) == 1);
        }

        @Scenario
        void toTheDeadHasItClosedAtOnce() {
            Pid dead = spawn(() -> {});
            awaitDown(dead);
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(dead, new Parcel("too late", door));
            eventually(() -> closed(number) == 1);
            assertThatThrownBy(door::get).isInstanceOf(IllegalStateException.class);
        }

        @Scenario(outcomes = {"received", "not received"})
        void toOneWhoIsBeingKilledHasItClosedOnceInAnyCase() {
            Pid boss = self();
            Pid victim =
                    spawn(() -> {
                        receive(Parcel.class).door().get();
                        send(boss, "received");
                        sleepForever();
                    });
            Pid killer = spawn(() -> exit(victim, KILL));
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(victim, new Parcel("here", door));
            awaitDown(victim);
            awaitDown(killer);
            eventually(() -> closed(number) == 1);
            assertThat(closed(number)).isEqualTo(1);
            observe(poll(String.class).isPresent() ? "received" : "not received");
        }

        /// Through an alias that has ended: nobody receives it, so nobody shall own it.
        @Scenario
        void throughAnAliasThatHasEndedHasItClosed() {
            Pid boss = self();
            Pid receiver =
                    spawn(() -> {
                        Ref alias = alias();
                        unalias(alias);
                        send(boss, alias);
                        receive(Go.class);
                    });
            Ref alias = receive(Ref.class);
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(alias, door);
            assertThat(info(receiver).orElseThrow().messageQueueLength()).isZero();
            eventually(() -> closed(number) == 1);
        }

        /// An answer that comes too late for its caller.
        @Scenario
        void inALateAnswerHasItClosed() {
            Pid boss = self();
            Pid server =
                    spawn(() -> {
                        Owned<Door> door = Owned.of(new Door());
                        send(boss, door.get().number);
                        Fetch fetch = receive(Fetch.class);
                        receive(Go.class);
                        reply(fetch.from(), door);
                        sleepForever();
                    });
            long number = receive(long.class);
            assertThatThrownBy(
                            () -> {
                                Owned<Door> never = call(server, Fetch::new, ofMillis(2));
                                assertThat(never).isNull();
                            })
                    .isInstanceOf(ExitException.class);
            send(server, new Go());
            // When it is received, that is when the caller next looks for messages.
            eventually(() -> poll(String.class).isEmpty() && closed(number) == 1);
        }

        @Scenario
        void ofTheSameTwiceInAMessageMovesItOnce() {
            Pid boss = self();
            Pid receiver =
                    spawn(() -> {
                        Pair pair = receive(Pair.class);
                        send(boss, pair.one() == pair.same());
                        send(boss, pair.one().get().number == pair.same().get().number);
                    });
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(receiver, new Pair(door, door));
            assertReceive(true);
            assertReceive(true);
            eventually(() -> closed(number) == 1);
        }

        @Scenario
        void toOneselfKeepsIt() {
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(self(), new Parcel("mine", door));
            Parcel parcel = receive(Parcel.class);
            assertThat(parcel.door().get().number).isEqualTo(number);
            parcel.door().close();
            assertThat(closed(number)).isEqualTo(1);
        }

        @Scenario
        void fromHandToHandEndsWithTheLast() {
            Pid boss = self();
            Pid next = boss;
            for (int i = 0; i < 5; i++) {
                Pid to = next;
                next =
                        spawn(() -> {
                            Parcel parcel = receive(Parcel.class);
                            send(to, parcel);
                        });
            }
            Owned<Door> door = Owned.of(new Door());
            long number = door.get().number;
            send(next, new Parcel("round", door));
            Parcel back = receive(Parcel.class);
            assertThat(back.door().get().number).isEqualTo(number);
            assertThat(closed(number)).isZero();
            back.door().close();
        }
    }

    @Nested
    class Refused {
        record Both(Owned<Door> door, Random random) {}

        @Scenario
        void isAMessageWithSomethingElseInItAndNothingHasMoved() {
            Owned<Door> door = Owned.of(new Door());
            assertThatThrownBy(() -> send(Staff.idle(), new Both(door, new Random())))
                    .isInstanceOf(NotShareableException.class)
                    .hasMessageContaining("random");
            assertThat(door.get().number).isPositive();
            door.close();
        }

        @Scenario
        void isASpawnThatFailsAndNothingHasMoved() {
            Owned<Door> door = Owned.of(new Door());
            Random random = new Random();
            assertThatThrownBy(() -> spawn(() -> random.nextInt((int) door.get().number)))
                    .isInstanceOf(NotShareableException.class);
            assertThat(door.get().number).isPositive();
            assertThatThrownBy(() ->
                            spawn(SpawnOptions.options().label(new Random()), () -> door.get()))
                    .isInstanceOf(NotShareableException.class);
            assertThat(door.get().number).isPositive();
            door.close();
        }

        @Scenario(maxProcesses = 3)
        void isASpawnBeyondTheLimitAndNothingHasMoved() {
            Owned<Door> door = Owned.of(new Door());
            Staff.idle();
            assertThatThrownBy(() -> spawn(() -> door.get()))
                    .isInstanceOf(dev.bureau.kernel.SystemLimit.class);
            assertThat(door.get().number).isPositive();
        }

        @Scenario
        void isAnythingButAMessageToSomebody() {
            Owned<Door> door = Owned.of(new Door());
            assertThatThrownBy(() -> sendAfter(self(), door, ofMillis(1)))
                    .isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> label(door)).isInstanceOf(NotShareableException.class);
            assertThatThrownBy(() -> exit(door)).isInstanceOf(NotShareableException.class);
            assertThat(door.get().number).isPositive();
        }

        @Scenario
        void isTheBareResource() {
            Door door = new Door();
            assertThatThrownBy(() -> send(self(), door)).isInstanceOf(NotShareableException.class);
        }

        /// To look at somebody's mail gives nobody a handle.
        @Scenario
        void isTheHandleInWhatIsShownOfAMailbox() {
            Pid lazy = Staff.idle();
            Owned<Door> door = Owned.of(new Door());
            send(lazy, door);
            List<Object> shown = messages(lazy, 1);
            assertThat(shown).hasSize(1);
            assertThat(shown.getFirst()).isInstanceOf(String.class);
        }
    }

    @Nested
    class Sockets {
        /// The process that accepts hands each connection to a process of its own; that one's crash closes it.
        @Scenario(simulated = false, runs = 5)
        void areHandedToAProcessForEachConnection() throws Exception {
            try (ServerSocket listener =
                    new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Pid boss = self();
                int port = listener.getLocalPort();
                Pid client =
                        spawn(() -> {
                            try (Socket socket =
                                    new Socket(InetAddress.getLoopbackAddress(), port)) {
                                socket.getOutputStream().write('a');
                                send(boss, socket.getInputStream().read());
                                socket.getOutputStream().write('!');
                                send(boss, socket.getInputStream().read());
                            }
                        });
                Owned<Socket> connection = Owned.of(listener.accept());
                Pid worker =
                        spawn(() -> {
                            Socket socket = connection.get();
                            int read = socket.getInputStream().read();
                            socket.getOutputStream().write(read + 1);
                            if (socket.getInputStream().read() == '!') {
                                exit("crash");
                            }
                        });
                Ref monitor = monitor(worker);
                assertReceive((int) 'b');
                assertThat(awaitDown(monitor)).isEqualTo(Staff.custom("crash"));
                assertReceive(-1);
                awaitDown(client);
            }
        }

        /// A process that blocks on its socket is killed all the same, and the socket is closed.
        @Scenario(simulated = false, runs = 5)
        @Otp("X-06")
        void doNotKeepTheirOwnerFromBeingKilled() throws Exception {
            try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                    Socket client =
                            new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                Pid boss = self();
                Owned<Socket> connection = Owned.of(listener.accept());
                Pid worker =
                        spawn(() -> {
                            send(boss, new Go());
                            connection.get().getInputStream().read();
                        });
                receive(Go.class);
                sleep(ofMillis(2));
                exit(worker, KILL);
                assertThat(awaitDown(worker)).isIn(KILLED, NOPROC);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }
}
