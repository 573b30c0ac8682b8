package dev.bureau.benchmarks.contest;

import java.util.Locale;

/// Who takes part.
enum Contestant {
    BUREAU("Bureau"),
    BEAM("BEAM"),
    PEKKO("Pekko"),
    PEKKO_TYPED("Pekko typed");

    private final String title;

    Contestant(String title) {
        this.title = title;
    }

    /// As tables show it.
    String title() {
        return title;
    }

    /// As JSON has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
