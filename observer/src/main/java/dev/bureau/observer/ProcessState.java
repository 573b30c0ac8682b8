package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.Sys;

/// What a behaviour shows of its state, by `formatStatus`.
///
/// @param pid whose it is
/// @param behaviour whose callbacks it runs
/// @param mode whether it handles messages
/// @param state a copy, or itself if it is immutable
/// @param text the beginning of that as text, 8000 characters at most
public record ProcessState(Pid pid, String behaviour, Sys.Mode mode, Object state, String text) {
    static final int LONGEST = 8_000;

    /// The behaviour, then the text of the state.
    @Override
    public String toString() {
        return pid
                + " "
                + behaviour
                + (mode == Sys.Mode.SUSPENDED ? " (suspended)" : "")
                + "\n"
                + text;
    }
}
