import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Seen() implements Call<List<Object>> {}

record Add() implements Cast {}

record Continued(Object what) {}

record Going() implements GenServer<List<Object>, Seen, Add> {
    public Init<List<Object>> init() {
        send(self(), "queued");
        return ok(List.of(), continueWith("init"));
    }

    private static List<Object> plus(List<Object> seen, Object more) {
        return Stream.concat(seen.stream(), Stream.of(more)).toList();
    }

    public Next<List<Object>> handleContinue(Object what, List<Object> seen) {
        return noReply(plus(seen, new Continued(what)));
    }

    public Next<List<Object>> handleInfo(Object message, List<Object> seen) {
        return noReply(plus(seen, message));
    }

    public Next<List<Object>> handleCast(Add message, List<Object> seen) {
        return noReply(plus(seen, "cast"), continueWith("cast"));
    }

    public Next<List<Object>> handleCall(Seen request, From<?> from, List<Object> seen) {
        return reply(request, seen, seen, continueWith("call"));
    }
}

void main() {
    Pid pid = GenServer.start(new Going());
    out(call(pid, new Seen()));
    cast(pid, new Add());
    out(call(pid, new Seen()));
}
