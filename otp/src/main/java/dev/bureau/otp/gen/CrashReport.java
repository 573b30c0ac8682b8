package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is told of a behaviour that could not start or has failed: for people by its text, for machines as the parameter
/// of the log record (OTP G-26, Y-02).
///
/// @param what what has happened to whom
/// @param lastMessage what it handled when it failed; null if that was nothing that came from outside
/// @param state what its `formatStatus` shows of its state; null if it had none yet
/// @param client who waits for the answer to the last message
/// @param process what was known of it
/// @param neighbours those it was linked to
public record CrashReport(
        String what,
        ExitReason reason,
        @Nullable Object lastMessage,
        @Nullable Object state,
        Optional<Client> client,
        List<Pid> ancestors,
        Optional<ProcessInfo> process,
        List<ProcessInfo> neighbours) {
    private static final int MOST_NEIGHBOURS = 10;
    private static final int MOST_FRAMES = 20;

    /// Who waits for an answer.
    ///
    /// @param stack where its code stands; empty if it has ended
    public record Client(Pid pid, boolean isAlive, List<StackTraceElement> stack) {
        static Client of(Pid pid) {
            return new Client(pid, Bureau.isAlive(pid), Bureau.stack(pid));
        }
    }

    /// Of the calling process, as it is now.
    static CrashReport ofSelf(
            String what, ExitReason reason, @Nullable Object lastMessage, @Nullable Object state) {
        Optional<ProcessInfo> own = Bureau.info(Bureau.self());
        return new CrashReport(
                what,
                reason,
                lastMessage,
                state,
                lastMessage instanceof Request request
                        ? Optional.of(Client.of(request.from().caller()))
                        : Optional.empty(),
                Ancestry.own(),
                own,
                own.map(CrashReport::neighbours).orElse(List.of()));
    }

    private static List<ProcessInfo> neighbours(ProcessInfo process) {
        return process.links().stream()
                .limit(MOST_NEIGHBOURS)
                .flatMap(linked -> Bureau.info(linked).stream())
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        line(text, "reason", ExitReason.format(reason).replace("\n", "\n    "));
        line(text, "last message", lastMessage == null ? "none" : Snapshot.text(lastMessage));
        if (state != null) line(text, "state", Snapshot.text(state));
        client.ifPresent(who -> client(text, who));
        line(text, "ancestors", names(ancestors));
        process.ifPresent(info -> process(text, info));
        for (ProcessInfo neighbour : neighbours) {
            line(text, "neighbour", name(neighbour) + " " + neighbour.initialCall());
        }
        return text.toString();
    }

    private static void client(StringBuilder text, Client client) {
        line(text, "client", client.pid() + (client.isAlive() ? " is alive" : " has ended"));
        client.stack().stream()
                .filter(frame -> !isRuntime(frame))
                .limit(MOST_FRAMES)
                .forEach(frame -> text.append("\n    at ").append(frame));
    }

    private static boolean isRuntime(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("dev.bureau.scheduler.")
                || type.startsWith("dev.bureau.kernel.");
    }

    private static void process(StringBuilder text, ProcessInfo info) {
        line(text, "links", names(info.links()));
        line(text, "monitors", names(info.monitors()));
        line(text, "messages not handled", String.valueOf(info.messageQueueLength()));
        line(text, "traps exits", info.trapExits() ? "yes" : "no");
        Map<String, String> dictionary = info.dictionary();
        if (!dictionary.isEmpty()) line(text, "dictionary", Snapshot.text(dictionary));
    }

    private static String name(ProcessInfo info) {
        return info.pid()
                + info.name().map(name -> " " + name).orElse("")
                + info.label().map(label -> " (" + Snapshot.text(label) + ")").orElse("");
    }

    private static String names(List<? extends Destination> all) {
        return all.isEmpty()
                ? "none"
                : all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append("\n  ").append(title).append(": ").append(value);
    }
}
