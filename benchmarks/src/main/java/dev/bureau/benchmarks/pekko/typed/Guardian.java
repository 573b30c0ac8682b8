package dev.bureau.benchmarks.pekko.typed;

import dev.bureau.benchmarks.pekko.PekkoContestant;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// An actor system whose guardian starts what it is asked to: from outside nobody else can.
record Guardian(ActorSystem<SpawnProtocol.Command> system) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    static Guardian start() {
        return new Guardian(
                ActorSystem.create(SpawnProtocol.create(), "bench", PekkoContestant.config()));
    }

    /// Starts the first actor of a round, once for thousands of operations.
    <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
                        system,
                        replyTo -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), replyTo),
                        LIMIT,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }
}
