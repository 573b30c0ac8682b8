package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import java.util.List;
import java.util.Optional;

/// Where the code of a process stands.
///
/// ```java
/// Pid pid = self();
/// IO.println(Observer.of(node()).stack(pid));
/// ```
///
/// Taken while the process runs on: of one that computes it is where it was at some moment of the call. A behaviour that waits
/// for its next message has no stack and no thread at all; that is no lack, it is how it waits.
///
/// @param pid whose it is
/// @param who its name, its label or what it was started to do
/// @param status what it was doing
/// @param frames the innermost first, a thousand at most; empty if it holds no stack
public record ProcessStack(
        Pid pid, String who, ProcessInfo.Status status, List<StackTraceElement> frames) {
    static final int MOST = 1_000;

    public ProcessStack {
        frames = List.copyOf(frames);
    }

    /// The innermost frame that is neither Java's nor Bureau's own: where its own code stands.
    public Optional<StackTraceElement> location() {
        return location(frames);
    }

    static Optional<StackTraceElement> location(List<StackTraceElement> frames) {
        return frames.stream().filter(frame -> !isRuntime(frame)).findFirst();
    }

    private static boolean isRuntime(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("dev.bureau.scheduler.")
                || type.startsWith("dev.bureau.kernel.")
                || type.startsWith("dev.bureau.otp.")
                || type.equals(Aside.class.getName());
    }

    /// A frame as text, without the module and the version that the JVM's own puts before it.
    static String text(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber())
                .toString();
    }

    /// As a thread dump shows it.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(pid).append(' ').append(Figures.oneLine(who)).append(", ");
        text.append(ProcessDetails.word(status));
        if (frames.isEmpty()) text.append(" without a stack");
        for (StackTraceElement frame : frames) text.append("\n    at ").append(text(frame));
        return text.toString();
    }
}
