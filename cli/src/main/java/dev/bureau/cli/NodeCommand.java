package dev.bureau.cli;

import dev.bureau.shell.attach.NodeConnection;
import dev.bureau.shell.console.Console;
import dev.bureau.shell.console.TopScreen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
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

    /// Makes the one of that name a subcommand of `bureau`; false if there is none.
    static boolean addTo(CommandLine bureau, String word) {
        for (NodeCommand command : values()) {
            if (!command.word().equals(word)) continue;
            bureau.addSubcommand(word, command.spec());
            return true;
        }
        return false;
    }

    /// Runs the one that was parsed; null if it is none of these.
    static @org.jspecify.annotations.Nullable Integer run(ParseResult parsed) {
        for (NodeCommand command : values()) {
            if (parsed.commandSpec().name().equals(command.word())) return command.execute(parsed);
        }
        return null;
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
            boolean optional = operands.get(i).startsWith("[");
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
        return operands.get(index).replaceAll("[\\[\\]]", "");
    }

    private int execute(ParseResult parsed) {
        String node = parsed.matchedPositionalValue(0, "");
        Map<String, String> request = new LinkedHashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            String given = parsed.matchedPositionalValue(i + 1, "");
            if (!given.isEmpty()) request.put(operand(i), given);
        }
        for (Value option : options) {
            String given = parsed.matchedOptionValue("--" + option.name(), "");
            if (!given.isEmpty()) request.put(option.name(), given);
        }
        if (parsed.hasMatchedOption(JSON)) request.put("format", "json");
        if (this == TREE && parsed.hasMatchedOption(MERMAID)) request.put("format", "mermaid");
        boolean once =
                parsed.hasMatchedOption(JSON) || this != TOP || parsed.hasMatchedOption(ONCE);
        if (!once && Console.hasTerminal()) {
            return TopScreen.run(printed -> NodeConnection.to(node, false, printed), request);
        }
        return Console.command(word(), request)
                .run(printed -> NodeConnection.to(node, false, printed));
    }
}
