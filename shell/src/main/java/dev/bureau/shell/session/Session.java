package dev.bureau.shell.session;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import org.jspecify.annotations.Nullable;

/// One person at a prompt: the variables, types and methods they have made, and the process their lines run in.
///
/// Made, used and closed by one thread, which is no process and takes part in the node as long as the session lasts; all
/// but [#interrupt], which any other thread calls. Opening it is fast, the first line is not: that starts the compiler,
/// unless there is one in stock, [#warmUp] has, or the line needs none (PlainCall).
///
/*
 * The thread is a guest of the node and the group leader of all that lines spawn, which is how their output finds its way
 * (Output). Compiling is done by this thread, so it needs no carrier; only the line itself does.
 */
public final class Session implements AutoCloseable {
    private final Guest guest;
    private final PrintStream out;
    private final PrintStream told;
    private final Evaluator evaluator;
    private final CompilerStock stock;
    private final SnippetLoader loader;
    private @Nullable LineCompiler compiler;
    private @Nullable Feedback feedback;
    private @Nullable Object lastValue;

    /// What is told of a line that goes well.
    public enum Detail {
        /// Its value, with the name under which it can be used again; what it declares.
        NAMED,
        /// Its value, as it is.
        VALUE,
        /// Nothing.
        NONE
    }

    /// What may follow the text before the cursor.
    ///
    /// @param anchor where in the text the candidates begin
    public record Completions(int anchor, List<String> candidates) {}

    private Session(Node node, CompilerStock stock, PrintStream out, PrintStream told) {
        this.guest = node.guest();
        this.out = out;
        this.told = told;
        this.stock = stock;
        this.loader = new SnippetLoader(stock.program().loader());
        this.evaluator = new Evaluator(node, loader.loader());
        Bureau.label("shell session");
        Output.route(guest.pid(), this, out);
    }

    /// Opens a session on a node for the calling thread.
    ///
    /// @param stock where a compiler comes from, when a line needs one
    /// @param out where goes what lines print
    /// @param told where goes what is told of them
    public static Session open(Node node, CompilerStock stock, PrintStream out, PrintStream told) {
        return new Session(node, stock, out, told);
    }

    /// The group leader of what is spawned here.
    public Pid leader() {
        return guest.pid();
    }

    /// What the last line with a value has come to.
    public @Nullable Object lastValue() {
        return lastValue;
    }

    /// Starts the compiler, if nobody has.
    public void warmUp() {
        compiler();
    }

    /// Evaluates what was typed: expressions, statements, declarations, one after the other up to the first that fails.
    ///
    /// @return whether all went well
    public boolean evaluate(String text, Detail detail) {
        if (detail == Detail.VALUE && !hasCompiler() && stock.program().imports().isEmpty()) {
            Optional<PlainCall> plain = PlainCall.of(text);
            if (plain.isPresent()) return evaluate(plain.get());
        }
        evaluator.beginLine();
        tellIfEnded();
        var declared = new LinkedHashMap<DeclarationSnippet, Status>();
        boolean ok = true;
        for (String source : SealedTypes.permitting(snippets(text))) {
            ok = evaluateSnippet(source, detail, declared);
            if (ok && evaluator.isInterrupted()) {
                told.println("** stopped");
                ok = false;
            }
            if (!ok) break;
        }
        if (detail == Detail.NAMED) declared.forEach(feedback()::declaration);
        return ok;
    }

    /// Whether the compiler has been started.
    boolean hasCompiler() {
        return compiler != null;
    }

    private boolean evaluate(PlainCall call) {
        evaluator.beginLine();
        evaluator.ended(); // nothing was told of it
        try {
            Evaluation evaluation = evaluator.evaluate(call::run, Detail.VALUE, true);
            if (evaluation.failure() != null) {
                Feedback.thrown(evaluation.failure(), told);
                return false;
            }
            if (call.hasValue()) out.println(evaluation.shown());
            return true;
        } catch (Evaluator.Ended end) {
            Feedback.ended(end, evaluator.pid(), evaluator.isInterrupted(), told);
            return false;
        }
    }

