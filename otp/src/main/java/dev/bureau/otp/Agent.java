package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Pid;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A process that keeps a state for others, and nothing else.
///
/// ```java
/// Agent<Integer> counter = Agent.startLink(() -> 0);
/// counter.update(n -> n + 1);
/// int count = counter.get(n -> n);
/// ```
///
/// Functions are sent to the agent and run in its process, one after the other, in the order in which they came (OTP AG-01).
/// So what they capture is isolated as a message is, and what they return too; the state itself stays where it is, and
/// may be mutable. A function that takes long keeps all others waiting: compute in the caller, and send what came of it.
///
/// **Failure.** A function that throws ends the agent, and its caller with it, by [ExitReason.CallFailed] (AG-02). A caller
/// waits for five seconds, or as long as it says; the agent does what it was asked also when nobody waits any more (AG-03).
///
/// This is a reference, to be sent and shared: immutable, two are equal if they lead to the same place. Any process and any
/// thread may use it. Follows Elixir's `Agent`. Not for a state with rules of its own: that is a [GenServer], where they have
/// names; nor for what many read at once: that is a [Table].
///
/// @param process where the agent is
/// @param <S> the type of the state
public record Agent<S>(Destination process) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    public Agent {
        Objects.requireNonNull(process, "process");
    }

    /// What a function of [#getAndUpdate(Function)] comes to: an answer, and the state from now on.
    public record Updated<R, S>(R answer, S state) {
        public Updated {
            Objects.requireNonNull(answer, "the answer is null");
            Objects.requireNonNull(state, "the state is null");
        }
    }

    // ---- starting and stopping

    /// Starts an agent without a link. Returns when `initial` has made the first state, in the agent's process.
    ///
    /// @throws StartException if `initial` throws or returns null
    public static <S> Agent<S> start(Supplier<? extends S> initial) {
        return start(StartOptions.options(), initial);
    }

    /// Starts an agent without a link.
    ///
    /// @throws StartException if `initial` throws or returns null, or its name is taken
    public static <S> Agent<S> start(StartOptions options, Supplier<? extends S> initial) {
        return new Agent<>(GenServer.start(options, new Server<S>(initial)));
    }

    /// Starts an agent linked to this process.
    ///
    /// @throws StartException if `initial` throws or returns null and this process traps exits; else this process goes down
    /// with it
    public static <S> Agent<S> startLink(Supplier<? extends S> initial) {
        return startLink(StartOptions.options(), initial);
    }

    /// Starts an agent with a local name, linked to this process.
    public static <S> Agent<S> startLink(String name, Supplier<? extends S> initial) {
        return startLink(StartOptions.named(name), initial);
    }

    /// Starts an agent linked to this process.
    public static <S> Agent<S> startLink(StartOptions options, Supplier<? extends S> initial) {
        return new Agent<>(GenServer.startLink(options, new Server<S>(initial)));
    }

    /// A child that is an agent with a local name, which is its id too.
    public static <S> ChildSpec childSpec(String name, Supplier<? extends S> initial) {
        return ChildSpec.worker(
                name, GenServer.starter(StartOptions.named(name), new Server<S>(initial)));
    }

    /// The agent with a local name; that its state is of this type is up to the caller.
    public static <S> Agent<S> named(String name) {
        return new Agent<>(Name.local(name));
    }

    /// Ends it in order and waits for its end.
    public void stop() {
        GenServer.stop(process);
    }

    /// Ends it in order and waits until it has ended: for `limit` at most, or as long as it takes if that is null.
    ///
    /// @throws ExitException if there is none, it ends for another reason, or not in time; it then goes on ending
    public void stop(Object reason, @Nullable Duration limit) {
        GenServer.stop(process, reason, limit);
    }

    // ---- what it does

    /// What `question` makes of the state.
    ///
    /// @throws NullPointerException if that is null, as `m -> m.get("absent")` may be; the agent goes on
    public <R> R get(Function<? super S, ? extends R> question) {
        return get(question, LIMIT);
    }

    /// What `question` makes of the state; waits for `limit` at most.
    ///
    /// @throws NullPointerException if that is null; the agent goes on
    public <R> R get(Function<? super S, ? extends R> question, Duration limit) {
        R answer = Bureau.call(process, new Get<S, R>(question), limit);
        if (answer == (Object) Nothing.NOTHING) {
            throw new NullPointerException(
                    "the answer is null; answer Optional.ofNullable(...) where there may be nothing");
        }
        return answer;
    }

    /// Makes a new state of the one it has; returns when that is done.
    public void update(UnaryOperator<S> change) {
        update(change, LIMIT);
    }

    /// Makes a new state of the one it has; waits for `limit` at most.
    public void update(UnaryOperator<S> change, Duration limit) {
        getAndUpdate(state -> new Updated<>(Done.DONE, change.apply(state)), limit);
    }

    /// Makes an answer and a new state of the one it has: `agent.getAndUpdate(n -> new Updated<>(n, n + 1))`.
    public <R> R getAndUpdate(Function<? super S, Updated<R, S>> change) {
        return getAndUpdate(change, LIMIT);
    }

    /// Makes an answer and a new state of the one it has; waits for `limit` at most.
    public <R> R getAndUpdate(Function<? super S, Updated<R, S>> change, Duration limit) {
        return Bureau.call(process, new GetAndUpdate<>(change), limit);
    }

    /// Makes a new state of the one it has, some time; never waits, never fails, unless the agent has a limit for its mailbox.
    public void cast(UnaryOperator<S> change) {
        Bureau.cast(process, new Changed<>(change));
    }

    /// Its pid, if there is one now.
    public Optional<Pid> pid() {
        return switch (process) {
            case Pid pid -> Optional.of(pid);
            case Name.Local(var name) -> Bureau.whereis(name);
            case Name.Via(var registrar, var key) -> registrar.whereisName(key);
            default -> Optional.empty();
        };
    }

    // ---- its protocol

    sealed interface Question<S, R> extends Call<R> {}

    record Get<S, R>(Function<? super S, ? extends R> question) implements Question<S, R> {}

    record GetAndUpdate<S, R>(Function<? super S, Updated<R, S>> change)
            implements Question<S, R> {}

    record Changed<S>(UnaryOperator<S> change) implements Cast {}

    /// The answer to an update.
    enum Done {
        DONE
    }

    /// The answer to a question that came to null.
    private enum Nothing {
        NOTHING
    }

    private record Server<S>(Supplier<? extends S> initial)
            implements GenServer<S, Question<S, ?>, Changed<S>> {
        @Override
        public Init<S> init() {
            return ok(initial.get());
        }

        @Override
        public Next<S> handleCall(Question<S, ?> question, From<?> from, S state) {
            return switch (question) {
                case Get<S, ?> get -> answer(get, state);
                case GetAndUpdate<S, ?> change -> answer(change, state);
            };
        }

        private <R> Next<S> answer(Get<S, R> get, S state) {
            @Nullable R answer = get.question().apply(state);
            return answer == null ? nothing(get, state) : reply(get, answer, state);
        }

        /// Who asked has made the mistake, and is told: all others still need the agent.
        @SuppressWarnings("unchecked")
        private Next<S> nothing(Call<?> get, S state) {
            return reply((Call<Nothing>) get, Nothing.NOTHING, state);
        }

        private <R> Next<S> answer(GetAndUpdate<S, R> change, S state) {
            Updated<R, S> updated = change.change().apply(state);
            return reply(change, updated.answer(), updated.state());
        }

        @Override
        public Next<S> handleCast(Changed<S> message, S state) {
            return noReply(message.change().apply(state));
        }
    }
}
