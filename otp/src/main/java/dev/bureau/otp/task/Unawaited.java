package dev.bureau.otp.task;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.gen.Ancestry;
import java.util.List;

/// The process of a task that knows its work from the beginning and owes nobody a result.
public record Unawaited(List<Pid> ancestors, List<Pid> callers, Body work) implements Body {
    /// Starts one.
    public static Pid spawn(List<Pid> callers, Body work) {
        return Bureau.spawn(new Unawaited(TaskProcess.ancestorsHere(), callers, work));
    }

    /// Starts one that is linked to the calling process.
    public static Pid spawnLink(List<Pid> callers, Body work) {
        return Bureau.spawnLink(new Unawaited(TaskProcess.ancestorsHere(), callers, work));
    }

    @Override
    public void run() throws Exception {
        Ancestry.put(ancestors);
        new Assignment(callers, work, null).perform();
    }
}
