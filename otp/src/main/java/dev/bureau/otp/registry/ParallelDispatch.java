package dev.bureau.otp.registry;

import static dev.bureau.kernel.Bureau.demonitorFlush;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.spawnMonitor;
import static dev.bureau.kernel.Bureau.unlink;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Calls a function with each of several groups, in a process for each (OTP R-07).
public final class ParallelDispatch {
    private ParallelDispatch() {}

    /// Returns when all calls are through; exits with the reason of the first that has failed.
    public static <E> void run(List<List<E>> groups, Consumer<? super List<E>> action) {
        Pid caller = self();
        List<Spawned> workers = new ArrayList<>();
        for (List<E> group : groups) {
            workers.add(
                    spawnMonitor(
                            SpawnOptions.options().link(),
                            () -> {
                                action.accept(group);
                                // Else a caller that traps exits would be told of its end.
                                unlink(caller);
                            }));
        }
        try {
            for (Spawned worker : workers) {
                ExitReason reason = receive(worker.monitor(), Down.class).reason();
                if (!reason.equals(ExitReason.NORMAL)) {
                    exit(reason);
                }
            }
        } finally {
            workers.forEach(worker -> demonitorFlush(worker.monitor()));
        }
    }
}
