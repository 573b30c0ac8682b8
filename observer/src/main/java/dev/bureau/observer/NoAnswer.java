package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import java.io.Serial;
import java.time.Duration;

/// Thrown when a process that has to be asked does not answer in time: it computes, or blocks, in a handler.
public final class NoAnswer extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1;

    NoAnswer(Pid pid, Duration limit, ProcessStack stack) {
        super(
                "expected an answer of "
                        + pid
                        + " within "
                        + Figures.time(limit)
                        + ", got none: it is "
                        + ProcessDetails.word(stack.status())
                        + stack.location().map(at -> " at " + at).orElse(""));
    }
}
