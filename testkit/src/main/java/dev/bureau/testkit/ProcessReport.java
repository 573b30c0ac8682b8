package dev.bureau.testkit;

import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import java.util.List;
import java.util.stream.Collectors;

/// The processes of a node as text: what each does, what it has not read, whom it knows and where its code stands.
final class ProcessReport {
    private static final int MOST_PROCESSES = 30;
    private static final int MOST_MESSAGES = 5;
    private static final int MOST_FRAMES = 12;

    private ProcessReport() {}

    static String of(LocalNode node) {
        List<LocalProcess> all = node.processes();
        StringBuilder text = new StringBuilder();
        text.append(all.size()).append(all.size() == 1 ? " process" : " processes");
        for (LocalProcess process : all.subList(0, Math.min(all.size(), MOST_PROCESSES))) {
            text.append('\n');
            describe(text, process);
        }
        if (all.size() > MOST_PROCESSES) {
            text.append("\n... and ").append(all.size() - MOST_PROCESSES).append(" more");
        }
        return text.toString();
    }

    static String of(LocalProcess process) {
        StringBuilder text = new StringBuilder();
        describe(text, process);
        return text.toString().strip();
    }

    private static void describe(StringBuilder text, LocalProcess process) {
        LocalPid pid = process.pid();
        ProcessInfo info = Inspection.info(pid);
        text.append("  ").append(pid);
        if (info == null) {
            text.append(" exiting");
        } else {
            info.name().ifPresent(name -> text.append(" '").append(name).append('\''));
            info.label().ifPresent(label -> text.append(" (").append(label).append(')'));
            text.append(' ').append(info.status().toString().toLowerCase(java.util.Locale.ROOT));
            messages(text, pid, info.messageQueueLength());
            list(text, ", links ", info.links());
            list(text, ", monitors ", info.monitors());
            list(text, ", monitored by ", info.monitoredBy());
            text.append(info.trapExits() ? ", traps exits" : "");
        }
        stack(text, process);
    }

    private static void messages(StringBuilder text, LocalPid pid, int count) {
        if (count == 0) {
            text.append(", no messages");
            return;
        }
        text.append(", ").append(count).append(count == 1 ? " message " : " messages ");
        text.append(Inspection.messages(pid, MOST_MESSAGES));
        text.append(count > MOST_MESSAGES ? " ..." : "");
    }

    private static void list(StringBuilder text, String title, List<?> all) {
        if (!all.isEmpty()) {
            text.append(title)
                    .append(all.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    private static void stack(StringBuilder text, LocalProcess process) {
        Thread thread = process.thread();
        if (thread == null) {
            return;
        }
        int shown = 0;
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (isPlumbing(frame)) {
                continue;
            }
            text.append("\n      at ").append(frame);
            if (++shown == MOST_FRAMES) {
                return;
            }
        }
    }

    private static boolean isPlumbing(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.lang.VirtualThread")
                || type.startsWith("java.lang.reflect.")
                || type.startsWith("jdk.internal.")
                || type.startsWith("dev.bureau.kernel.process.")
                || type.startsWith("dev.bureau.scheduler.")
                || type.startsWith("dev.bureau.testkit.Trial")
                || type.startsWith("dev.bureau.testkit.Scenario");
    }
}
