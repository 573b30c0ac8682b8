package dev.bureau.shell.attach;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.Control;
import dev.bureau.observer.Observer;
import dev.bureau.observer.SupervisionTree;
import dev.bureau.observer.Top;
import dev.bureau.observer.trace.Trace;
import dev.bureau.observer.trace.TraceOptions;
import dev.bureau.observer.trace.TraceSummary;
import dev.bureau.shell.session.PrintedTrace;
import dev.bureau.shell.session.ProcessNames;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What `bureau top NAME` and its like ask a node for: no Java, so no compiler, and answered as text, JSON or Mermaid.
///
/// Options are text by name; what is missing has a default, what is unknown is left out of account: the command may be
/// younger than the node.
final class Commands {
    private final Node node;
    private final Map<String, String> options;
    private final PrintStream out;

    private Commands(Node node, Map<String, String> options, PrintStream out) {
        this.node = node;
        this.options = options;
        this.out = out;
    }

    /// The command, to be run in a process of the node; it prints its answer.
    static Callable<@Nullable Object> of(
            Node node, String name, Map<String, String> options, PrintStream out) {
        return () -> {
            new Commands(node, options, out).run(name);
            return null;
        };
    }

    private void run(String name) {
        Object answer = answer(name);
        switch (options.getOrDefault("format", "text")) {
            case "json" -> out.println(Json.of(answer));
            case "text" -> out.println(answer);
            case String wanted
                    when wanted.equals("mermaid") && answer instanceof SupervisionTree tree ->
                    out.println(tree.mermaid());
            case String other ->
                    throw new IllegalArgumentException(name + " cannot be shown as " + other);
        }
    }

    private Object answer(String name) {
        Observer observer = Observer.of(node);
        return switch (name) {
            case "top" -> observer.top(number("most", 20), order(), seconds("window", 1));
            case "info" -> observer.info(process());
            case "stack" -> observer.stack(process());
            case "state" -> observer.state(process());
            case "mailbox" -> observer.mailbox(process(), number("most", 10));
            case "tree" -> {
                String of = options.get("of");
                yield of == null ? observer.tree() : observer.tree(of);
            }
            case "tables" -> observer.tables();
            case "registry" -> observer.registry();
            case "schedulers" -> observer.schedulers(seconds("window", 1));
            case "crashes" -> observer.crashes();
            case "alarms" -> observer.activeAlarms();
            case "trace" -> trace();
            case "kill" -> exit("kill");
            case "exit" -> exit(options.getOrDefault("reason", "shutdown"));
            case "suspend" ->
                    Control.of(node).suspend(process())
                            ? "suspended until bureau resume, or the end of the node"
                            : "told to stop; its code has not come to a point where it can";
            case "resume" ->
                    Control.of(node).resume(process()) ? "resumed" : "was not suspended from here";
            default ->
                    throw new IllegalArgumentException(
                            "the node does not know the command "
                                    + name
                                    + ": it is older than this one");
        };
    }

    private TraceSummary trace() {
        String calls = options.get("calls");
        TraceOptions what = calls == null ? Trace.everything() : Trace.calls(calls).withArguments();
        if (options.containsKey("process")) what = what.of(process());
        what = what.limit(number("most", 100)).within(seconds("window", 10));
        return PrintedTrace.run(node, what, out);
    }

    private String exit(String wanted) {
        Pid pid = process();
        Object reason =
                switch (wanted) {
                    case "normal" -> ExitReason.NORMAL;
                    case "shutdown" -> ExitReason.SHUTDOWN;
                    case "kill" -> ExitReason.KILL;
                    default -> wanted;
                };
        var end = Bureau.monitor(pid);
        Control.of(node).exit(pid, reason);
        return Bureau.poll(
                        dev.bureau.kernel.Down.class,
                        down -> down.ref().equals(end),
                        Duration.ofSeconds(1))
                .map(down -> pid + " has exited: " + ExitReason.format(down.reason()))
                .orElse(pid + " was told, and is still there");
    }

    private Pid process() {
        String text = options.get("process");
        if (text == null) throw new IllegalArgumentException("expected a process");
        return ProcessNames.find(node, text);
    }

    private Top.Order order() {
        String text = options.getOrDefault("by", "cpu");
        return Arrays.stream(Top.Order.values())
                .filter(order -> order.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "expected one of "
                                        + Arrays.toString(Top.Order.values())
                                                .toLowerCase(Locale.ROOT)
                                        + ", got: "
                                        + text));
    }

    private int number(String name, int otherwise) {
        String text = options.get(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            if (number > 0) return number;
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "expected " + name + " to be a number from 1 on, got: " + text);
    }

    private Duration seconds(String name, double otherwise) {
        String text = options.get(name);
        try {
            double seconds = text == null ? otherwise : Double.parseDouble(text);
            if (seconds > 0 && seconds <= 600) return Duration.ofNanos((long) (seconds * 1e9));
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "expected " + name + " to be seconds up to 600, got: " + text);
    }
}
