import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void main() {
    Registry.startLink("r_ending", Registry.UNIQUE);
    Pid boss = self();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 10; i++) {
        Pid pid =
                spawn(() -> {
                    Registry.register("r_ending", "key");
                    send(boss, "registered");
                    receive();
                });
        receive(String.class);
        Ref ref = monitor(pid);
        shake();
        send(pid, "stop");
        down(ref);
        var found = Registry.whereis("r_ending", "key");
        var made = Registry.register("r_ending", "key");
        Registry.unregister("r_ending", "key");
        seen.add(List.of(found, made instanceof Registration.Made ? "ok" : "error"));
    }
    out(seen);
}
