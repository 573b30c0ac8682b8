import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void main() {
    Registry.startLink("r_unique", Registry.UNIQUE);
    Pid boss = self();
    Pid other =
            spawn(() -> {
                var made = Registry.register("r_unique", "key", "value");
                send(boss, made instanceof Registration.Made ? "ok" : "error");
                sleepForever();
            });
    out(next());
    Registration taken = Registry.register("r_unique", "key", "mine");
    var entry = Registry.lookup("r_unique", "key").getFirst();
    out(
            taken.equals(new Registration.AlreadyRegistered(other)),
            entry.pid().equals(other) && "value".equals(entry.value()));
    Registry.register("r_unique", 1, "whole");
    out(
            Registry.lookup("r_unique", 1.0),
            Registry.count("r_unique"),
            Registry.keys("r_unique", self()));
    taken = Registry.register("r_unique", 1, "again");
    out(taken.equals(new Registration.AlreadyRegistered(self())));
}
