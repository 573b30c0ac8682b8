package dev.bureau.observer;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.From;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;
import java.util.concurrent.CountDownLatch;

/// A server with a secret, which can be kept busy.
final class Clerk implements GenServer<Clerk.Desk, Call<?>, Cast> {
    record Desk(String open, String secret) {}

    record Pin(String digits) implements Cast {}

    record Ask(String digits) implements Call<Boolean> {}

    /// Keeps it busy until that is counted down.
    record Block(String key) implements Cast {
        static final java.util.Map<String, CountDownLatch> ENDS =
                new java.util.concurrent.ConcurrentHashMap<>();

        static Block until(CountDownLatch end) {
            String key = String.valueOf(System.identityHashCode(end));
            ENDS.put(key, end);
            return new Block(key);
        }
    }

    @Override
    public Init<Desk> init() {
        return ok(new Desk("hello", "1234"));
    }

    @Override
    public Next<Desk> handleCall(Call<?> request, From<?> from, Desk desk) {
        return noReply(desk);
    }

    @Override
    public Next<Desk> handleCast(Cast message, Desk desk) throws Exception {
        switch (message) {
            case Block(var key) -> Block.ENDS.get(key).await();
            case Pin pin when pin.digits.isEmpty() ->
                    throw new IllegalArgumentException("expected digits, got none");
            default -> {}
        }
        return noReply(desk);
    }

    @Override
    public Object formatStatus(Desk desk) {
        return new Desk(desk.open, "*");
    }

    @Override
    public Object formatMessage(Object message) {
        return switch (message) {
            case Pin _ -> new Pin("*");
            case Ask _ -> new Ask("*");
            default -> message;
        };
    }
}
