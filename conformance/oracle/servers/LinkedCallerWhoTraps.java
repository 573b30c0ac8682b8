import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Crash() implements Call<String> {}

record Crashing() implements GenServer<String, Crash, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Crash crash, From<?> from, String state) {
        return stop("gone", state);
    }
}

void main() {
    trapExits(true);
    Pid pid = GenServer.startLink(new Crashing());
    out(attempt(() -> call(pid, new Crash(), ofSeconds(2))));
    out(mail());
}
