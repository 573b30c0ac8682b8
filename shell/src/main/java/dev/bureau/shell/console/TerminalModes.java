package dev.bureau.shell.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.Termios;
import org.jline.nativ.JLineNativeLoader;
import org.jspecify.annotations.Nullable;

/// The modes of this process's terminal, put back when closed. JLine puts back what it knows of, and that is not the speed of the line.
///
/// Where JLine's native library cannot be loaded, or there is no terminal, nothing is done.
final class TerminalModes implements AutoCloseable {
    private static final int STDIN = 0;
    private static final int LIMIT_SECONDS = 5;

    private final @Nullable Termios saved;

    private TerminalModes(@Nullable Termios saved) {
        this.saved = saved;
    }

    static TerminalModes keep() {
        try {
            if (JLineNativeLoader.initialize() && CLibrary.isatty(STDIN) == 1) {
                var now = new Termios();
                if (CLibrary.tcgetattr(STDIN, now) == 0) return new TerminalModes(now);
            }
        } catch (Exception | LinkageError _) {
            // there is none for this system, or no place to put it
        }
        return new TerminalModes(null);
    }

    @Override
    public void close() {
        if (saved == null) return;
        int _ = CLibrary.tcsetattr(STDIN, CLibrary.TCSANOW, saved);
        if (System.getProperty("os.name").equals("Linux")) putBackDiscipline();
    }

    /// The number of the line discipline is not among what the native library reads, and it writes what happens to lie there. Nothing
    /// acts on it, but `stty -a` shows it.
    private static void putBackDiscipline() {
        try {
            new ProcessBuilder("stty", "line", "0")
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException _) {
            // there is no stty
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
