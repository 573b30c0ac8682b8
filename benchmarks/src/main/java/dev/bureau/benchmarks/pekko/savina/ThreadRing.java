package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// A token that hops around in a ring of 100 actors.
record ThreadRing(ActorSystem system, int hops) implements Round {
    private static final int MEMBERS = 100;

    private record NextIs(ActorRef next) {}

    private record Token(int left) {}

    private record End(int left) {}

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        var member = Props.create(Member.class, () -> new Member(finish));
        long start = System.nanoTime();
        var last = system.actorOf(member);
        var first = last;
        for (int i = 1; i < MEMBERS; i++) {
            var next = first;
            first = system.actorOf(member);
            first.tell(new NextIs(next), ActorRef.noSender());
        }
        last.tell(new NextIs(first), ActorRef.noSender());
        first.tell(new Token(hops), ActorRef.noSender());
        Round.expect("what is left", 0, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Member extends Suite.Actor {
        private final Finish finish;
        private ActorRef next = ActorRef.noSender();

        Member(Finish finish) {
            this.finish = finish;
        }

        @Override
        public void onReceive(Object message) {
            switch (message) {
                case Token(int left) when left > 0 -> tell(next, new Token(left - 1));
                case Token _ -> {
                    tell(next, new End(MEMBERS - 1));
                    stop();
                }
                case End(int left) -> {
                    if (left > 1) tell(next, new End(left - 1));
                    else finish.done(0);
                    stop();
                }
                case NextIs(var other) -> next = other;
                default -> unhandled(message);
            }
        }
    }
}
