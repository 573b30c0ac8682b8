package dev.bureau.shell;

/// Stands in the code of a line where that calls `System.exit`: the virtual machine is the node's, and others work in it.
///
/// Called by the code of the prompt alone, instead of what was written there; not for programs.
public final class SnippetExit {
    private SnippetExit() {}

    /// In place of `System.exit`.
    ///
    /// @throws IllegalStateException always
    public static void refuse(int status) {
        throw new IllegalStateException(
                "System.exit(%d) would end the node and all that runs in it: exit or ^D leaves the shell, node().stop() stops the node"
                        .formatted(status));
    }

    /// In place of `Runtime.exit` and `Runtime.halt`.
    ///
    /// @throws IllegalStateException always
    public static void refuse(Runtime runtime, int status) {
        refuse(status);
    }
}
