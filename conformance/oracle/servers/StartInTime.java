import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Hanging(Pid boss) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        send(boss, new Told(self()));
        sleepForever();
        return ok("never");
    }
}

record Error(ExitReason reason) {}

void main() {
    trapExits(true);
    var options = StartOptions.options().within(ofMillis(50));
    switch (GenServer.starter(options, new Hanging(self())).start()) {
        case Start.Failed(var reason) -> out(new Error(reason));
        case Start other -> out(other);
    }
    Pid pid = (Pid) ((Told) next()).what();
    out(isAlive(pid), mail());
}
