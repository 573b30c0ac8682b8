package dev.bureau.otp;

import dev.bureau.kernel.Call;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.NodeId;
import dev.bureau.otp.gen.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asking the servers of one name on several nodes at once (OTP G-28).
final class MultiCall {
    private MultiCall() {}

    static <R> Replies<R> call(
            List<NodeId> nodes, String name, Call<R> request, @Nullable Duration limit) {
        Deadline deadline = Deadline.in(limit);
        Map<NodeId, RequestId<R>> open = new LinkedHashMap<>();
        for (NodeId node : nodes) {
            open.computeIfAbsent(
                    node, n -> RequestId.send(Name.on(n, name), request, request, deadline.left()));
        }
        Map<NodeId, R> replies = new LinkedHashMap<>();
        List<NodeId> bad = new ArrayList<>();
        open.forEach((node, sent) -> {
            Response<R> response = sent.waitAtMost(deadline.left());
            if (response instanceof Response.None) response = sent.abandon();
            if (response instanceof Response.Answer<R>(var value)) {
                replies.put(node, value);
            } else {
                bad.add(node);
            }
        });
        return new Replies<>(replies, bad);
    }
}
