package dev.bureau.benchmarks.savina;

import static dev.bureau.kernel.Bureau.call;
import static dev.bureau.kernel.Bureau.cast;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.util.SplittableRandom;

/// Transfers between a thousand accounts: an account that gives calls the one that gets, and does nothing else meanwhile.
record Banking(int transfers) implements Round {
    private static final int ACCOUNTS = 1_000;
    private static final double BALANCE = 1_000_000;

    private sealed interface Message extends Cast {}

    private record Give(Pid teller, Pid to, double amount) implements Message {}

    private record Close() implements Message {}

    private record Get(double amount) implements Call<Boolean> {}

    private record Given() {}

    private static final Given GIVEN = new Given();

    @Override
    public double run() {
        Pid me = self();
        long start = System.nanoTime();
        Pid[] accounts = new Pid[ACCOUNTS];
        for (int i = 0; i < ACCOUNTS; i++) accounts[i] = GenServer.start(new Account());
        var random = new SplittableRandom(123_456);
        for (int i = 0; i < transfers; i++) {
            // always to an account of a higher number, lest two wait for each other
            int from = random.nextInt(ACCOUNTS / 10 * 8);
            int to = from + Math.max(1, random.nextInt(ACCOUNTS - from));
            cast(accounts[from], new Give(me, accounts[to], random.nextDouble() * 1_000));
        }
        for (int i = 0; i < transfers; i++) receive(Given.class);
        for (Pid account : accounts) cast(account, new Close());
        return Suite.millisSince(start);
    }

    private record Account() implements GenServer<Account.Balance, Get, Message> {
        static final class Balance {
            private double amount = BALANCE;
        }

        @Override
        public Init<Balance> init() {
            return ok(new Balance());
        }

        @Override
        public Next<Balance> handleCall(Get request, From<?> from, Balance balance) {
            balance.amount += request.amount();
            return reply(request, true, balance);
        }

        @Override
        public Next<Balance> handleCast(Message message, Balance balance) {
            return switch (message) {
                case Give(var teller, var to, double amount) -> {
                    balance.amount -= amount;
                    call(to, new Get(amount));
                    send(teller, GIVEN);
                    yield noReply(balance);
                }
                case Close _ -> stop(ExitReason.NORMAL, balance);
            };
        }
    }
}
