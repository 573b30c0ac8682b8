package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import java.time.Duration;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Props;

/// Sets timers, none of which fires, and then cancels all.
record Timers(ActorSystem system, int timers) implements Round {
    private static final Duration TIME = Duration.ofMinutes(1);

    private enum Late {
        LATE
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        var setting = Props.create(Setting.class, () -> new Setting(timers, finish));
        long start = System.nanoTime();
        system.actorOf(setting);
        Round.expect("timers that had not fired", timers, finish.await());
        return Round.nanosEach(start, timers);
    }

    private static final class Setting extends AbstractActor {
        private final int timers;
        private final Finish finish;

        Setting(int timers, Finish finish) {
            this.timers = timers;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var scheduler = getContext().getSystem().getScheduler();
            var dispatcher = getContext().getDispatcher();
            var all = new Cancellable[timers];
            for (int i = 0; i < timers; i++) {
                all[i] =
                        scheduler.scheduleOnce(
                                TIME, getSelf(), Late.LATE, dispatcher, ActorRef.noSender());
            }
            int cancelled = 0;
            for (var timer : all) if (timer.cancel()) cancelled++;
            finish.done(cancelled);
            getContext().stop(getSelf());
        }

        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }
}
