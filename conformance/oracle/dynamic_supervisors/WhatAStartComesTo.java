import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

static Start start(String how) {
    return switch (how) {
        case "ok" -> Start.started(pid());
        case "told" -> Start.started(pid(), "extra");
        case "ignoring" -> Start.ignored();
        case "failing" -> Start.failed("no_desk");
        case "odd" -> null;
        case "raising" -> throw new IllegalStateException("broken");
        default -> throw exit("gone");
    };
}

static Pid pid() {
    return spawnLink(() -> sleepForever());
}

void main() {
    Pid supervisor = DynamicSupervisor.startLink(DynamicSupervisor.flags());
    for (String how : List.of("ok", "told", "ignoring", "failing", "odd", "raising", "exiting")) {
        var child = ChildSpec.worker(how, () -> start(how));
        switch (DynamicSupervisor.startChild(supervisor, child)) {
            case Start.Started(var pid, var extra) -> {
                if (how.equals("told")) out(how, isAlive(pid), extra);
                else out(how, isAlive(pid));
            }
            case Start.Failed(var reason) -> {
                if (how.equals("odd")) out(how, "failed");
                else out(how, "failed", reason);
            }
            case Start other -> out(how, other);
        }
    }
    out(DynamicSupervisor.countChildren(supervisor).specs(), isAlive(supervisor));
}
