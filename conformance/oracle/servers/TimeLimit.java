import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Timed(Pid boss, Duration limit) implements GenServer<Pid, Call<?>, Cast> {
    public Init<Pid> init() {
        if (limit.isZero()) {
            send(self(), "queued");
        }
        return ok(boss, timeout(limit));
    }

    public Next<Pid> handleInfo(Object message, Pid state) {
        send(boss, new Told(message instanceof IdleTimeout ? "timeout" : message));
        return noReply(state);
    }
}

void main() {
    GenServer.start(new Timed(self(), ofMillis(20)));
    out(mail());
    GenServer.start(new Timed(self(), ofMillis(0)));
    out(mail());
    Pid pid = GenServer.start(new Timed(self(), ofMillis(200)));
    send(pid, "early");
    out(mail());
    sleep(ofMillis(150));
    out(mail());
}
