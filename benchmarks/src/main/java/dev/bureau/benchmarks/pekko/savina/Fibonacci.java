package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;

/// The recursive definition, each call of which is an actor.
record Fibonacci(ActorSystem system, int n) implements Round {
    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Root.class, () -> new Root(n, finish)));
        Round.expect("the number", dev.bureau.benchmarks.savina.Suite.fibonacci(n), finish.await());
        return Suite.millisSince(start);
    }

    private static Props call(int n) {
        return Props.create(Call.class, () -> new Call(n));
    }

    private static final class Root extends Suite.Actor {
        private final int n;
        private final Finish finish;

        Root(int n, Finish finish) {
            this.n = n;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            start(call(n));
        }

        @Override
        public void onReceive(Object number) {
            finish.done((Integer) number);
            stop();
        }
    }

    private static final class Call extends Suite.Actor {
        private final int n;
        private int sum;
        private boolean first = true;

        Call(int n) {
            this.n = n;
        }

        @Override
        public void preStart() {
            if (n <= 2) {
                finish(1);
                return;
            }
            start(call(n - 1));
            start(call(n - 2));
        }

        @Override
        public void onReceive(Object number) {
            sum += (Integer) number;
            if (!first) finish(sum);
            first = false;
        }

        private void finish(int number) {
            tell(getContext().getParent(), number);
            stop();
        }
    }
}
