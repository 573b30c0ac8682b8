package dev.bureau.shell.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/// The modes of this process's terminal as `stty` has them, put back when closed. JLine puts back what it knows of, and that is not the
/// speed of the line.
///
/// Where there is no `stty`, or no terminal, nothing is done.
record TerminalModes(String saved) implements AutoCloseable {
    private static final int LIMIT_SECONDS = 5;

    static TerminalModes keep() {
        return new TerminalModes(stty("-g"));
    }

    @Override
    public void close() {
        if (!saved.isEmpty()) stty(saved);
    }

    /// What it says, if all went well.
    private static String stty(String argument) {
        try {
            Process stty =
                    new ProcessBuilder("stty", argument)
                            .redirectInput(Redirect.INHERIT)
                            .redirectError(Redirect.DISCARD)
                            .start();
            String said = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip();
            boolean well = stty.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0;
            return well ? said : "";
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
