package dev.bureau.otp;

import dev.bureau.kernel.NodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of asking the servers of one name on several nodes: Erlang's `{Replies, BadNodes}` (OTP G-28).
///
/// @param replies the answers, by node
/// @param bad the nodes that have no such server or are out of reach, and those whose server failed or was late
/// @param <R> the type of the answers
public record Replies<R>(Map<NodeId, R> replies, List<NodeId> bad) {
    public Replies {
        replies = Collections.unmodifiableMap(new LinkedHashMap<>(replies));
        bad = List.copyOf(bad);
    }
}
