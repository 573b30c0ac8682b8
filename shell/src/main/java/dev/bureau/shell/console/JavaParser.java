package dev.bureau.shell.console;

import dev.bureau.shell.AttachException;
import dev.bureau.shell.attach.Frame.Completed;
import dev.bureau.shell.attach.NodeConnection;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;

/// Lets the node decide whether what was typed is whole, and what may follow: its compiler knows.
final class JavaParser implements Parser {
    private final NodeConnection node;

    JavaParser(NodeConnection node) {
        this.node = node;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        try {
            if (context == ParseContext.COMPLETE) {
                return new Line(line, cursor, node.complete(line, cursor));
            }
            if (context == ParseContext.ACCEPT_LINE && !Console.isLeave(line)) {
                boolean incomplete = node.isIncomplete(line);
                // ^C while the node's compiler took its time: it drops the line, as ever
                if (Thread.interrupted()) throw new UserInterruptException(line);
                if (incomplete) throw new EOFError(-1, cursor, "more is to follow");
            }
        } catch (AttachException _) {
            // who evaluates the line is told
        }
        return new Line(line, cursor, new Completed(cursor, List.of()));
    }

    /// The one word of the line is what a completion replaces.
    record Line(String line, int cursor, Completed completed) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(Math.min(completed.anchor(), cursor), cursor);
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }
}
