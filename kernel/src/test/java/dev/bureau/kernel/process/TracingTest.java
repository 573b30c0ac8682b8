package dev.bureau.kernel.process;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.link;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.register;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.spawn;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static dev.bureau.kernel.Bureau.unlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.SpawnOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {
    record Ask(From<String> from) {}

    record Stop() {}

    /// Writes down what it is told.
    private static class Notes implements Tracer {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final boolean follows;
        volatile boolean over;

        Notes(boolean follows) {
            this.follows = follows;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public boolean followsSpawn() {
            return follows;
        }

        @Override
        public void sent(LocalProcess by, Destination to, LocalPid receiver, Object message) {
            lines.add("sent " + text(message));
        }

        @Override
        public void received(LocalProcess by, Object message) {
            lines.add("received " + text(message));
        }

        @Override
        public void spawned(@Nullable LocalProcess parent, LocalProcess child) {
            lines.add("spawned");
        }

        @Override
        public void linked(LocalProcess by, LocalPid peer, boolean made) {
            lines.add(made ? "linked" : "unlinked");
        }

        @Override
        public void ended(LocalProcess process, ExitReason reason) {
            lines.add("ended " + reason.getClass().getSimpleName());
        }

        @Override
        public @Nullable Object call(
                LocalProcess self,
                Destination server,
                Object request,
                Supplier<@Nullable Object> work) {
            lines.add("calls");
            Object answer = work.get();
            lines.add("called " + answer);
            return answer;
        }

        private static String text(Object message) {
            return message instanceof Reply(_, var value)
                    ? "reply " + value
                    : message instanceof String text ? text : message.getClass().getSimpleName();
        }
    }

    private record Mark(String text) implements Token {}

    private Node node;
    private Guest guest;

    @BeforeEach
    void start() {
        node = Node.start();
        guest = node.guest();
    }

    @AfterEach
    void stop() {
        guest.close();
        node.stop();
    }

    private static String mark() {
        Mark mark = Tracing.token(Current.process(), Mark.class);
        return mark == null ? "none" : mark.text();
    }

    private static void mark(String text) {
        Tracing.token(Current.process(), Mark.class, new Mark(text));
    }

    /// Answers with its mark; after `Stop` it ends.
    private static void serve() {
        while (true) {
            switch (receive()) {
                case Ask(var from) -> reply(from, mark());
                case Stop _ -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private static void end(Pid pid) {
        var monitor = dev.bureau.kernel.Bureau.monitor(pid);
        send(pid, new Stop());
        receive(monitor, Down.class);
    }

    @Test
    void tellsWhatAProcessSendsAndReceives() {
        Pid server = spawn(TracingTest::serve);
        Notes notes = new Notes(false);
        assertThat(Tracing.attach((LocalPid) server, notes)).isTrue();
        send(server, "hello");
        call(server, Ask::new);
        end(server);
        assertThat(notes.lines)
                .containsExactly(
                        "received hello",
                        "received Ask",
                        "sent reply none",
                        "received Stop",
                        "ended Normal");
        assertThat(Tracing.attach((LocalPid) server, notes)).isFalse();
    }

    @Test
    void tellsWhatACallerDoes() {
        Pid server = spawn(TracingTest::serve);
        Notes notes = new Notes(false);
        Pid me = self();
        Tracing.attach((LocalPid) me, notes);
        call(server, Ask::new);
        link(server);
        unlink(server);
        assertThat(notes.lines)
                .containsExactly(
                        "calls",
                        "sent Ask",
                        "received reply none",
                        "called none",
                        "linked",
                        "unlinked");
        Tracing.detach((LocalPid) me, notes);
        call(server, Ask::new);
        assertThat(notes.lines).hasSize(6);
        assertThat(Tracing.isTraced(Current.process())).isFalse();
    }

    @Test
    void followsThoseThatATracedProcessSpawnsIfItIsTo() {
        for (boolean follows : List.of(true, false)) {
            Notes notes = new Notes(follows);
            var parent =
                    spawnMonitor(() -> {
                        receive(Stop.class);
                        var child = spawnMonitor(() -> receive(Stop.class));
                        end(child.pid());
                    });
            Tracing.attach((LocalPid) parent.pid(), notes);
            send(parent.pid(), new Stop());
            receive(parent.monitor(), Down.class);
            assertThat(notes.lines).contains("spawned");
            assertThat(notes.lines.stream().filter(line -> line.startsWith("ended")))
                    .hasSize(follows ? 2 : 1);
        }
    }

    @Test
    void tellsOfAllAndOfThoseToCome() {
        Pid before = spawn(TracingTest::serve);
        Notes all = new Notes(false);
        Notes newcomers = new Notes(false);
        LocalNode local = Current.process().node();
        Tracing.attachToAll(local, all);
        Tracing.attachToNew(local, newcomers);
        Pid after = spawn(TracingTest::serve);
        end(before);
        end(after);
        Tracing.detach(local, all);
        Tracing.detach(local, newcomers);
        end(spawn(TracingTest::serve));
        assertThat(all.lines).filteredOn("ended Normal"::equals).hasSize(2);
        assertThat(all.lines).filteredOn("received Stop"::equals).hasSize(2);
        assertThat(newcomers.lines).containsExactly("spawned", "received Stop", "ended Normal");
        send(self(), "x");
        receive(String.class);
        assertThat(Tracing.isTraced(Current.process())).isFalse();
    }

    @Test
    void letsGoOfATracerThatIsOver() {
        Notes notes = new Notes(false);
        Tracing.attach((LocalPid) self(), notes);
        notes.over = true;
        send(self(), "x");
        assertThat(notes.lines).isEmpty();
        assertThat(Tracing.isTraced(Current.process())).isFalse();
    }

    @Test
    void aTokenGoesWithMessagesAndTheNextMessageWithoutTakesItAway() {
        Pid server = spawn(TracingTest::serve);
        assertThat(call(server, Ask::new)).isEqualTo("none");
        mark("mine");
        assertThat(call(server, Ask::new)).isEqualTo("mine");
        // The answer of one that has none leaves it.
        assertThat(mark()).isEqualTo("mine");
        register("tracing test", server);
        assertThat(call("tracing test", Ask::new)).isEqualTo("mine");
        Tracing.token(Current.process(), Mark.class, null);
        assertThat(call(server, Ask::new)).isEqualTo("none");
        assertThat(Tracing.isTraced(Current.process())).isFalse();
        end(server);
    }

    @Test
    void aTokenGoesToThoseThatAreSpawnedAndThroughFullMailboxes() {
        Pid me = self();
        Pid server =
                spawn(SpawnOptions.options().mailbox(MailboxLimit.park(1)), TracingTest::serve);
        mark("mine");
        assertThat(call(server, Ask::new)).isEqualTo("mine");
        spawn(() -> send(me, mark()));
        assertThat(receive(String.class)).isEqualTo("mine");
        assertThat(mark()).isEqualTo("mine");
        exit(server, KILL);
    }

    @Test
    void aMessageWithoutATokenTakesItAwayFromOneThatIsTracedForAnotherReason() {
        Pid me = self();
        Notes notes = new Notes(false);
        Pid server = spawn(TracingTest::serve);
        Tracing.attach((LocalPid) server, notes);
        mark("mine");
        assertThat(call(server, Ask::new)).isEqualTo("mine");
        spawn(() -> send(me, "of nobody"));
        mark("none");
        Tracing.token(Current.process(), Mark.class, null);
        assertThat(call(server, Ask::new)).isEqualTo("none");
        end(server);
    }

    /// The single message of an inbox is taken without the lock by one that is not traced, and with it by one that is; here
    /// that changes all the time.
    @Test
    void noMessageIsLostWhileTracersComeAndGo() throws InterruptedException {
        AtomicLong told = new AtomicLong();
        Tracer counting =
                new Tracer() {
                    @Override
                    public void received(LocalProcess by, Object message) {
                        told.incrementAndGet();
                    }
                };
        Pid server = spawn(TracingTest::serve);
        LocalNode local = Current.process().node();
        AtomicBoolean done = new AtomicBoolean();
        Thread changing =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                Tracing.attach((LocalPid) server, counting);
                                Tracing.attachToAll(local, counting);
                                Tracing.detach((LocalPid) server, counting);
                                Tracing.detach(local, counting);
                            }
                        });
        for (int i = 0; i < 20_000; i++) {
            assertThat(call(server, Ask::new)).isEqualTo("none");
        }
        done.set(true);
        changing.join();
        end(server);
        assertThat(told.get()).isPositive();
        send(self(), "x");
        receive(String.class);
        assertThat(Tracing.isTraced(Current.process())).isFalse();
    }
}
