package dev.bureau.conformance.oracle;

import java.util.Set;
import java.util.TreeSet;

/// What the BEAM and Bureau printed for one scenario, and what that means.
record Comparison(Scenario scenario, Set<String> beam, Set<String> bureau) {
    enum Verdict {
        /// Both printed the same, in all the ways either did.
        EQUAL,
        /// Bureau printed nothing that the BEAM may not, and not all of it: a race that may end in several ways.
        WITHIN,
        /// Bureau differs, and the scenario says why.
        WAIVED,
        /// The scenario says that Bureau differs, and it does not.
        NOT_WAIVED,
        /// Bureau printed what the BEAM did not.
        DIFFERS,
        /// The BEAM at hand is too old.
        NOT_RUN
    }

    Verdict verdict() {
        Set<String> allowed = new TreeSet<>(beam);
        allowed.addAll(scenario.legal());
        boolean differs = !allowed.containsAll(bureau);
        if (!scenario.differs().isEmpty() && !beam.isEmpty()) {
            return differs ? Verdict.WAIVED : Verdict.NOT_WAIVED;
        }
        if (allowed.isEmpty()) {
            return Verdict.NOT_RUN;
        }
        if (differs) {
            return Verdict.DIFFERS;
        }
        if (beam.isEmpty()) {
            return Verdict.NOT_RUN;
        }
        return beam.equals(bureau) ? Verdict.EQUAL : Verdict.WITHIN;
    }

    /// Whether somebody has to look at it.
    boolean isBad() {
        return verdict() == Verdict.DIFFERS || verdict() == Verdict.NOT_WAIVED;
    }

    /// One line, and for what differs what both printed.
    String shown() {
        Verdict verdict = verdict();
        StringBuilder text =
                new StringBuilder(
                        "%-10s %-45s %s%n"
                                .formatted(
                                        verdict.name().toLowerCase().replace('_', ' '),
                                        scenario,
                                        String.join(" ", scenario.ids())));
        if (isBad() || verdict == Verdict.WAIVED) {
            text.append(both());
        }
        return text.toString();
    }

    private String both() {
        Set<String> strange = new TreeSet<>(bureau);
        strange.removeAll(beam);
        strange.removeAll(scenario.legal());
        String why = scenario.differs().isEmpty() ? "" : "  " + scenario.differs() + "\n";
        return why + each("the BEAM", beam) + each("Bureau alone", strange);
    }

    private static String each(String who, Set<String> outcomes) {
        StringBuilder text = new StringBuilder();
        for (String outcome : outcomes) {
            text.append("  ").append(who).append(":\n").append(outcome.indent(4));
        }
        return text.toString();
    }
}
