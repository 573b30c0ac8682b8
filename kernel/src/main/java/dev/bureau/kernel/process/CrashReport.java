package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Report;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is told of a process that ends of an error: by the kernel if it died of an exception nobody caught (OTP P-03), by
/// behaviours and tasks for any end that is not orderly (OTP G-26, Y-02).
public final class CrashReport {
    private static final int MOST_NEIGHBOURS = 10;
    private static final int MOST_FRAMES = 20;

    private CrashReport() {}

    /// Of a process that dies of an exception. An `exit(reason)`, whatever the reason, is no crash and says nothing.
    static void log(LocalProcess self, ExitReason.Crash crash) {
        self.node()
                .reports()
                .report(
                        Report.Kind.CRASH,
                        Inspection.initialCall(self.body()),
                        () -> {
                            ProcessInfo info = Inspection.info(self.pid());
                            Draft draft = draft(self, "process", "terminating", info);
                            return about(draft.because(crash), self, info);
                        });
    }

    /// What it is about: the process `self`, which is a `what`, and how it ends.
    public static Draft draft(
            LocalProcess self, String what, String ends, @Nullable ProcessInfo info) {
        StringBuilder who = new StringBuilder(what);
        if (info != null) info.name().ifPresent(name -> who.append(' ').append(name));
        who.append(' ').append(self.pid());
        if (info != null) {
            info.label().ifPresent(label -> who.append(" (").append(Shown.text(label)).append(')'));
        }
        return new Draft(self.pid(), who + " " + ends);
    }

    /// Adds who waits for the answer to the last message, and where its code stands.
    public static Draft client(Draft draft, From<?> from) {
        LocalPid caller = (LocalPid) from.caller();
        LocalProcess process = caller.process();
        StringBuilder text = new StringBuilder().append(caller);
        text.append(process != null && process.isAlive() ? " is alive" : " has ended");
        Inspection.stack(caller).stream()
                .filter(frame -> !isRuntime(frame))
                .limit(MOST_FRAMES)
                .forEach(frame -> text.append("\nat ").append(frame));
        return draft.with("client", caller, text.toString());
    }

    private static boolean isRuntime(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("dev.bureau.scheduler.")
                || type.startsWith("dev.bureau.kernel.");
    }

    /// Adds what is known of the process.
    public static Draft about(Draft draft, LocalProcess self, @Nullable ProcessInfo info) {
        if (info == null) return draft;
        draft.with("initial_call", info.initialCall());
        info.name().ifPresent(name -> draft.with("name", name));
        info.label().ifPresent(label -> draft.with("label", label));
        List<Pid> ancestors = self.ancestors();
        if (ancestors.isEmpty()) info.parent().ifPresent(parent -> draft.with("parent", parent));
        return draft.with("ancestors", ancestors)
                .with("links", info.links())
                .with("monitors", info.monitors())
                .with("message_queue_len", info.messageQueueLength())
                .with("trap_exit", info.trapExits())
                .with("dictionary", info.dictionary())
                .with("neighbours", neighbours(info));
    }

    private static List<String> neighbours(ProcessInfo process) {
        return process.links().stream()
                .limit(MOST_NEIGHBOURS)
                .map(linked -> Inspection.info((LocalPid) linked))
                .filter(Objects::nonNull)
                .map(CrashReport::neighbour)
                .toList();
    }

    private static String neighbour(ProcessInfo info) {
        return info.pid()
                + info.name().map(name -> " " + name).orElse("")
                + info.label().map(label -> " (" + Shown.text(label) + ")").orElse("")
                + " "
                + info.initialCall();
    }
}
