import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    Pid boss = self();
    for (int i = 0; i < 4; i++) {
        spawn(() -> {
            shake();
            boolean got = attempt(() -> register("n_race", self())).equals(true);
            send(boss, got);
            receive();
        });
    }
    var answers = List.of(next(), next(), next(), next());
    out(Collections.frequency(answers, true), "nothing");
    Pid holder = whereis("n_race").orElseThrow();
    send(holder, "stop");
    gone(holder);
}
