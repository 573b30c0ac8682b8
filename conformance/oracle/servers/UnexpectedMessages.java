import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ask() implements Call<Integer> {}

record Plain() implements GenServer<Integer, Ask, Cast> {
    public Init<Integer> init() {
        return ok(0);
    }

    public Next<Integer> handleCall(Ask ask, From<?> from, Integer n) {
        return reply(ask, n, n + 1);
    }
}

void main() {
    Pid pid = GenServer.start(new Plain());
    send(pid, "what");
    out(call(pid, new Ask()), call(pid, new Ask()));
}
