package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Children for supervisors, which tell their boss what happens to them.
final class Workers {
    private Workers() {}

    /// A worker is up.
    record Up(Object id, Pid pid) {}

    /// A worker has terminated.
    record Ended(Object id, ExitReason reason) {}

    /// Ends a worker.
    record Leave(Object reason) implements Cast {}

    /// Traps exits and tells its boss when it is up and when it terminates, each after a while.
    record Worker(Object id, Pid boss, Duration slowness)
            implements GenServer<Object, Call<?>, Leave> {
        @Override
        public Init<Object> init() {
            trapExits(true);
            sleep(slowness);
            send(boss, new Up(id, self()));
            return ok(id);
        }

        @Override
        public Next<Object> handleCast(Leave leave, Object state) {
            return stop(leave.reason(), state);
        }

        @Override
        public void terminate(ExitReason reason, Object state) {
            sleep(slowness);
            send(boss, new Ended(id, reason));
        }
    }

    /// A worker of the caller.
    static ChildSpec worker(Object id) {
        return slow(id, Duration.ZERO);
    }

    /// A worker that takes its time to start and to end.
    static ChildSpec slow(Object id, Duration slowness) {
        return ChildSpec.worker(
                id, GenServer.starter(StartOptions.options(), new Worker(id, self(), slowness)));
    }

    /// How a start is to come out.
    enum Turn {
        UP,
        FAIL,
        IGNORE
    }

    /// Asks a script how the next start is to come out.
    record Ask(From<Turn> from) {}

    /// Has a script let all starts succeed from now on.
    record Heal() {}

    /// Lets starts come out like this, one after the other, and all after them succeed.
    static Pid script(Turn... turns) {
        List<Turn> all = List.of(turns);
        return spawn(() -> {
            Deque<Turn> left = new ArrayDeque<>(all);
            while (true) {
                Ask ask = receive(Ask.class);
                reply(ask.from(), left.isEmpty() ? Turn.UP : left.remove());
            }
        });
    }

    /// Lets the first start succeed and all others fail until it is healed.
    static Pid sickness() {
        return spawn(() -> {
            reply(receive(Ask.class).from(), Turn.UP);
            boolean sick = true;
            while (true) {
                Ask ask = receive(Ask.class);
                if (sick) sleep(ofMillis(1));
                sick = sick && poll(Heal.class).isEmpty();
                reply(ask.from(), sick ? Turn.FAIL : Turn.UP);
            }
        });
    }

    /// A worker whose starts come out as a script says.
    static ChildSpec scripted(Object id, Pid script) {
        ChildSpec.Starter start = worker(id).start();
        return ChildSpec.worker(
                id,
                () ->
                        switch (call(script, Ask::new)) {
                            case UP -> start.start();
                            case FAIL -> Start.failed("sick");
                            case IGNORE -> Start.ignored();
                        });
    }

    /// Waits until a worker is up.
    static Pid up(Object id) {
        return assertReceive(Up.class, up -> up.id().equals(id)).pid();
    }

    /// Waits until workers are up, in this order.
    static void upInOrder(Object... ids) {
        for (Object id : ids) {
            Object next = assertReceive(Up.class).id();
            if (!next.equals(id)) throw new AssertionError("expected " + id + " up, got: " + next);
        }
    }

    /// Waits until workers have terminated, told by their parent, in this order.
    static void endedInOrder(Object... ids) {
        for (Object id : ids) {
            Ended next = assertReceive(Ended.class);
            if (!next.equals(new Ended(id, SHUTDOWN))) {
                throw new AssertionError("expected the end of " + id + ", got: " + next);
            }
        }
    }

    /// Has a worker leave, and waits for its words.
    static void leave(Pid worker, Object reason) {
        cast(worker, new Leave(reason));
        assertReceive(Ended.class);
    }

    /// The status of a child, or null if there is none of that id.
    static ChildInfo.Status status(Pid supervisor, Object id) {
        return Supervisor.whichChildren(supervisor).stream()
                .filter(child -> id.equals(child.id()))
                .map(ChildInfo::status)
                .findFirst()
                .orElse(null);
    }

    /// The process that a child is.
    static Pid pidOf(Pid supervisor, Object id) {
        return ((ChildInfo.Status.Running) status(supervisor, id)).pid();
    }

    /// The ids of the children, in start order.
    static List<Object> ids(Pid supervisor) {
        List<Object> ids = new ArrayList<>();
        for (ChildInfo child : Supervisor.whichChildren(supervisor).reversed()) ids.add(child.id());
        return ids;
    }
}
