package dev.bureau.kernel;

/// What a process does. The process ends with it: normally when it returns, with a crash when it throws.
@FunctionalInterface
public interface Body {
    /// Runs in the process.
    ///
    /// @throws Exception whatever is not caught ends the process with [ExitReason.Crash]
    void run() throws Exception;
}
