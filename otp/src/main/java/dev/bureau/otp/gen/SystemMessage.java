package dev.bureau.otp.gen;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.process.Uncounted;
import dev.bureau.otp.Sys;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What [Sys] asks a behaviour, whatever kind it is of: Erlang's `{system, From, Msg}`.
///
/// @param from who waits for the answer
/// @param request what is asked
public record SystemMessage(From<?> from, Request<?> request) implements Cast, Uncounted {
    /// What is asked, and the type of its answer.
    public sealed interface Request<R> extends Call<R> {}

    /// What comes back.
    public sealed interface Answer<R> {}

    /// An answer.
    public record Done<R>(@Nullable R value) implements Answer<R> {}

    /// It cannot be done, and nothing was.
    public record Refused<R>(String why) implements Answer<R> {}

    /// A function that was to be run has failed.
    public record Failed<R>(Throwable error) implements Answer<R> {}

    public record GetState() implements Request<Answer<Object>> {}

    public record ReplaceState(UnaryOperator<Object> change) implements Request<Answer<Object>> {}

    public record GetStatus() implements Request<Answer<Sys.Status>> {}

    public record Suspend() implements Request<Answer<Boolean>> {}

    public record Resume() implements Request<Answer<Boolean>> {}

    public record Terminate(ExitReason reason) implements Request<Answer<Boolean>> {}

    public record ChangeCode(Object oldVersion, @Nullable Object extra)
            implements Request<Answer<Boolean>> {}

    public record Statistics(Sys.@Nullable Switch to) implements Request<Answer<Sys.Statistics>> {}

    public record Trace(boolean on) implements Request<Answer<Boolean>> {}

    public record Log(@Nullable Integer size) implements Request<Answer<List<Sys.Event>>> {}

    public record Install(Object id, Sys.Probe<?> probe) implements Request<Answer<Boolean>> {}

    public record Remove(Object id) implements Request<Answer<Boolean>> {}
}
