package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Request;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.gen.Starting;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The loop of a [GenServer].
final class GenServerLoop<S, Q extends Call<?>, C extends Cast> extends Loop {
    static final After WAIT = new After.Wait();

    private final GenServer<S, Q, C> server;
    private @Nullable S state;

    /// What init or the last callback wants done before the next message.
    private After after = WAIT;

    private GenServerLoop(GenServer<S, Q, C> server) {
        this.server = server;
    }

    static Starting.Outcome start(
            StartOptions options, GenServer<?, ?, ?> server, Starting.Bond bond) {
        return Starting.start(() -> new GenServerLoop<>(server), options, bond);
    }

    static <S> void enter(GenServer<S, ?, ?> server, S state) throws Exception {
        GenServerLoop<S, ?, ?> loop = new GenServerLoop<>(server);
        loop.state = Objects.requireNonNull(state, "the state is null");
        loop.enter();
    }

    @Override
    protected Initial initial() throws Exception {
        return switch (server.init()) {
            case Init.Ok<S>(var first, var next) -> {
                state = first;
                after = next;
                yield new Initial.Up();
            }
            case Init.Ignore<S> _ -> new Initial.Ignore();
            case Init.Stop<S>(var reason) -> new Initial.Stop(reason);
            case Init.Failed<S>(var reason) -> new Initial.Failed(reason);
            case null ->
                    throw new IllegalStateException(
                            "expected ok, ignore, stop or error from init of "
                                    + module()
                                    + ", got: null");
        };
    }

    @Override
    protected void started() throws Exception {
        settle();
    }

    @Override
    @SuppressWarnings(
            "unchecked") // a message of another protocol fails in the callback, with its type
    protected void handle(Object message) throws Exception {
        switch (message) {
            case Request(var from, var payload) ->
                    took(server.handleCall((Q) payload, from, current()), from, payload);
            case Cast cast -> took(server.handleCast((C) cast, current()), null, cast);
            default -> took(server.handleInfo(message, current()), null, message);
        }
    }

    @Override
    protected void timedOut() throws Exception {
        IdleTimeout message = new IdleTimeout();
        begun(message);
        took(server.handleInfo(message, current()), null, message);
        done();
    }

    @SuppressWarnings("unchecked")
    private void took(@Nullable Next<S> next, @Nullable From<?> caller, Object handled)
            throws Exception {
        decide(next, caller, handled);
        settle();
    }

    @SuppressWarnings("unchecked")
    private void decide(@Nullable Next<S> next, @Nullable From<?> caller, Object handled) {
        switch (next) {
            case Next.Reply<S>(var request, var value, var now, var then) -> {
                From<?> asking = asking(caller, handled, request, value);
                state = now;
                after = then;
                answer((From<Object>) asking, value);
            }
            case Next.NoReply<S>(var now, var then) -> {
                state = now;
                after = then;
            }
            case Next.Stop<S>(var reason, var request, var value, var now) -> {
                if (request == null || value == null) {
                    state = now;
                    stop(reason, null);
                    return;
                }
                From<?> asking = asking(caller, handled, request, value);
                state = now;
                stop(reason, () -> answer((From<Object>) asking, value));
            }
            case null ->
                    throw new IllegalStateException(
                            "expected reply, noReply or stop from a callback of "
                                    + module()
                                    + ", got: null");
        }
    }

    /// Who is to have a reply; only a call has somebody, and he waits for the answer to his own request.
    private From<?> asking(
            @Nullable From<?> caller, Object handled, Call<?> answered, Object value) {
        if (caller == null) {
            throw new IllegalStateException(
                    "expected noReply or stop without a reply from what is no handleCall, got a reply: "
                            + shownMessageSafely(value));
        }
        requireAnswerTo(handled, answered);
        return caller;
    }

    /// Does what is to be done before the next message.
    private void settle() throws Exception {
        while (after != WAIT) {
            After next = after;
            after = WAIT;
            switch (next) {
                case After.Continue(var with) -> {
                    handling(next);
                    decide(server.handleContinue(with, current()), null, next);
                }
                case After.Within(var limit) -> setTimeout(limit);
                case After.Wait _, After.Hibernate _ -> {}
            }
        }
    }

    @Override
    protected void terminate(ExitReason reason) throws Exception {
        server.terminate(reason, current());
    }

    private S current() {
        return Objects.requireNonNull(state);
    }

    @Override
    protected String module() {
        return server.getClass().getName();
    }

    @Override
    protected Object state() {
        return current();
    }

    @Override
    @SuppressWarnings("unchecked") // by who calls Sys.replaceState
    protected void replaceState(Object next) {
        state = (S) next;
    }

    @Override
    protected Object shownState() {
        return server.formatStatus(current());
    }

    @Override
    protected Object shownMessage(Object message) {
        return server.formatMessage(message);
    }

    @Override
    protected ExitReason shownReason(ExitReason reason) {
        return server.formatReason(reason);
    }

    @Override
    protected void changeCode(Object oldVersion, @Nullable Object extra) throws Exception {
        state = Objects.requireNonNull(server.changeCode(oldVersion, current(), extra));
    }

    /// What may be shown of a message to that server.
    static Object shown(GenServer<?, ?, ?> server, Object message) {
        return shownSafely(server::formatMessage, message);
    }

    static void unexpected(GenServer<?, ?, ?> server, Object message) {
        Loop.unexpected(server.getClass().getName(), message, server::formatMessage);
    }
}
