package dev.bureau.observer;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.MailboxUse;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Priority;
import dev.bureau.kernel.ProcessInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is known of one process, in groups, each of which is safe to ask for at any time: nothing here grows with the mailbox,
/// and nothing shows what is in messages, in the state or in the dictionary.
///
/// Follows Erlang's `process_info` in the groups of `recon:info` (meta, signals, location, memory, work).
///
/// @param identity who it is and where it comes from
/// @param location what it is doing, and where
/// @param signals whom it is bound to
/// @param memory what it takes
/// @param work what it has done
public record ProcessDetails(
        Identity identity, Location location, Signals signals, Memory memory, Work work) {

    /// Who it is and where it comes from.
    ///
    /// @param label what it calls itself, as text
    /// @param initialCall what it was started to do: the class of its body, or of a behaviour `its.Class.init`
    /// @param parent who spawned it
    /// @param ancestors from whom a behaviour descends, nearest first
    public record Identity(
            Pid pid,
            Optional<String> name,
            Optional<String> label,
            String initialCall,
            Optional<Pid> parent,
            List<Pid> ancestors,
            Pid groupLeader) {
        /// What to call it in a line: its name, its label or what it was started to do.
        public String who() {
            return name.or(() -> label).orElse(initialCall);
        }
    }

    /// What it is doing, and where.
    ///
    /// @param at the innermost frame of its own code; empty if it holds no stack
    /// @param waitsFor whose answer it waits for, or room in whose mailbox
    public record Location(
            ProcessInfo.Status status,
            Optional<StackTraceElement> at,
            Optional<Destination> waitsFor,
            Priority priority) {}

    /// Whom it is bound to.
    ///
    /// @param suspending whom it has suspended
    public record Signals(
            List<Pid> links,
            List<Destination> monitors,
            List<Pid> monitoredBy,
            boolean trapExits,
            List<Pid> suspending) {}

    /// What it takes.
    ///
    /// @param bytes an estimate of what the runtime holds for it: see [Top.Row#memory]
    /// @param messageQueueLength how many messages it has received and not taken
    /// @param mailbox how its mailbox fares, if that has a limit
    public record Memory(long bytes, int messageQueueLength, Optional<MailboxUse> mailbox) {}

    /// What it has done since it was started.
    ///
    /// @param cpuTime for how long it has been on a carrier
    /// @param slices how often it has been given one
    /// @param messagesReceived how many messages have come into its mailbox; modulo 2^32
    public record Work(Duration cpuTime, long slices, long messagesReceived) {}

    /// The process.
    public Pid pid() {
        return identity.pid;
    }

    static String word(ProcessInfo.Status status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// A line for each thing there is to say.
    @Override
    public String toString() {
        Lines lines = new Lines();
        lines.add("pid", identity.pid);
        identity.name.ifPresent(name -> lines.add("name", name));
        identity.label.ifPresent(label -> lines.add("label", label));
        lines.add("initial call", identity.initialCall);
        identity.parent.ifPresent(parent -> lines.add("parent", parent));
        lines.list("ancestors", identity.ancestors);
        lines.add("group leader", identity.groupLeader);
        lines.add("status", word(location.status));
        location.at.ifPresent(at -> lines.add("at", ProcessStack.text(at)));
        location.waitsFor.ifPresent(whom -> lines.add("waits for", whom));
        lines.add("priority", location.priority.name().toLowerCase(java.util.Locale.ROOT));
        lines.list("links", signals.links);
        lines.list("monitors", signals.monitors);
        lines.list("monitored by", signals.monitoredBy);
        lines.list("suspending", signals.suspending);
        lines.add("trap exits", signals.trapExits);
        lines.add("messages", memory.messageQueueLength);
        memory.mailbox.ifPresent(use -> lines.add("mailbox", use));
        lines.add("memory", Figures.bytes(memory.bytes) + " (estimate)");
        lines.add("cpu time", Figures.time(work.cpuTime));
        lines.add("slices", work.slices);
        lines.add("received", work.messagesReceived);
        return lines.toString();
    }

    /// Names to the left, as wide as the widest of them; long lists are cut short.
    private static final class Lines {
        private static final int WIDTH = 14;
        private static final int MOST = 20;
        private final StringBuilder text = new StringBuilder();

        void add(String name, Object value) {
            if (!text.isEmpty()) text.append('\n');
            text.append(name).append(" ".repeat(WIDTH - name.length()));
            text.append(Figures.oneLine(String.valueOf(value)));
        }

        void list(String name, Collection<?> values) {
            if (values.isEmpty()) return;
            String first =
                    values.stream()
                            .limit(MOST)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
            int more = values.size() - MOST;
            add(name, more > 0 ? first + " and " + more + " more" : first);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
