import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Woken(Object message) {}

void wake(Pid boss) {
    send(boss, new Woken(receive()));
    send(boss, new Woken(receive()));
}

Pid sleeper(Pid boss) {
    return spawn(() -> {
        receive(String.class, "sleep"::equals);
        hibernate(() -> wake(boss));
        send(boss, "not reached");
    });
}

void main() {
    Pid early = sleeper(self());
    Stream.of("one", "sleep", "two").forEach(message -> send(early, message));
    out(next(), next());
    gone(early);

    Pid late = sleeper(self());
    send(late, "sleep");
    shake();
    send(late, "three");
    shake();
    send(late, "four");
    out(next(), next());
    out(mail());
}
