package dev.bureau.benchmarks.rows;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.contest.Rounds;
import dev.bureau.benchmarks.weaving.Weaving;
import dev.bureau.benchmarks.weaving.WorkloadLoader;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogManager;

/// Bureau, for one row: `java ... BureauContestant ROW SIZE`.
///
/// A node with the options that it has without any; rows are woven, as `bureau run` weaves a program.
public final class BureauContestant {
    private BureauContestant() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        new WorkloadLoader(Weaving.STANDARD)
                .loadClass(Woven.class.getName())
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }

    /// The same, woven.
    public static final class Woven {
        private Woven() {}

        public static void main(String[] args) throws IOException {
            logNothing();
            Round round = Catalogue.row(args[0], Integer.parseInt(args[1]));
            Node node = Node.start();
            Rounds.serve(() -> inProcess(node, round));
        }
    }

    /// Crashes are part of some rows, and nobody logs them, as elsewhere.
    static void logNothing() {
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
    }

    /// Runs a round in a process of its own.
    ///
    /// @throws IllegalStateException if it fails
    static double inProcess(Node node, Round round) {
        try (var me = node.guest()) {
            var pid = me.pid();
            var process = me.spawnMonitor(() -> Bureau.send(pid, round.run()));
            var down = Bureau.receive(process.monitor(), Down.class);
            return Bureau.poll(Double.class)
                    .orElseThrow(() -> new IllegalStateException(ExitReason.format(down.reason())));
        }
    }
}
