package dev.bureau.otp.supervision;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.Serving;
import dev.bureau.otp.ChildCount;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a supervisor is asked; one set for all kinds, so that each can say of what it does not do.
///
/// @param <R> the type of the answer
public sealed interface SupervisorRequest<R> extends Call<SupervisorRequest.Answer<R>> {
    /// An answer, or why the question is wrong.
    record Answer<R>(@Nullable R value, @Nullable String refused) {}

    record StartChild(ChildSpec child) implements SupervisorRequest<ChildResult.OfStart> {
        public StartChild {
            Objects.requireNonNull(child, "expected a child spec, got: null");
        }
    }

    record RestartChild(Object id) implements SupervisorRequest<ChildResult.OfRestart> {
        public RestartChild {
            Objects.requireNonNull(id, "expected the id of a child, got: null");
        }
    }

    record TerminateChild(Object id) implements SupervisorRequest<Boolean> {
        public TerminateChild {
            Objects.requireNonNull(id, "expected the id or pid of a child, got: null");
        }
    }

    record DeleteChild(Object id) implements SupervisorRequest<ChildResult.OfDelete> {
        public DeleteChild {
            Objects.requireNonNull(id, "expected the id of a child, got: null");
        }
    }

    record WhichChildren() implements SupervisorRequest<List<ChildInfo>> {}

    record WhichChild(Object id) implements SupervisorRequest<Optional<ChildInfo>> {
        public WhichChild {
            Objects.requireNonNull(id, "expected the id of a child, got: null");
        }
    }

    /// What there is to know of it and its first `most` children.
    record Describe(int most) implements SupervisorRequest<SupervisorDescription> {}

    record CountChildren() implements SupervisorRequest<ChildCount> {}

    record GetChildSpec(Object id) implements SupervisorRequest<Optional<ChildSpec>> {
        public GetChildSpec {
            Objects.requireNonNull(id, "expected the id of a child, got: null");
        }
    }

    record Resize(int partitions) implements SupervisorRequest<Integer> {}

    /// Whether a behaviour answers these; any other one fails of them.
    static boolean isAnsweredBy(Serving behaviour) {
        return behaviour instanceof Supervising;
    }

    /// Asks a supervisor and waits as long as it takes.
    ///
    /// @throws IllegalArgumentException if it finds the question wrong
    static <R> R ask(Destination supervisor, SupervisorRequest<R> request) {
        Bureau.self(); // a thread that is no process becomes a guest
        @SuppressWarnings("unchecked") // the supervisor answers a request with an answer to it
        Answer<R> answer =
                (Answer<R>)
                        Objects.requireNonNull(
                                Calling.call(
                                        Current.process(),
                                        supervisor,
                                        (From<Answer<R>> from) -> new Request(from, request),
                                        null));
        if (answer.refused() != null) throw new IllegalArgumentException(answer.refused());
        return Objects.requireNonNull(answer.value());
    }
}
