package dev.bureau.shell.console;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/// The terminal of this process, opened by native calls alone where that works: each process of the system that JLine would ask
/// instead (`stty`, `test`, `infocmp`) costs more time than all the rest, above all beside processes that compute.
final class SystemTerminal {
    private SystemTerminal() {}

    static Terminal open() throws IOException {
        knowCapabilities(System.getenv("TERM"));
        try {
            return builder().exec(false).dumb(false).build();
        } catch (IllegalStateException | IOException notByNativeCalls) {
            return builder().build();
        }
    }

    private static TerminalBuilder builder() {
        return TerminalBuilder.builder()
                .name("bureau")
                .system(true)
                .nativeSignals(true)
                .graphemeCluster(false);
    }

    /// JLine knows those of the usual types, and asks `infocmp` all the same.
    private static void knowCapabilities(@Nullable String type) {
        String known = type == null ? null : InfoCmp.getDefaultInfoCmp(type);
        if (known != null) InfoCmp.setLoadedInfoCmp(type, known);
    }
}
