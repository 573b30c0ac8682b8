package dev.bureau.shell.session;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds a process by what people write for it.
public final class ProcessNames {
    private static final Pattern PID =
            Pattern.compile("(?:#PID)?<?(?:\\d+\\.)?(\\d+)(?:\\.\\d+)?>?");

    private ProcessNames() {}

    /// The process with that local name, or of that number.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Pid find(Node node, String text) {
        var named = node.whereis(text);
        if (named.isPresent()) return named.get();
        Matcher pid = PID.matcher(text);
        if (!pid.matches()) {
            throw new IllegalArgumentException("no process has the name " + text);
        }
        String wanted = pid.group(1);
        for (Iterator<Pid> all = node.processesIterator(); all.hasNext(); ) {
            Pid next = all.next();
            Matcher its = PID.matcher(next.toString());
            if (its.matches() && its.group(1).equals(wanted)) return next;
        }
        throw new IllegalArgumentException("no process " + text + " is alive");
    }
}
