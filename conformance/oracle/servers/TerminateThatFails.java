import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Halt() implements Cast {}

record Bad() implements GenServer<String, Call<?>, Halt> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCast(Halt halt, String state) {
        return stop(NORMAL, state);
    }

    public void terminate(ExitReason reason, String state) {
        throw new RuntimeException("in terminate");
    }
}

void main() {
    Pid pid = GenServer.start(new Bad());
    Ref ref = monitor(pid);
    cast(pid, new Halt());
    out(down(ref));
}
