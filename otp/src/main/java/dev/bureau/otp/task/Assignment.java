package dev.bureau.otp.task;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.isolation.Isolation;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.otp.gen.Reports;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a task is to do, for whom, and where the result goes.
///
/// Immutable by contract: `work` is isolated before it is put in here, so that a refusal tells the path from what the
/// caller wrote.
///
/// @param callers on whose behalf, nearest first
/// @param work a [Callable] or a [Body]
/// @param answerTo the alias through which who waits for the result is reached; null if nobody waits
public record Assignment(List<Pid> callers, Object work, @Nullable Ref answerTo)
        implements Immutable {
    /// Gives the process of a task its work.
    ///
    /// @throws dev.bureau.kernel.NotShareableException if the work captures what cannot be shared; the process goes on
    ///     waiting then
    public static void give(Pid task, List<Pid> callers, Object work, @Nullable Ref answerTo) {
        Object isolated =
                Objects.requireNonNull(Isolation.pass(work, (LocalPid) task), "the work is null");
        Bureau.send(task, new Assignment(callers, isolated, answerTo));
    }

    /// In the task: does it, and sends the result.
    void perform() throws Exception {
        Callers.put(callers);
        try {
            Object result = result();
            if (answerTo != null) {
                Calling.reply(Current.process(), new From<>(answerTo.maker(), answerTo), result);
            }
        } catch (ExitException exit) {
            Reports.task(work, callers, exit.reason());
            throw exit;
        } catch (Exception | Error failed) {
            ExitReason reason = new ExitReason.Crash(failed);
            Reports.task(work, callers, reason);
            throw new ExitException(reason);
        }
    }

    private @Nullable Object result() throws Exception {
        return switch (work) {
            case Callable<?> callable -> callable.call();
            case Body body -> {
                body.run();
                yield null;
            }
            default -> throw new IllegalStateException("expected work, got: " + work);
        };
    }
}
