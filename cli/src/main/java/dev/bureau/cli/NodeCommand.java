package dev.bureau.cli;

import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.console.Console;
import dev.bureau.shell.console.TopScreen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The commands that ask a running node for something: `bureau top NAME` and its like. They are one mechanism and differ in
/// their words only, so they are declared by a table: what each tells, what follows the node's name (in brackets what may be
/// left out), and the options that have a value.
@SuppressWarnings("ImmutableEnumChecker") // the lists are
enum NodeCommand {
    TOP(
            "Show the processes that do most, again and again on a terminal (q leaves, h helps); once"
                    + " with --once or --json.",
            List.of(),
            new Value("by", "ORDER", "cpu, mailbox, messages, memory or slices (default: cpu)."),
            new Value("most", "N", "So many processes (default: 20)."),
            new Value("window", "SECONDS", "What they do in so many seconds (default: 1).")),
    INFO("Show what is known of a process.", List.of("process")),
    STACK("Show where the code of a process stands.", List.of("process")),
    STATE("Show the state of a behaviour.", List.of("process")),
    MAILBOX(
            "Show the oldest messages in a mailbox.",
            List.of("process"),
            new Value("most", "N", "So many messages (default: 10).")),
    TREE("Show supervision trees, or that of an application or supervisor.", List.of("[of]")),
    TABLES("List the tables, the largest first.", List.of()),
    REGISTRY("List local names and registries.", List.of()),
    SCHEDULERS(
            "Show how busy the schedulers are.",
            List.of(),
            new Value("window", "SECONDS", "Within so many seconds (default: 1).")),
    CRASHES("Show the last ends that were not in order, grouped.", List.of()),
    ALARMS("List the alarms that are set.", List.of()),
    TRACE(
            "Print what processes do, line by line: messages, starts and ends, or calls of methods.",
            List.of(),
            new Value(
                    "calls",
                    "PATTERN",
                    "Calls of these methods, as Shop.order or com.acme.*.order."),
            new Value("process", "PROCESS", "Of this process only, by its pid or name."),
            new Value("most", "N", "So many lines (default: 100)."),
            new Value("window", "SECONDS", "For so many seconds (default: 10).")),
    KILL("End a process that cannot refuse.", List.of("process")),
    EXIT("Send a process an exit signal (default: shutdown).", List.of("process", "[reason]")),
    SUSPEND("Let a process run no more until it is resumed.", List.of("process")),
    RESUME("Let a suspended process go on.", List.of("process"));

    /// An option with a value.
    private record Value(String name, String placeholder, String description) {}

    private static final String ONCE = "--once";
    private static final String JSON = "--json";
    private static final String MERMAID = "--mermaid";

    private final String description;
    private final List<String> operands;
    private final List<Value> options;

    NodeCommand(String description, List<String> operands, Value... options) {
        this.description = description;
        this.operands = operands;
        this.options = List.of(options);
    }

    /// Makes them subcommands of `bureau`.
    static void addTo(CommandLine bureau) {
        for (NodeCommand command : values()) {
            bureau.addSubcommand(command.word(), command.spec());
        }
    }

    /// The one of that name; null if there is none.
    static @Nullable NodeCommand of(String word) {
        for (NodeCommand command : values()) {
            if (command.word().equals(word)) return command;
        }
        return null;
    }

    /// Runs the one that was parsed; null if it is none of these.
    static @Nullable Integer run(ParseResult parsed) {
        NodeCommand command = of(parsed.commandSpec().name());
        if (command == null) return null;
        var operands = new ArrayList<String>();
        var options = new HashMap<String, String>();
        for (ArgSpec operand : parsed.matchedPositionals()) operands.add(text(operand));
        for (OptionSpec option : parsed.matchedOptions()) {
            options.put(option.longestName(), text(option));
        }
        return command.run(operands, options);
    }

    private static String text(ArgSpec given) {
        Object value = given.getValue();
        return String.valueOf(value);
    }

    /// Whether an option of this name has a value.
    boolean hasValue(String option) {
        for (Value value : options) {
            if (option.equals("--" + value.name())) return true;
        }
        return false;
    }

    /// Whether there is an option of this name without a value.
    boolean hasFlag(String option) {
        return option.equals(JSON)
                || (option.equals(MERMAID) && this == TREE)
                || (option.equals(ONCE) && this == TOP);
    }

    /// Whether so many words may follow, the node's name among them.
    boolean takes(int words) {
        int least = 1;
        for (String operand : operands) {
            if (!isOptional(operand)) least++;
        }
        return words >= least && words <= 1 + operands.size();
    }

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(word()).mixinStandardHelpOptions(true);
        spec.versionProvider(new Version());
        spec.usageMessage().description(description);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .paramLabel("NODE")
                        .type(String.class)
                        .description("The node; 'bureau nodes' lists them.")
                        .build());
        for (int i = 0; i < operands.size(); i++) {
            boolean optional = isOptional(operands.get(i));
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index(String.valueOf(i + 1))
                            .arity(optional ? "0..1" : "1")
                            .paramLabel(operand(i).toUpperCase(java.util.Locale.ROOT))
                            .type(String.class)
                            .description(meaning(operand(i)))
                            .build());
        }
        for (Value option : options) {
            spec.addOption(
                    OptionSpec.builder("--" + option.name())
                            .paramLabel(option.placeholder())
                            .type(String.class)
                            .arity("1")
                            .description(option.description())
                            .build());
        }
        flag(spec, JSON, "Answer in JSON.");
        if (this == TREE) flag(spec, MERMAID, "Answer with a Mermaid diagram.");
        if (this == TOP) flag(spec, ONCE, "Print one window and leave.");
        return spec;
    }

    private static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .type(boolean.class)
                        .arity("0")
                        .description(description)
                        .build());
    }

    private static String meaning(String operand) {
        return switch (operand) {
            case "process" -> "Its pid, as 0.12.0, or its local name.";
            case "reason" -> "normal, shutdown, kill or any text.";
            default -> "An application, or a supervisor's local name.";
        };
    }

    private String operand(int index) {
        String operand = operands.get(index);
        return isOptional(operand) ? operand.substring(1, operand.length() - 1) : operand;
    }

    private static boolean isOptional(String operand) {
        return operand.startsWith("[");
    }

    /// Asks the node and returns the exit code.
    ///
    /// @param words the node's name, and what follows it
    /// @param given the options by their names, flags with any value
    int run(List<String> words, Map<String, String> given) {
        String node = words.getFirst();
        Map<String, String> request = new LinkedHashMap<>();
        for (int i = 1; i < words.size(); i++) {
            if (!words.get(i).isEmpty()) request.put(operand(i - 1), words.get(i));
        }
        for (Value option : options) {
            String value = given.getOrDefault("--" + option.name(), "");
            if (!value.isEmpty()) request.put(option.name(), value);
        }
        boolean json = given.containsKey(JSON);
        if (json) request.put("format", "json");
        if (given.containsKey(MERMAID)) request.put("format", "mermaid");
        boolean once = json || this != TOP || given.containsKey(ONCE);
        if (!once && Console.hasTerminal()) {
            return TopScreen.run(printed -> NodeConnection.to(node, false, printed), request);
        }
        return Console.command(word(), request)
                .run(printed -> NodeConnection.to(node, false, printed));
    }
}
