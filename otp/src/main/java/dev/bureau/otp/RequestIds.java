package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Tagged;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Requests that were sent and not answered yet, each with a label that says what it is for (OTP G-29, `reqids_new` and
/// kin).
///
/// ```java
/// RequestIds<String> open = RequestIds.none();
/// for (Pid shop : shops) open = open.send(shop, new Price("tea"), "tea");
/// while (open.receiveResponse(ofSeconds(1)) instanceof RequestIds.Fetched(var response, var label, var rest)) {
///     IO.println(label + ": " + response);
///     open = rest;
/// }
/// ```
///
/// Immutable; each method returns a changed one, in time that grows with its size: good for hundreds. To run a function for
/// many elements in parallel is a [Task]'s work.
///
/// @param requests the requests and their labels, by reference, in the order in which they were added
/// @param <L> the type of the labels
public record RequestIds<L>(Map<Ref, Labelled<L>> requests) {
    /// A request and its label.
    public record Labelled<L>(RequestId<?> request, L label) {}

    /// What came of waiting for one of them.
    public sealed interface Outcome<L> {}

    /// One has been answered, or failed.
    ///
    /// @param rest the requests that are still open
    public record Fetched<L>(Response<?> response, L label, RequestIds<L> rest)
            implements Outcome<L> {}

    /// None in time; or the message that was looked at belongs to none of them.
    public record NoneFetched<L>() implements Outcome<L> {}

    /// There is none to wait for.
    public record NoRequest<L>() implements Outcome<L> {}

    public RequestIds {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }

    /// No requests.
    public static <L> RequestIds<L> none() {
        return new RequestIds<>(Map.of());
    }

    /// With one more request.
    public RequestIds<L> add(RequestId<?> request, L label) {
        Map<Ref, Labelled<L>> more = new LinkedHashMap<>(requests);
        if (more.put(request.ref(), new Labelled<>(request, label)) != null) {
            throw new IllegalArgumentException(
                    "expected a request that is not in the collection, got: " + request);
        }
        return new RequestIds<>(more);
    }

    /// Sends a request and adds it.
    public RequestIds<L> send(Destination server, Call<?> request, L label) {
        return add(GenServer.sendRequest(server, request), label);
    }

    /// Sends a request to the server under a local name and adds it.
    public RequestIds<L> send(String server, Call<?> request, L label) {
        return send(Name.local(server), request, label);
    }

    /// How many there are.
    public int size() {
        return requests.size();
    }

    /// Waits until one of them is answered or fails, for `limit` at most, and gives all of them up then.
    public Outcome<L> receiveResponse(Duration limit) {
        Outcome<L> first = waitResponse(limit);
        if (!(first instanceof NoneFetched)) return first;
        // One may have been answered just before.
        Outcome<L> found = first;
        for (Labelled<L> open : requests.values()) {
            Response<?> last = open.request().abandon();
            if (found instanceof NoneFetched && !(last instanceof Response.None)) {
                found = new Fetched<>(last, open.label(), none());
            }
        }
        return found;
    }

    /// Waits until one of them is answered or fails, for as long as it takes.
    public Outcome<L> receiveResponseForever() {
        if (requests.isEmpty()) return new NoRequest<>();
        return checkResponse(
                Bureau.receive(Tagged.class, tagged -> requests.containsKey(tagged.ref())));
    }

    /// Waits until one of them is answered or fails, for `limit` at most; they can be waited for again.
    public Outcome<L> waitResponse(Duration limit) {
        if (requests.isEmpty()) return new NoRequest<>();
        Optional<Tagged> message =
                Bureau.poll(Tagged.class, tagged -> requests.containsKey(tagged.ref()), limit);
        return message.isPresent() ? checkResponse(message.get()) : new NoneFetched<>();
    }

    /// What `message`, which was received or came to `handleInfo`, says of one of them.
    public Outcome<L> checkResponse(Object message) {
        if (requests.isEmpty()) return new NoRequest<>();
        if (!(message instanceof Tagged tagged && requests.containsKey(tagged.ref()))) {
            return new NoneFetched<>();
        }
        Map<Ref, Labelled<L>> rest = new LinkedHashMap<>(requests);
        Labelled<L> one = Objects.requireNonNull(rest.remove(tagged.ref()));
        return new Fetched<>(
                one.request().checkResponse(message), one.label(), new RequestIds<>(rest));
    }
}
