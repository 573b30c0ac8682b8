package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.processes;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.spawnMonitor;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Spawning;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of a body as a process of a node, and what came of it.
///
/*
 * Two processes: the observer, which starts the body's process, waits for its end and then kills what it has left behind;
 * and the body's. Both are told of this object though it is mutable: what they write here is read after `ended`.
 */
final class Trial {
    private static final Map<LocalNode, Trial> RUNNING = new ConcurrentHashMap<>();

    private final Body body;
    private final Consumer<Object> observations;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable ExitReason reason;

    Trial(Body body, Consumer<Object> observations) {
        this.body = body;
        this.observations = observations;
    }

    /// The trial that the calling process is part of.
    static @Nullable Trial current() {
        LocalProcess self = Current.processOrNull();
        return self == null ? null : RUNNING.get(self.node());
    }

    /// Starts it.
    void startOn(LocalNode node) {
        RUNNING.put(node, this);
        Spawning.spawn(node, null, new Observer(this), SpawnOptions.options(), false, null);
    }

    /// The node is no longer of use.
    static void endOn(LocalNode node) {
        RUNNING.remove(node);
    }

    /// Kills all that lives on the node, save for the killer; to be repeated while processes start others.
    static void cleanUp(LocalNode node) {
        Spawning.spawn(node, null, Trial::killOthers, SpawnOptions.options(), false, null);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    boolean await(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    void observe(Object outcome) {
        observations.accept(outcome);
    }

    /// Why it failed; null if it passed.
    @Nullable Throwable failure() {
        Throwable own = thrown;
        if (own != null) {
            return own;
        }
        return switch (reason) {
            case null -> new AssertionError("the process that watches over the scenario was ended");
            case ExitReason.Normal _ -> null;
            case ExitReason.Crash(var error) -> error;
            case ExitReason other ->
                    new AssertionError(
                            "the scenario's process ended with " + ExitReason.format(other));
        };
    }

    private void observe() {
        Spawned main = spawnMonitor(new Main(this));
        reason = receive(main.monitor(), Down.class).reason();
        killOthers();
    }

    private static void killOthers() {
        Pid self = self();
        for (Pid pid : processes()) {
            if (!pid.equals(self)) {
                exit(pid, ExitReason.KILL);
            }
        }
    }

    private void run() throws Exception {
        try {
            body.run();
            TestSupervisor.stop();
        } catch (ExitException exit) {
            throw exit;
        } catch (Exception | Error failed) {
            thrown = failed;
            throw failed;
        }
    }

    private record Observer(Trial trial) implements Body, Immutable {
        @Override
        public void run() {
            try {
                trial.observe();
            } finally {
                trial.ended.countDown();
            }
        }
    }

    private record Main(Trial trial) implements Body, Immutable {
        @Override
        public void run() throws Exception {
            trial.run();
        }
    }
}
