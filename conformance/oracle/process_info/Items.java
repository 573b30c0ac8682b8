import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

void item(String name, Object value) {
    out(List.of(name, value));
}

void main() {
    Pid boss = self();
    Pid child = spawnLink(() -> sleepForever());
    link(child);
    Ref ref = monitor(child);
    send(child, "one");
    send(child, "two");
    ProcessInfo info = info(child).orElseThrow();
    item("parent", info.parent());
    item("trap_exit", info.trapExits());
    item("priority", info.priority());
    item("links", info.links());
    item("monitored_by", info.monitoredBy());
    item("message_queue_len", info.messageQueueLength());
    item("messages", messages(child, 10));
    item("registered_name", info.name().map(List::of).orElse(List.of()));
    out(info.groupLeader().equals(info(boss).orElseThrow().groupLeader()));
    demonitor(ref);
    out(
            List.of("monitored_by", info(child).orElseThrow().monitoredBy()),
            List.of("monitors", info(boss).orElseThrow().monitors()));
}
