import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record State() implements Call<String> {}

record Halt() implements Cast {}

record Quiet() implements GenServer<String, State, Halt> {
    public Init<String> init() {
        return ok("made_by_init");
    }

    public Next<String> handleCall(State request, From<?> from, String state) {
        return reply(request, state, state);
    }

    public Next<String> handleCast(Halt halt, String state) {
        return stop(SHUTDOWN, state);
    }
}

void main() {
    Spawned server = GenServer.startMonitor(StartOptions.options(), new Quiet());
    out(call(server.pid(), new State()));
    cast(server.pid(), new Halt());
    out(down(server.monitor()));
    Pid plain = spawn(() -> GenServer.enterLoop(new Quiet(), "made_by_hand"));
    out(call(plain, new State()));
}