    private List<String> snippets(String text) {
        var snippets = new ArrayList<String>();
        String rest = text;
        while (!rest.isBlank()) {
            CompletionInfo info = compiler().analysis().analyzeCompletion(rest);
            if (!info.completeness().isComplete()) {
                if (info.completeness() != Completeness.EMPTY) snippets.add(rest);
                break;
            }
            snippets.add(info.source());
            rest = info.remaining();
        }
        return snippets;
    }

    private boolean evaluateSnippet(
            String source, Detail detail, Map<DeclarationSnippet, Status> declared) {
        LineCompiler with = compiler();
        with.control().begin(detail);
        List<SnippetEvent> events = with.shell().eval(source);
        SnippetEvent event = Feedback.own(events);
        if (event == null) return true;
        Evaluator.Ended end = with.control().ended();
        if (end != null) {
            Feedback.ended(end, evaluator.pid(), evaluator.isInterrupted(), told);
            return false;
        }
        Snippet snippet = event.snippet();
        String notLoaded = with.control().notLoaded();
        if (notLoaded != null) {
            told.println("** cannot load what the compiler has made of it: " + notLoaded);
            return false;
        }
        if (event.status() == Status.REJECTED) {
            feedback().refused(snippet);
            return false;
        }
        Evaluation evaluation = with.control().last();
        if (event.exception() != null) {
            feedback().thrown(event.exception(), evaluation);
            return false;
        }
        // told at the end, when what it lacks may be there
        if (snippet instanceof MethodSnippet || snippet instanceof TypeDeclSnippet) {
            declared.put((DeclarationSnippet) snippet, event.previousStatus());
        }
        if (evaluation != null && snippet.subKind().hasValue()) {
            lastValue = evaluation.value();
            feedback().value(snippet, evaluation, detail);
        }
        return true;
    }

    /// Runs what is no Java but a command, as a line: in the process, where it can be interrupted.
    ///
    /// @return whether it came to its end
    public boolean run(Callable<@Nullable Object> command) {
        evaluator.beginLine();
        evaluator.ended(); // of no interest here
        try {
            Throwable failure = evaluator.evaluate(command, Detail.NONE, false).failure();
            if (failure == null) return true;
            told.println("** " + failure.getMessage());
        } catch (Evaluator.Ended end) {
            told.println("** stopped" + (evaluator.isInterrupted() ? "" : ": " + end.getMessage()));
        }
        return false;
    }

    /// Told between two lines: a link, or `exit(pid, ...)` from elsewhere, may end the process at any time.
    private void tellIfEnded() {
        Evaluator.Ended end = evaluator.ended();
        if (end != null) Feedback.ended(end, evaluator.pid(), false, told);
    }

    /// Whether the text is the beginning of something, so that a line is to follow.
    public boolean isIncomplete(String text) {
        return switch (compiler().analysis().analyzeCompletion(text).completeness()) {
            case DEFINITELY_INCOMPLETE -> true;
            case CONSIDERED_INCOMPLETE -> true;
            case COMPLETE, COMPLETE_WITH_SEMI, EMPTY, UNKNOWN -> false;
        };
    }

    /// What may follow.
    public Completions complete(String text, int cursor) {
        int[] anchor = {cursor};
        var candidates =
                compiler().analysis().completionSuggestions(text, cursor, anchor).stream()
                        .map(SourceCodeAnalysis.Suggestion::continuation)
                        .filter(candidate -> !candidate.contains("$"))
                        .distinct()
                        .limit(500)
                        .toList();
        return new Completions(anchor[0], candidates);
    }

    /// Ends the line that is being evaluated, by a kill of its process. Any thread but the session's.
    public void interrupt() {
        evaluator.interrupt();
    }

    /// Ends the session. What it has spawned goes on.
    @Override
    public void close() {
        Output.end(guest.pid());
        evaluator.leave();
        guest.close();
        LineCompiler open = compiler;
        if (open != null) open.close();
    }

    private LineCompiler compiler() {
        LineCompiler open = compiler;
        if (open != null) return open;
        LineCompiler taken = stock.take();
        var ofTaken = new Feedback(taken.shell(), told, out);
        compiler = taken;
        feedback = ofTaken;
        taken.begin(loader, evaluator, ofTaken);
        return taken;
    }

    private Feedback feedback() {
        compiler();
        return Objects.requireNonNull(feedback);
    }
}
