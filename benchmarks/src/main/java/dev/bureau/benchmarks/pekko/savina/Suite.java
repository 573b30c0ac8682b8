package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Which benchmark has which name. Each takes the time of all of it, in milliseconds.
public final class Suite {
    private Suite() {}

    /// The benchmark of a row.
    public static Round row(ActorSystem system, String name, int size) {
        return switch (name) {
            case "savina_count" -> new Count(system, size);
            case "savina_fjthrput" -> new Throughput(system, size);
            case "savina_fjcreate" -> new Create(system, size);
            case "savina_threadring" -> new ThreadRing(system, size);
            case "savina_chameneos" -> new Chameneos(system, size);
            case "savina_big" -> new Big(system, size);
            case "savina_concdict" -> new Dictionary(system, size);
            case "savina_bndbuffer" -> new BoundedBuffer(system, size);
            case "savina_philosopher" -> new Philosophers(system, size);
            case "savina_barber" -> new Barber(system, size);
            case "savina_logmap" -> new LogisticMap(system, size);
            case "savina_banking" -> new Banking(system, size);
            case "savina_uct" -> new CobwebbedTree(system, size);
            case "savina_fib" -> new Fibonacci(system, size);
            default -> throw new IllegalArgumentException("expected a row, got: " + name);
        };
    }

    static double millisSince(long start) {
        return Round.nanosEach(start, 1_000_000);
    }

    /// An actor of the suite.
    abstract static class Actor extends UntypedAbstractActor {
        /// Starts another, below this one.
        final ActorRef start(Props props) {
            return getContext().actorOf(props);
        }

        final void tell(ActorRef to, Object message) {
            to.tell(message, getSelf());
        }

        final void stop() {
            getContext().stop(getSelf());
        }
    }
}
