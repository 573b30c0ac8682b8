package dev.bureau.benchmarks.pekko.savina;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.benchmarks.pekko.Finish;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.Props;

/// Transfers between a thousand accounts: an account that gives waits for the one that gets, and does nothing else meanwhile.
record Banking(ActorSystem system, int transfers) implements Round {
    private static final int ACCOUNTS = 1_000;
    private static final double BALANCE = 1_000_000;

    private record Give(ActorRef to, double amount) {}

    private record Get(double amount) {}

    private enum Message {
        GOT,
        GIVEN
    }

    @Override
    public double run() throws InterruptedException {
        var finish = new Finish(1);
        long start = System.nanoTime();
        system.actorOf(Props.create(Teller.class, () -> new Teller(transfers, finish)));
        Round.expect("transfers", transfers, finish.await());
        return Suite.millisSince(start);
    }

    private static final class Teller extends Suite.Actor {
        private final int transfers;
        private final Finish finish;
        private final ActorRef[] accounts = new ActorRef[ACCOUNTS];
        private int count;

        Teller(int transfers, Finish finish) {
            this.transfers = transfers;
            this.finish = finish;
        }

        @Override
        public void preStart() {
            var account = Props.create(Account.class, Account::new);
            for (int i = 0; i < ACCOUNTS; i++) accounts[i] = start(account);
            var random = new SplittableRandom(123_456);
            for (int i = 0; i < transfers; i++) {
                // always to an account of a higher number, lest two wait for each other
                int from = random.nextInt(ACCOUNTS / 10 * 8);
                int to = from + Math.max(1, random.nextInt(ACCOUNTS - from));
                tell(accounts[from], new Give(accounts[to], random.nextDouble() * 1_000));
            }
        }

        @Override
        public void onReceive(Object message) {
            if (++count < transfers) return;
            for (var account : accounts) tell(account, PoisonPill.getInstance());
            finish.done(count);
            stop();
        }
    }

    private static final class Account extends Suite.Actor {
        private final ArrayDeque<Object> aside = new ArrayDeque<>();
        private final ArrayDeque<ActorRef> senders = new ArrayDeque<>();
        private double balance = BALANCE;
        private ActorRef teller = ActorRef.noSender();
        private boolean waiting;

        @Override
        public void onReceive(Object message) {
            if (message == Message.GOT) {
                tell(teller, Message.GIVEN);
                waiting = false;
                for (Object next; !waiting && (next = aside.poll()) != null; ) {
                    handle(next, senders.remove());
                }
            } else if (waiting) {
                aside.add(message);
                senders.add(getSender());
            } else {
                handle(message, getSender());
            }
        }

        private void handle(Object message, ActorRef sender) {
            switch (message) {
                case Give(var to, double amount) -> {
                    if (balance < amount) throw new IllegalStateException("overdrawn");
                    balance -= amount;
                    teller = sender;
                    waiting = true;
                    tell(to, new Get(amount));
                }
                case Get(double amount) -> {
                    balance += amount;
                    tell(sender, Message.GOT);
                }
                default -> unhandled(message);
            }
        }
    }
}
