package dev.bureau.benchmarks.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.contest.Rounds;
import java.io.IOException;
import org.apache.pekko.actor.ActorSystem;

/// Pekko, for one row: `java ... PekkoContestant ROW SIZE`.
///
/// An actor system as it is without configuration, but for its log, which is off as everybody's is here.
public final class PekkoContestant {
    private PekkoContestant() {}

    public static void main(String[] args) throws IOException {
        Round round = Catalogue.row(system(), args[0], Integer.parseInt(args[1]));
        Rounds.serve(round);
    }

    static ActorSystem system() {
        return ActorSystem.create("bench", config());
    }

    /// Of an actor system whose log is off, for typed actors as well.
    public static Config config() {
        return ConfigFactory.parseString(
                        """
                        pekko.loglevel = OFF
                        pekko.stdout-loglevel = OFF
                        pekko.log-dead-letters = off
                        """)
                .withFallback(ConfigFactory.load());
    }
}
