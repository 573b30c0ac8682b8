package dev.bureau.cli;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import java.util.List;

/// What the process of `main` does.
///
/// @param main the program's
/// @param args its arguments
record MainProcess(EntryPoint main, List<String> args) implements Body {
    /// Calls `main`. A failure leaves as an exit with that reason: the same for those who are told,
    /// but not logged, since it is about to be reported as the end of the program.
    @Override
    public void run() throws Exception {
        // where libraries look for what --class-path holds
        Thread.currentThread().setContextClassLoader(main.type().getClassLoader());
        try {
            main.call(args);
        } catch (ExitException exit) {
            throw exit;
        } catch (Exception | Error failure) {
            throw new ExitException(new ExitReason.Crash(failure));
        }
    }
}
