package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Which processes have ended and not in order, the latest first, and grouped by why and where.
///
/// ```java
/// IO.println(Observer.of(node()).crashes());
/// ```
///
/// Counted is from when the observer of the node was first asked for. The last thousand are kept ([Observer#keepCrashes]), each
/// with the beginning of its texts and stack.
///
/// @param total how many there were
/// @param groups of those that are kept, the largest first
/// @param latest those that are kept, the latest first
public record Crashes(long total, List<Group> groups, List<Crash> latest) {
    private static final int MOST_PRINTED = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    public Crashes {
        groups = List.copyOf(groups);
        latest = List.copyOf(latest);
    }

    /// An end that was not in order: an exception nobody caught, an `exit(reason)`, a kill, an exit signal through a link.
    ///
    /// @param label what it called itself, as text
    /// @param initialCall what it was started to do
    /// @param reason why it ended: of an exception its class and message; 500 characters at most
    /// @param kind the reason without what differs from one to the next: of an exception its class
    /// @param signalled whether a signal has ended it, which was sent to it or came through a link, rather than its own code
    /// @param stack where the exception was thrown, 64 frames at most; empty if it ended otherwise
    /// @param causes the causes of the exception, outermost first, four at most
    public record Crash(
            Instant time,
            Pid pid,
            Optional<String> name,
            Optional<String> label,
            String initialCall,
            String reason,
            String kind,
            boolean signalled,
            List<StackTraceElement> stack,
            List<String> causes) {
        public Crash {
            stack = List.copyOf(stack);
            causes = List.copyOf(causes);
        }

        /// What to call it in a line: its name, its label or what it was started to do.
        public String who() {
            return name.or(() -> label).orElse(initialCall);
        }

        /// The innermost frame of its own code, or else what it was started to do.
        public String place() {
            return ProcessStack.location(stack).map(ProcessStack::text).orElse(initialCall);
        }

        /// All that is known, as a stack trace shows it.
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(TIME.format(time)).append("  ").append(pid).append(' ');
            text.append(Figures.oneLine(who())).append(signalled ? " was ended: " : " ended: ");
            text.append(reason);
            for (StackTraceElement frame : stack) {
                text.append("\n    at ").append(ProcessStack.text(frame));
            }
            for (String cause : causes) text.append("\n  caused by ").append(cause);
            return text.toString();
        }
    }

    /// Those that ended for the same reason at the same place.
    ///
    /// @param kind why
    /// @param place where: the innermost frame of their own code, or what they were started to do
    /// @param signalled whether signals have ended them
    /// @param count how many there are among those that are kept
    /// @param example the latest of them
    public record Group(
            String kind,
            String place,
            boolean signalled,
            int count,
            Instant first,
            Instant last,
            Crash example) {}

    /// The groups, then the latest of all with its stack.
    @Override
    public String toString() {
        if (latest.isEmpty()) return "no process has ended otherwise than in order";
        TextTable table =
                new TextTable()
                        .number("count")
                        .text("last")
                        .text("reason")
                        .text("by")
                        .text("place")
                        .text("latest");
        groups.stream()
                .limit(MOST_PRINTED)
                .forEach(group ->
                        table.row(
                                group.count,
                                TIME.format(group.last),
                                group.kind,
                                group.signalled ? "signal" : "itself",
                                group.place,
                                group.example.pid + " " + group.example.who()));
        int more = groups.size() - MOST_PRINTED;
        return total
                + " in all, of which "
                + latest.size()
                + " are kept\n"
                + table
                + (more > 0 ? "\nand " + more + " groups more" : "")
                + "\n\n"
                + latest.getFirst();
    }
}
