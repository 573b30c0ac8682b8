import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Failing(Object reason) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        return stop(reason);
    }
}

void main() {
    for (Object reason : List.of("gone", NORMAL, SHUTDOWN)) {
        Spawned child =
                spawnMonitor(() -> {
                    attempt(() -> GenServer.startLink(new Failing(reason)));
                    mail();
                    exit("survived");
                });
        out(down(child.monitor()));
    }
}
