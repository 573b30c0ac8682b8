package dev.bureau.shell.attach;

import dev.bureau.shell.AttachException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The nodes of this user that can be attached to.
///
/// @param nodes by name
public record NodeList(List<Node> nodes) {
    /// One of them.
    ///
    /// @param pid of the operating system
    /// @param uptime since it can be attached to
    /// @param program what runs there; says so if the node does not answer
    public record Node(String name, long pid, Duration uptime, String program) {}

    /// Asks all that listen.
    public static NodeList find() {
        var nodes = new ArrayList<Node>();
        for (SocketFolder.Entry entry : SocketFolder.entries()) nodes.add(ask(entry));
        return new NodeList(List.copyOf(nodes));
    }

    private static Node ask(SocketFolder.Entry entry) {
        try (NodeConnection node = NodeConnection.to(entry)) {
            long started = node.welcome().started();
            var uptime = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - started));
            return new Node(entry.name(), entry.pid(), uptime, node.welcome().program());
        } catch (AttachException | IOException failure) {
            return new Node(
                    entry.name(), entry.pid(), Duration.ZERO, "(" + failure.getMessage() + ")");
        }
    }

    /// A table for people.
    @Override
    public String toString() {
        if (nodes.isEmpty()) return "no nodes; start one with: bureau run --name NAME FILE.java";
        int width = nodes.stream().mapToInt(node -> node.name().length()).max().orElse(0);
        var text = new StringBuilder();
        String row = "%-" + Math.max(width, 4) + "s  %8s  %9s  %s%n";
        text.append(row.formatted("name", "pid", "uptime", "program"));
        for (Node node : nodes) {
            text.append(
                    row.formatted(node.name(), node.pid(), text(node.uptime()), node.program()));
        }
        return text.toString().stripTrailing();
    }

    private static String text(Duration time) {
        if (time.toDays() > 0) return time.toDays() + " d " + time.toHoursPart() + " h";
        if (time.toHours() > 0) return time.toHours() + " h " + time.toMinutesPart() + " m";
        if (time.toMinutes() > 0) return time.toMinutes() + " m " + time.toSecondsPart() + " s";
        return time.toSeconds() + " s";
    }
}
