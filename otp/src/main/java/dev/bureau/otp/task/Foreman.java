package dev.bureau.otp.task;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.Start;
import dev.bureau.otp.Task.Outcome;
import dev.bureau.otp.gen.Ancestry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process between the consumer of a stream and its tasks: has them started, watches them and their time, and keeps
/// their results until they are asked for.
///
/// So the consumer's mailbox holds nothing of the stream but the answer it is waiting for, and a trapping consumer hears
/// of no links. The chain of links is consumer, foreman, task: the foreman traps exits if the consumer does, and else
/// passes a failure on by dying of it (OTP T-17).
///
/// @param ancestors who started it, and who started that
/// @param consumer whom it works for; it ends when that does
/// @param starter where the tasks come from
/// @param traps whether the consumer traps exits
/// @param limit how long each task may take; null for no limit
record Foreman(
        List<Pid> ancestors,
        Pid consumer,
        TaskStarter starter,
        boolean traps,
        @Nullable Duration limit)
        implements Body {
    /// Asks for one more task, which gets its work from the consumer.
    record Hire(From<Hired> from, long position) {}

    /// What came of it.
    ///
    /// @param answerTo where the task's result is to go; null if there is no task
    record Hired(Start start, @Nullable Ref answerTo) {}

    /// Asks for all that has ended, one at least.
    record Collect(From<List<Ended>> from) {}

    /// One that has ended.
    ///
    /// @param position which item it had
    /// @param late whether it was killed because its time was over
    record Ended(long position, Outcome<@Nullable Object> outcome, boolean late) {}

    /// Asks it to kill all and end.
    record Stop(From<Boolean> from) {}

    /// The time of a task is over.
    record Overdue(Ref task) {}

    @Override
    public void run() {
        Ancestry.put(ancestors);
        new Crew(this).work();
    }
}
