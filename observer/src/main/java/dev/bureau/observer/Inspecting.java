package dev.bureau.observer;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Shown;
import java.util.List;
import java.util.Optional;

/// Looks at one process.
final class Inspecting {
    private Inspecting() {}

    /// The process of that pid.
    ///
    /// @throws NoSuchProcess if it has ended, or is none of that node
    static LocalProcess process(Node node, Pid pid) {
        if (!pid.node().equals(node.id())) throw NoSuchProcess.ofAnother(node, pid);
        LocalProcess process = ((LocalPid) pid).process();
        if (process == null) throw NoSuchProcess.ended(pid);
        return process;
    }

    private static ProcessInfo info(LocalProcess process) {
        ProcessInfo info = Inspection.info(process.pid());
        if (info == null) throw NoSuchProcess.ended(process.pid());
        return info;
    }

    static ProcessDetails details(LocalProcess process) {
        ProcessInfo info = info(process);
        return new ProcessDetails(
                new ProcessDetails.Identity(
                        info.pid(),
                        info.name(),
                        label(info),
                        info.initialCall(),
                        info.parent(),
                        List.copyOf(process.ancestors()),
                        info.groupLeader()),
                new ProcessDetails.Location(
                        info.status(),
                        stack(process, info).location(),
                        Optional.<Destination>ofNullable(Inspection.waitsFor(process)),
                        info.priority()),
                new ProcessDetails.Signals(
                        info.links(),
                        info.monitors(),
                        info.monitoredBy(),
                        info.trapExits(),
                        info.suspending()),
                new ProcessDetails.Memory(
                        Inspection.memory(process), info.messageQueueLength(), info.mailbox()),
                new ProcessDetails.Work(
                        info.cpuTime(), info.slices(), Inspection.received(process)));
    }

    /// The same; empty if it has ended meanwhile.
    static Optional<ProcessDetails> row(LocalProcess process) {
        try {
            return Optional.of(details(process));
        } catch (NoSuchProcess ended) {
            return Optional.empty();
        }
    }

    static ProcessStack stack(LocalProcess process) {
        return stack(process, info(process));
    }

    private static ProcessStack stack(LocalProcess process, ProcessInfo info) {
        return new ProcessStack(info.pid(), who(info), info.status(), frames(process));
    }

    private static List<StackTraceElement> frames(LocalProcess process) {
        List<StackTraceElement> all = Inspection.stack(process.pid());
        return all.subList(0, Math.min(all.size(), ProcessStack.MOST));
    }

    private static Optional<String> label(ProcessInfo info) {
        return info.label().map(Shown::text);
    }

    private static String who(ProcessInfo info) {
        return info.name().or(() -> label(info)).orElse(info.initialCall());
    }
}
