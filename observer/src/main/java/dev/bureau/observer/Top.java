package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The processes that did most in a window of time.
///
/// ```java
/// IO.println(Observer.of(node()).top(10));
/// ```
///
/// @param time when the window ended
/// @param window how long it was
/// @param processes how many processes there were at its end
/// @param schedulers how many of them can run at the same time
/// @param cpu how much of a core all processes used that are alive: 2.0 is two cores
/// @param messagesPerSecond how many messages all of them received
/// @param order by what they are sorted
/// @param rows those that did most, the first of all first
public record Top(
        Instant time,
        Duration window,
        int processes,
        int schedulers,
        double cpu,
        double messagesPerSecond,
        Order order,
        List<Row> rows) {
    public Top {
        rows = List.copyOf(rows);
    }

    /// By what processes are sorted, the most first.
    public enum Order {
        /// What share of a core a process used in the window.
        CPU,
        /// How many messages lie in its mailbox.
        MAILBOX,
        /// How many messages it received in the window.
        MESSAGES,
        /// What the runtime holds for it.
        MEMORY,
        /// How often it was given a carrier in the window. What reductions are for on the BEAM; but a process that computes
        /// alone on a core is given it once.
        SLICES
    }

    /// One process.
    ///
    /// @param name its local name
    /// @param label what it calls itself, as text
    /// @param initialCall what it was started to do
    /// @param status what it was doing when it was looked at, after the window
    /// @param at the innermost frame of its own code then; empty if it holds no stack
    /// @param cpu its share of a core in the window: 1.0 is all of one. What is timed while it runs slice after slice, and
    ///     otherwise sampled each millisecond: so exact for who burns, and true on average for who does little
    /// @param cpuTime for how long it has been on a carrier since it was started
    /// @param messageQueueLength how many messages lie in its mailbox
    /// @param messagesPerSecond how many came into it in the window
    /// @param slicesPerSecond how often it was given a carrier in the window
    /// @param memory an estimate of the bytes that the runtime holds for it: the process itself, its stack if it has one, and a
    ///     place in the mailbox for each message. What its state and its messages consist of is not in it: on this machine
    ///     all processes share one heap, and what belongs to whom is not known without walking it
    public record Row(
            Pid pid,
            Optional<String> name,
            Optional<String> label,
            String initialCall,
            ProcessInfo.Status status,
            Optional<StackTraceElement> at,
            double cpu,
            Duration cpuTime,
            int messageQueueLength,
            double messagesPerSecond,
            double slicesPerSecond,
            long memory) {
        /// What to call it in a line: its name, its label or what it was started to do.
        public String who() {
            return name.or(() -> label).orElse(initialCall);
        }
    }

    /// A line on all, then a table with a line for each process.
    @Override
    public String toString() {
        String head =
                String.format(
                        java.util.Locale.ROOT,
                        "%d processes, cpu %s of %d cores, %s messages/s, in %s by %s",
                        processes,
                        Figures.percent(cpu),
                        schedulers,
                        Figures.rate(messagesPerSecond),
                        Figures.time(window),
                        order.name().toLowerCase(java.util.Locale.ROOT));
        TextTable table =
                new TextTable()
                        .text("pid")
                        .text("process")
                        .number("cpu")
                        .number("time")
                        .number("mailbox")
                        .number("msg/s")
                        .number("slices/s")
                        .number("memory")
                        .text("status")
                        .text("at");
        for (Row row : rows) {
            table.row(
                    row.pid,
                    row.who(),
                    Figures.percent(row.cpu),
                    Figures.time(row.cpuTime),
                    row.messageQueueLength,
                    Figures.rate(row.messagesPerSecond),
                    Figures.rate(row.slicesPerSecond),
                    Figures.bytes(row.memory),
                    ProcessDetails.word(row.status),
                    row.at.map(ProcessStack::text).orElse("-"));
        }
        return head + "\n" + table;
    }
}
