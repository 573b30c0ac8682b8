import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Following() implements Call<Integer> {}

record Counting() implements GenServer<Integer, Following, Cast> {
    public Init<Integer> init() {
        return ok(1);
    }

    public Next<Integer> handleCall(Following request, From<?> from, Integer n) {
        return reply(request, n, n + 1);
    }
}

void main() {
    Pid pid = GenServer.start(new Counting());
    Pid boss = self();
    out(Sys.getState(pid), call(pid, new Following()), Sys.getState(pid));
    out(Sys.replaceState(pid, n -> (Integer) n + 10), call(pid, new Following()));
    Sys.suspend(pid);
    spawn(() -> send(boss, new Told(call(pid, new Following()))));
    out(mail(), Sys.getState(pid));
    Sys.resume(pid);
    out(next());
    Sys.terminate(pid, SHUTDOWN);
    out(isAlive(pid), attempt(() -> Sys.getState(dead())) instanceof Caught);
}
