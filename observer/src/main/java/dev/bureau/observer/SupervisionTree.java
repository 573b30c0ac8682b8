package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Intensity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Supervisors and their children, as they are now.
///
/// ```java
/// IO.println(Observer.of(node()).tree());
/// String picture = Observer.of(node()).tree().mermaid();
/// ```
///
/// Each supervisor is asked, and has a second to answer. Of one that does not, since it waits for a child that is slow to start or to
/// stop, the processes are shown that are linked to it; which of them is which child is not known then.
///
/// @param roots the supervisors at the top
public record SupervisionTree(List<Branch> roots) {
    public SupervisionTree {
        roots = List.copyOf(roots);
    }

    /// Whether it runs, and answers.
    public enum State {
        /// It runs.
        RUNNING,
        /// A supervisor that runs and has not answered in time.
        SILENT,
        /// Its `init` has not returned.
        STARTING,
        /// It has ended since its supervisor was asked.
        ENDED,
        /// Its last start has failed, and it is about to be started again.
        RESTARTING,
        /// It is not to run, or is not needed.
        STOPPED
    }

    /// A child, or a supervisor at the top.
    ///
    /// @param id what its supervisor calls it, as text
    /// @param pid the process that it is, if it is one
    /// @param type what its spec says that it is
    /// @param restart when it is started again
    /// @param who its name, its label or what it was started to do
    /// @param supervision how it supervises, if it is a supervisor that has answered
    /// @param children in the order of their starts
    /// @param more how many children it has that are not shown
    public record Branch(
            Optional<String> id,
            Optional<Pid> pid,
            ChildSpec.Type type,
            Optional<ChildSpec.Restart> restart,
            State state,
            Optional<String> who,
            Optional<Supervision> supervision,
            List<Branch> children,
            int more) {
        public Branch {
            children = List.copyOf(children);
        }

        /// What to call it in a line.
        public String title() {
            return id.or(() -> who).orElse("?");
        }

        private String line() {
            StringBuilder line = new StringBuilder(Figures.clipped(Figures.oneLine(title()), 60));
            pid.ifPresent(known -> line.append("  ").append(known));
            line.append("  ").append(type.name().toLowerCase(Locale.ROOT));
            restart.ifPresent(
                    rule -> line.append(' ').append(rule.name().toLowerCase(Locale.ROOT)));
            supervision.ifPresent(how -> line.append(' ').append(how));
            who.filter(name -> !name.equals(title()))
                    .ifPresent(name -> line.append("  ").append(Figures.oneLine(name)));
            if (state != State.RUNNING) line.append("  (").append(words(state)).append(')');
            return line.toString();
        }

        private static String words(State state) {
            return switch (state) {
                case RUNNING -> "runs";
                case SILENT -> "does not answer: below it who is linked to it";
                case STARTING -> "is starting";
                case ENDED -> "has ended";
                case RESTARTING -> "is being restarted";
                case STOPPED -> "stopped";
            };
        }
    }

    /// How a supervisor supervises.
    ///
    /// @param strategy in OTP's words
    /// @param restarts how many there were within the period of `intensity`
    public record Supervision(String strategy, Intensity intensity, long restarts) {
        /// How many more it bears within the period before it gives up.
        public long restartsLeft() {
            return Math.max(0, intensity.restarts() - restarts);
        }

        /// `one_for_one, 1 of 3 restarts in 5 s`.
        @Override
        public String toString() {
            return strategy
                    + ", "
                    + restarts
                    + " of "
                    + intensity.restarts()
                    + " restarts in "
                    + intensity.period().toSeconds()
                    + " s";
        }
    }

    /// As a diagram that Mermaid draws.
    public String mermaid() {
        StringBuilder text = new StringBuilder("graph TD");
        int[] numbers = new int[1];
        for (Branch root : roots) draw(root, text, numbers);
        return text.toString();
    }

    private static int draw(Branch branch, StringBuilder text, int[] numbers) {
        int own = numbers[0]++;
        boolean supervisor = branch.type == ChildSpec.Type.SUPERVISOR;
        String label = quoted(branch.title());
        if (branch.pid.isPresent()) label += "<br/>" + quoted(branch.pid.get().toString());
        if (branch.state != State.RUNNING) {
            label += "<br/>" + branch.state.name().toLowerCase(Locale.ROOT);
        }
        text.append("\n    n").append(own);
        text.append(supervisor ? "[\"" : "(\"").append(label).append(supervisor ? "\"]" : "\")");
        for (Branch child : branch.children) {
            int below = draw(child, text, numbers);
            text.append("\n    n").append(own).append(" --> n").append(below);
        }
        if (branch.more > 0) {
            int rest = numbers[0]++;
            text.append("\n    n")
                    .append(rest)
                    .append("(\"")
                    .append(branch.more)
                    .append(" more\")");
            text.append("\n    n").append(own).append(" --> n").append(rest);
        }
        return own;
    }

    private static String quoted(String text) {
        return Figures.clipped(Figures.oneLine(text), 60)
                .replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }

    /// A line for each, indented below its supervisor.
    @Override
    public String toString() {
        if (roots.isEmpty()) return "there are no supervisors";
        StringBuilder text = new StringBuilder();
        for (Branch root : roots) {
            if (!text.isEmpty()) text.append('\n');
            text.append(root.line());
            below(root, "", text);
        }
        return text.toString();
    }

    private static void below(Branch branch, String indent, StringBuilder text) {
        int left = branch.children.size() + (branch.more > 0 ? 1 : 0);
        for (Branch child : branch.children) {
            boolean last = --left == 0;
            text.append('\n').append(indent).append(last ? "└─ " : "├─ ").append(child.line());
            below(child, indent + (last ? "   " : "│  "), text);
        }
        if (branch.more > 0) {
            text.append('\n').append(indent).append("└─ and ").append(branch.more).append(" more");
        }
    }
}
