package dev.bureau.shell.session;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.shell.session.Session.Detail;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One line's code on its way to the [Evaluator] and what came of it on the way back.
///
/// It is shared by the two, in turns: written by the evaluator until it sends [Finished], read by the session after that.
/// A value never leaves the evaluator but for `v()`: what goes to the screen is made into text there, since `toString` is
/// somebody's code and may loop, too.
final class Evaluation implements Immutable {
    /// Told to the session when the code has come to its end.
    record Finished(Evaluation of) {}

    private final Pid session;
    private final Callable<@Nullable Object> code;
    private final Detail detail;
    private @Nullable Object value;
    private String shown = "";
    private @Nullable Throwable failure;

    /// @param detail what is to be told of the value
    Evaluation(Pid session, Callable<@Nullable Object> code, Detail detail) {
        this.session = session;
        this.code = code;
        this.detail = detail;
    }

    Pid session() {
        return session;
    }

    /// In the evaluator. Whatever is neither an exception nor an error is how the kernel takes a process down.
    void run() {
        try {
            value = code.call();
            shown =
                    switch (detail) {
                        case NAMED -> ValueText.of(value);
                        case VALUE -> ValueText.plain(value);
                        case NONE -> "";
                    };
        } catch (Exception | Error thrown) {
            failure = thrown;
        }
    }

    @Nullable Object value() {
        return value;
    }

    String shown() {
        return shown;
    }

    @Nullable Throwable failure() {
        return failure;
    }
}
