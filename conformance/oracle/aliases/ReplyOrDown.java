import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Ask(Ref alias) {}

void main() {
    Pid boss = self();
    Pid pid =
            spawn(() -> {
                Ref alias = receive(Ask.class).alias();
                shake();
                send(alias, "answer");
            });
    Ref ref = monitor(pid, MonitorOption.ALIAS_UNTIL_REPLY);
    send(pid, new Ask(ref));
    spawn(() -> {
        shake();
        exit(pid, "gone");
        send(boss, "told_to_exit");
    });
    receive(String.class, "told_to_exit"::equals);
    out(mail());
}
