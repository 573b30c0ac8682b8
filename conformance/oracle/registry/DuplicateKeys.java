import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

static List<Object> values() {
    return Registry.lookup("r_duplicate", "key").stream()
            .map(Registry.Entry::value)
            .sorted()
            .toList();
}

void main() {
    Registry.startLink("r_duplicate", Registry.DUPLICATE);
    Registry.register("r_duplicate", "key", 1);
    Registry.register("r_duplicate", "key", 2);
    Pid boss = self();
    spawn(() -> {
        Registry.register("r_duplicate", "key", 3);
        send(boss, "done");
        sleepForever();
    });
    out(next());
    out(values());
    out(Registry.values("r_duplicate", "key", self()).stream().sorted().toList());
    Registry.unregister("r_duplicate", "key");
    Registry.unregister("r_duplicate", "key");
    out("ok", "ok");
    out(values());
}
