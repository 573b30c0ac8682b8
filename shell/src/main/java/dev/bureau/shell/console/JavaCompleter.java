package dev.bureau.shell.console;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Offers what the node said may follow.
final class JavaCompleter implements Completer {
    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        if (!(parsed instanceof JavaParser.Line line)) return;
        for (String candidate : line.completed().candidates()) {
            candidates.add(new Candidate(candidate, candidate, null, null, null, null, false));
        }
    }
}
