package dev.bureau.otp.task;

import static dev.bureau.kernel.Bureau.demonitorFlush;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.receive;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.gen.Ancestry;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// The process of a task: waits for its assignment, does it, ends.
///
/// So who starts it need not be who wants the work done, and the work goes straight from the one who wants it.
///
/// @param ancestors who started it, and who started that
/// @param owner from whom the assignment comes; its end is the end of waiting
/// @param watches whether the owner is monitored, for it may end without ending this process
record TaskProcess(List<Pid> ancestors, Pid owner, boolean watches) implements Body {
    /// The owner does nothing between asking for a process and giving it work: more than this is a lost connection.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Starts one for `owner`, linked to the calling process.
    static Pid spawnLink(Pid owner, boolean watches) {
        return Bureau.spawnLink(new TaskProcess(ancestorsHere(), owner, watches));
    }

    /// Who a process started here descends from.
    static List<Pid> ancestorsHere() {
        Bureau.self();
        return Ancestry.ofChildOf(Current.process());
    }

    @Override
    public void run() throws Exception {
        Ancestry.put(ancestors);
        Assignment assignment = watches ? receiveWatching() : receive(Assignment.class);
        assignment.perform();
    }

    private Assignment receiveWatching() {
        Ref watch = monitor(owner);
        Predicate<Object> accepts =
                message ->
                        message instanceof Assignment
                                || (message instanceof Down down && down.ref().equals(watch));
        return switch (receive(Object.class, accepts, PATIENCE, ExitReason.TIMEOUT)) {
            case Assignment assignment -> {
                demonitorFlush(watch);
                yield assignment;
            }
            case Down(_, _, var reason) -> throw exit(new ExitReason.ShutdownWith(reason));
            default -> throw exit(ExitReason.TIMEOUT);
        };
    }
}
