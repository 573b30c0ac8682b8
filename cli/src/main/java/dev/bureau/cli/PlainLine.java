package dev.bureau.cli;

import dev.bureau.shell.AttachException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command line that looks into a node and is plain to see, as `attach shop --eval 'self()'` and `top shop --json`. It is run as it
/// is: to start the library that reads command lines takes longer than all the rest, and more so on a machine that is busy.
///
/*
 * It means what the library would make of it, or is left to the library: as is whatever is wrong, asks for help or is
 * written in another of the ways there are.
 */
record PlainLine(
        @Nullable NodeCommand command, List<String> operands, Map<String, String> options) {
    /// The line as such; null if it is anything else.
    static @Nullable PlainLine of(String[] args) {
        if (args.length < 2) return null;
        NodeCommand command = NodeCommand.of(args[0]);
        if (command == null && !args[0].equals(AttachCommand.WORD)) return null;
        var operands = new ArrayList<String>();
        var options = new HashMap<String, String>();
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            if (isPlain(word)) {
                operands.add(word);
                continue;
            }
            boolean valued =
                    command == null ? word.equals(AttachCommand.EVAL) : command.hasValue(word);
            if (!valued && (command == null || !command.hasFlag(word))) return null;
            String value = "";
            if (valued) {
                if (++i == args.length || !isPlain(args[i])) return null;
                value = args[i];
            }
            if (options.put(word, value) != null) return null;
        }
        boolean fits = command == null ? operands.size() == 1 : command.takes(operands.size());
        return fits ? new PlainLine(command, operands, options) : null;
    }

    /// Options begin with `-`, and files of arguments with `@`.
    private static boolean isPlain(String word) {
        return !word.isEmpty() && word.charAt(0) != '-' && word.charAt(0) != '@';
    }

    /// Runs it and returns the exit code.
    int run() {
        try {
            return command == null
                    ? AttachCommand.attach(operands.getFirst(), options.get(AttachCommand.EVAL))
                    : command.run(operands, options);
        } catch (AttachException refused) {
            Main.complain(String.valueOf(refused.getMessage()));
            return Main.FAILED;
        }
    }
}
