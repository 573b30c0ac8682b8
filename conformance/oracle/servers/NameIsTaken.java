import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Named(Pid boss) implements GenServer<Pid, Call<?>, Cast> {
    public Init<Pid> init() {
        send(boss, "init");
        return ok(boss);
    }
}

void main() {
    Pid first = GenServer.start(StartOptions.named("g_taken"), new Named(self()));
    out(next());
    Pid pid =
            switch (GenServer.starter(StartOptions.named("g_taken"), new Named(self())).start()) {
                case Start.AlreadyStarted(var taken) -> taken;
                case Start other -> throw new IllegalStateException(other.toString());
            };
    out(pid.equals(first), mail());
    GenServer.stop(first);
    out(whereis("g_taken"));
}
