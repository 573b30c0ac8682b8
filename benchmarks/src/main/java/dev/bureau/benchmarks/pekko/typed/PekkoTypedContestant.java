package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.contest.Rounds;
import java.io.IOException;

/// Pekko with typed actors, for one row: `java ... PekkoTypedContestant ROW SIZE`.
public final class PekkoTypedContestant {
    private PekkoTypedContestant() {}

    public static void main(String[] args) throws IOException {
        Round round = Catalogue.row(Guardian.start(), args[0], Integer.parseInt(args[1]));
        Rounds.serve(round);
    }
}
