import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Play(Pid other) {}

Pid player(Pid boss) {
    return spawn(() -> {
        Pid other = receive(Play.class).other();
        for (int i = 0; i < 5; i++) {
            link(other);
            shake();
            unlink(other);
            shake();
        }
        if (ThreadLocalRandom.current().nextBoolean()) {
            link(other);
        }
        send(boss, "done");
        sleepForever();
    });
}

static boolean linked(Pid one, Pid other) {
    return info(one).orElseThrow().links().contains(other);
}

void main() {
    Pid a = player(self());
    Pid b = player(self());
    send(a, new Play(b));
    send(b, new Play(a));
    receive();
    receive();
    boolean agree = eventually(() -> linked(a, b) == linked(b, a));
    out(agree, linked(a, b));
}
