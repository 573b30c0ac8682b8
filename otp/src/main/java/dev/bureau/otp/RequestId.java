package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MailboxFullException;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.NotShareableException;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.kernel.Request;
import dev.bureau.kernel.Tagged;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.LocalRef;
import dev.bureau.kernel.process.Receiving;
import dev.bureau.kernel.process.Sending;
import dev.bureau.otp.events.ManagerRequest.Outcome;
import dev.bureau.otp.gen.Loop;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request that was sent to a server, or to a handler of an [EventManager], and whose answer is fetched later:
/// `gen_server:send_request` and kin (OTP G-29).
///
/// ```java
/// RequestId<Integer> sum = GenServer.sendRequest(adder, new Add(1, 2));
/// // ... something else ...
/// switch (sum.receiveResponse(ofSeconds(1))) {
///     case Response.Answer(var value) -> IO.println(value);
///     case Response.Failed(var reason, _) -> IO.println(ExitReason.format(reason));
///     case Response.None() -> IO.println("too late");
/// }
/// ```
///
/// Of use to the process that has asked, and to no other. An answer that nobody fetches stays in its mailbox. Who has
/// nothing else to do until the answer comes uses `call`.
///
/// @param server who was asked
/// @param request what
/// @param ref the monitor on the server, through which the answer comes as well
/// @param <R> the type of the answer
public record RequestId<R>(Destination server, Call<R> request, Ref ref) {
    static <R> RequestId<R> send(Destination server, Call<R> request) {
        return send(server, request, request, null);
    }

    /// Waits for `limit` at most where the mailbox of the server is full and those who send to it are parked.
    ///
    /// @param sent what the server is asked, which is not `request` itself where that is for a handler of an event manager
    static <R> RequestId<R> send(
            Destination server, Call<R> request, Call<?> sent, @Nullable Duration limit) {
        Objects.requireNonNull(request, "request");
        Ref ref = Bureau.monitor(server, MonitorOption.ALIAS_UNTIL_REPLY);
        try {
            Request message = new Request(new From<>(Bureau.self(), ref), sent);
            Sending.sendWithin(Current.process(), server, message, limit);
        } catch (NoSuchName gone) {
            // The monitor says so too.
        } catch (MailboxFullException full) {
            Calling.refuse((LocalRef) ref, server, full);
        } catch (NotShareableException refused) {
            Bureau.demonitorFlush(ref);
            throw refused;
        }
        return new RequestId<>(server, request, ref);
    }

    /// Waits for the answer, for `limit` at most, and gives the request up then: an answer that comes later is dropped.
    public Response<R> receiveResponse(Duration limit) {
        Response<R> response = waitResponse(limit);
        return response instanceof Response.None ? abandon() : response;
    }

    /// Waits for the answer or the failure for as long as it takes.
    public Response<R> receiveResponseForever() {
        return waitAtMost(null);
    }

    /// Waits for the answer, for `limit` at most; after that it can be waited for again.
    public Response<R> waitResponse(Duration limit) {
        return waitAtMost(limit);
    }

    /// What `message`, which was received or came to `handleInfo`, says of this request: nothing if it belongs to another.
    public Response<R> checkResponse(Object message) {
        return message instanceof Tagged tagged && tagged.ref().equals(ref)
                ? response(tagged)
                : new Response.None<>();
    }

    /// As [#waitResponse]; without limit if that is null.
    Response<R> waitAtMost(@Nullable Duration limit) {
        LocalProcess self = owner();
        LocalRef tag = (LocalRef) ref;
        Calling.waits(self, tag);
        try {
            return response(Receiving.take(self, Tagged.class, null, tag, limit));
        } finally {
            Calling.waits(self, null);
        }
    }

    /// Gives it up; the answer may have come just before.
    Response<R> abandon() {
        Bureau.demonitor(ref);
        return response(Receiving.take(owner(), Tagged.class, null, (LocalRef) ref, Duration.ZERO));
    }

    private LocalProcess owner() {
        LocalProcess self = Loop.process();
        if (!self.pid().equals(ref.maker())) {
            throw new IllegalStateException(
                    "expected the process that sent the request, "
                            + ref.maker()
                            + ", got: "
                            + self);
        }
        return self;
    }

    // The type was checked where the answer was given.
    @SuppressWarnings({"unchecked", "NullAway"})
    private Response<R> response(@Nullable Tagged message) {
        return switch (message) {
            // What an event manager says, and nobody else.
            case Reply(_, Outcome.Done(var value)) -> new Response.Answer<>((R) value);
            case Reply(_, Outcome.Failed(var error)) -> failed(new CallbackFailedException(error));
            case Reply(_, Outcome.Absent(var id)) -> failed(new NoSuchHandler(id));
            case Reply(_, var value) -> new Response.Answer<>((R) value);
            case Down(_, _, var reason) -> new Response.Failed<>(reason, server);
            case null, default -> new Response.None<>();
        };
    }

    private Response<R> failed(RuntimeException error) {
        return new Response.Failed<>(new ExitReason.Crash(error), server);
    }
}
