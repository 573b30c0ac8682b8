package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// A server that does what the requests tell it to, and tells its boss of everything else that happens to it.
///
/// @param boss whom it tells
/// @param opening its `init`
record Clerk(Pid boss, Opening opening) implements GenServer<Object, Clerk.Ask<?>, Clerk.Order> {
    interface Opening {
        Init<Object> open(Clerk clerk) throws Exception;
    }

    /// A request that knows how to be handled.
    record Ask<R>(Answering<R> how) implements Call<R> {}

    interface Answering<R> {
        Next<Object> answer(Clerk clerk, Ask<R> ask, From<R> from, Object state) throws Exception;
    }

    /// A message without answer that knows how to be handled.
    record Order(Step how) implements Cast {}

    interface Step {
        Next<Object> take(Clerk clerk, Object state) throws Exception;
    }

    /// It was given this by `handleInfo`.
    record Informed(Object message, Object state) {}

    /// It was given this by `handleContinue`.
    record Continued(Object with, Object state) {}

    /// Its `terminate` was called.
    record Terminated(ExitReason reason, Object state) {}

    /// Reports to the calling process; its state is the word "state".
    static Clerk plain() {
        return new Clerk(self(), clerk -> clerk.ok("state"));
    }

    /// Reports to the calling process, and opens in this way.
    static Clerk opening(Opening opening) {
        return new Clerk(self(), opening);
    }

    /// Reports to the calling process, and traps exits.
    static Clerk trapping() {
        return opening(clerk -> {
            dev.bureau.kernel.Bureau.trapExits(true);
            return clerk.ok("state");
        });
    }

    /// Asks for what it keeps.
    static Ask<Object> state() {
        return new Ask<>((clerk, ask, _, state) -> clerk.reply(ask, state, state));
    }

    /// Ends it without an answer.
    static Ask<String> stopFor(Object reason) {
        return new Ask<>((clerk, _, _, state) -> clerk.stop(reason, state));
    }

    @Override
    public Init<Object> init() throws Exception {
        return opening.open(this);
    }

    @Override
    public Next<Object> handleCall(Ask<?> request, From<?> from, Object state) throws Exception {
        return answer(request, from, state);
    }

    private <R> Next<Object> answer(Ask<R> request, From<?> from, Object state) throws Exception {
        return request.how().answer(this, request, from.as(request), state);
    }

    @Override
    public Next<Object> handleCast(Order message, Object state) throws Exception {
        return message.how().take(this, state);
    }

    @Override
    public Next<Object> handleInfo(Object message, Object state) {
        send(boss, new Informed(message, state));
        return noReply(state);
    }

    @Override
    public Next<Object> handleContinue(Object with, Object state) throws Exception {
        if (with instanceof Step step) return step.take(this, state);
        send(boss, new Continued(with, state));
        return noReply(state);
    }

    @Override
    public void terminate(ExitReason reason, Object state) {
        send(boss, new Terminated(reason, state));
    }
}
