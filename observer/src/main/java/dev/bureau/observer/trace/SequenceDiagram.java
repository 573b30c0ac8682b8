package dev.bureau.observer.trace;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Token;
import dev.bureau.kernel.process.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who speaks to whom while a piece of code runs: the messages of the process that runs it, of those it sends to or spawns while they deal with
/// that, of those these send to, and so on.
///
/// ```java
/// SequenceDiagram diagram = SequenceDiagram.of(() -> {
///     call(adder, new Add(1, 2));
///     call(adder, new Add(3, 4));
/// });
/// IO.println(diagram);                       // Mermaid: GitHub, GitLab and most editors draw it
/// ```
///
/// It has what was sent until the code returned, and no more than 1 000 events; who is to wait for what others do after that says
/// how long, or draws the events of a [Trace]. Participants have their local names, or their labels.
///
/// It follows messages as OTP's `seq_trace` does. What was dropped from a full mailbox is there too, for it was sent.
///
/// @param events what happened, in the order in which it did: messages sent, spawns, ends
public record SequenceDiagram(List<TraceEvent> events) {
    private static final int MOST = 1_000;
    private static final int LONGEST_LABEL = 100;

    public SequenceDiagram {
        events = List.copyOf(events);
    }

    /// Goes with the messages of those who take part.
    private record Follower(Recorder recorder, boolean stays) implements Token {
        @Override
        public Token carried() {
            return stays ? new Follower(recorder, false) : this;
        }

        @Override
        public boolean isOver() {
            return recorder.isOver();
        }

        @Override
        public void sent(LocalProcess by, Destination to, LocalPid receiver, Object message) {
            recorder.sent(by, to, receiver, message);
        }

        @Override
        public void spawned(@Nullable LocalProcess parent, LocalProcess child) {
            recorder.spawned(parent, child);
        }

        @Override
        public void ended(LocalProcess process, ExitReason reason) {
            recorder.ended(process, reason);
        }
    }

    /// Runs `code` in the calling process and draws what is sent meanwhile.
    public static SequenceDiagram of(Runnable code) {
        return of(code, Duration.ZERO);
    }

    /// Runs `code` in the calling process and draws what is sent meanwhile, and in the time `after` that, for which it waits.
    public static SequenceDiagram of(Runnable code, Duration after) {
        Bureau.self(); // a thread that was nobody takes part from now on
        LocalProcess self = Current.process();
        Recorder recorder =
                new Recorder(
                        Trace.sends()
                                .and(Trace.lives())
                                .limit(MOST)
                                .perSecond(1_000_000)
                                .within(Duration.ofHours(1)));
        Follower before = Tracing.token(self, Follower.class);
        Tracing.token(self, Follower.class, new Follower(recorder, true));
        try {
            code.run();
            if (after.isPositive()) Bureau.sleep(after);
        } finally {
            Tracing.token(self, Follower.class, before);
            recorder.end(TraceSummary.End.CLOSED);
        }
        List<TraceEvent> events = new ArrayList<>();
        for (Recorder.Noted next = recorder.next(); next != null; next = recorder.next()) {
            events.add(next.event());
        }
        return new SequenceDiagram(events);
    }

    /// Mermaid text.
    @Override
    public String toString() {
        Drawing drawing = new Drawing();
        events.forEach(drawing::add);
        return drawing.text();
    }

    private static final class Drawing {
        private final Map<Pid, String> titles = new LinkedHashMap<>();
        private final Set<Pid> spawned = new HashSet<>();
        private final StringBuilder lines = new StringBuilder();

        void add(TraceEvent event) {
            switch (event) {
                case TraceEvent.Sent sent -> sent(sent);
                case TraceEvent.Spawned spawn -> spawned(spawn);
                case TraceEvent.Ended ended -> ended(ended);
                case TraceEvent.Received _,
                        TraceEvent.Linked _,
                        TraceEvent.Called _,
                        TraceEvent.Returned _,
                        TraceEvent.Threw _ -> {}
            }
        }

        private void sent(TraceEvent.Sent sent) {
            String from = participant(sent.who());
            String to = participant(sent.receiver());
            line(from + arrow(sent.message()) + to + ": " + label(sent));
        }

        private static String arrow(Object message) {
            return switch (message) {
                case Request _, Shown.Asked _ -> "->>";
                case Reply _ -> "-->>";
                default -> "-)";
            };
        }

        private static String label(TraceEvent.Sent sent) {
            return escaped(EventText.message(sent.message()), LONGEST_LABEL);
        }

        private void spawned(TraceEvent.Spawned spawn) {
            spawn.parent()
                    .ifPresent(parent -> {
                        String from = participant(parent);
                        spawned.add(spawn.who().pid());
                        String to = participant(spawn.who());
                        line("create participant " + to + " as " + title(spawn.who()));
                        line(from + "-)" + to + ": spawn");
                    });
        }

        private void ended(TraceEvent.Ended ended) {
            if (!titles.containsKey(ended.who().pid())) return;
            String what = "ends: " + EventText.of(ended.reason());
            line("Note over " + participant(ended.who()) + ": " + escaped(what, LONGEST_LABEL));
        }

        private String participant(Party party) {
            titles.putIfAbsent(party.pid(), title(party));
            return id(party.pid());
        }

        private String id(Pid pid) {
            int number = 1;
            for (Pid known : titles.keySet()) {
                if (known.equals(pid)) break;
                number++;
            }
            return "p" + number;
        }

        private static String title(Party party) {
            return escaped(party.name().map(EventText::name).orElse(party.pid().toString()), 60);
        }

        private void line(String text) {
            lines.append("    ").append(text).append('\n');
        }

        /// What Mermaid would take for the end of a line, for markup or for an escape, by number.
        private static String escaped(String text, int most) {
            StringBuilder safe = new StringBuilder();
            String shown = text.length() <= most ? text : text.substring(0, most) + "...";
            for (int i = 0; i < shown.length(); i++) {
                char c = shown.charAt(i);
                if (c < ' ') safe.append(' ');
                else if (";#<>".indexOf(c) >= 0) safe.append('#').append((int) c).append(';');
                else safe.append(c);
            }
            return safe.toString();
        }

        String text() {
            StringBuilder all = new StringBuilder("sequenceDiagram\n");
            titles.forEach((pid, title) -> {
                if (!spawned.contains(pid)) {
                    all.append("    participant ").append(id(pid)).append(" as ").append(title);
                    all.append('\n');
                }
            });
            return all.append(lines).toString();
        }
    }
}
