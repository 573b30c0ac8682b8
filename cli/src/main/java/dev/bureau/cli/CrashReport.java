package dev.bureau.cli;

import dev.bureau.kernel.ExitReason;
import dev.bureau.otp.ApplicationError;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is printed when a program fails: the reason, and stack traces that end with the program's own
/// frames, without those of the node, of reflection and of the launcher below them.
final class CrashReport {
    private final Set<String> ofProgram;
    private final Set<Throwable> trimmed = Collections.newSetFromMap(new IdentityHashMap<>());

    /// @param ofProgram the names of the program's classes
    CrashReport(Set<String> ofProgram) {
        this.ofProgram = ofProgram;
    }

    String of(String what, ExitReason reason) {
        trim(reason);
        return "** " + what + ": " + ExitReason.format(reason);
    }

    private void trim(ExitReason reason) {
        switch (reason) {
            case ExitReason.Crash(var error) -> trim(error);
            case ExitReason.CallFailed(var nested, _, _, _, _) -> trim(nested);
            case ExitReason.Custom(ApplicationError.Ended(_, _, var nested)) -> trim(nested);
            case ExitReason.Custom(ApplicationError.StartFailed(_, var nested)) -> trim(nested);
            case ExitReason.Custom(ApplicationError.PhaseFailed(_, _, var nested)) -> trim(nested);
            default -> {} // carries no stack trace
        }
    }

    private void trim(@Nullable Throwable failure) {
        if (failure == null || !trimmed.add(failure)) return;
        var frames = failure.getStackTrace();
        failure.setStackTrace(Arrays.copyOf(frames, upToProgram(frames)));
        trim(failure.getCause());
        for (var suppressed : failure.getSuppressed()) trim(suppressed);
    }

    /// How many frames there are down to the last one of the program: none if the launcher failed
    /// to reach it, all if the failure comes from elsewhere.
    private int upToProgram(StackTraceElement[] frames) {
        for (int last = frames.length - 1; last >= 0; last--) {
            if (ofProgram.contains(frames[last].getClassName())) return last + 1;
        }
        return Arrays.stream(frames).anyMatch(CrashReport::ofLauncher) ? 0 : frames.length;
    }

    private static boolean ofLauncher(StackTraceElement frame) {
        return frame.getClassName().startsWith(EntryPoint.class.getPackageName() + ".");
    }
}
