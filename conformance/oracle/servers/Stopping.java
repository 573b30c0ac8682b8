import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Slowly(String what) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        return ok(what);
    }

    public void terminate(ExitReason reason, String state) {
        switch (what) {
            case "odd" -> Bureau.exit("odd");
            case "slow" -> sleepForever();
            default -> {}
        }
    }
}

static Object first(Object caught) {
    return caught instanceof Caught(ExitReason.CallFailed failed) ? failed.reason() : caught;
}

void main() {
    Pid pid = GenServer.start(new Slowly("fast"));
    GenServer.stop(pid);
    out("ok", isAlive(pid));
    pid = GenServer.start(new Slowly("fast"));
    Ref ref = monitor(pid);
    GenServer.stop(pid, SHUTDOWN, null);
    out("ok", down(ref));
    Pid odd = GenServer.start(new Slowly("odd"));
    out(first(attempt(() -> GenServer.stop(odd))));
    Pid slow = GenServer.start(new Slowly("slow"));
    out(first(attempt(() -> GenServer.stop(slow, NORMAL, ofMillis(30)))), isAlive(slow));
    exit(slow, KILL);
    out(first(attempt(() -> GenServer.stop(dead()))));
    out(mail());
}
