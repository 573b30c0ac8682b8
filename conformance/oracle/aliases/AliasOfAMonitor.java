import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void main() {
    var modes = new LinkedHashMap<String, MonitorOption>();
    modes.put("explicit_unalias", MonitorOption.ALIAS);
    modes.put("demonitor", MonitorOption.ALIAS_UNTIL_DEMONITOR);
    modes.put("reply_demonitor", MonitorOption.ALIAS_UNTIL_REPLY);
    modes.forEach((name, mode) -> {
        // two messages through it, then the end
        Pid pid = idle();
        Ref ref = monitor(pid, mode);
        send(ref, "one");
        send(ref, "two");
        exit(pid, "gone");
        out(name, mail());
        send(ref, "three");
        out(mail(), unalias(ref));
        // demonitor first
        ref = monitor(idle(), mode);
        demonitor(ref);
        send(ref, "four");
        out(mail(), unalias(ref));
        // unalias first
        pid = idle();
        ref = monitor(pid, mode);
        out(unalias(ref));
        send(ref, "five");
        exit(pid, "gone");
        out(mail());
    });
}
