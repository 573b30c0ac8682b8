package dev.bureau.benchmarks.pekko;

import dev.bureau.benchmarks.contest.Round;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A token that goes round, from one actor to the next.
record Ring(ActorSystem system, int members, int hops) implements Round {
    @Override
    public double run() throws InterruptedException {
        int laps = hops / members;
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Driver.class, () -> new Driver(members, laps, finish)));
        Round.expect("laps", laps, finish.await());
        return Round.nanosEach(start, (long) laps * members);
    }

    /// The first, which makes the others and counts.
    private static final class Driver extends AbstractActor {
        private final int members;
        private final int laps;
        private final Finish finish;
        private ActorRef next = ActorRef.noSender();

        Driver(int members, int laps, Finish finish) {
            this.members = members;
            this.laps = laps;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            next = getSelf();
            for (int i = 1; i < members; i++) {
                var behind = next;
                next = getContext().actorOf(Props.create(Member.class, () -> new Member(behind)));
            }
            next.tell(0, getSelf());
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Integer.class, this::lap).build();
        }

        private void lap(Integer lap) {
            if (lap + 1 < laps) {
                next.tell(lap + 1, getSelf());
            } else {
                finish.done(lap + 1);
                getContext().stop(getSelf());
            }
        }
    }

    private static final class Member extends AbstractActor {
        private final ActorRef next;

        Member(ActorRef next) {
            this.next = next;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Integer.class, token -> next.tell(token, getSelf()))
                    .build();
        }
    }
}
