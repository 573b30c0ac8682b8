import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Failed(Object reason) {}

Object reason(Callable<?> function) {
    return switch (attempt(function)) {
        case Caught(ExitReason.CallFailed failed) -> new Failed(failed.reason());
        case Object value -> value;
    };
}

String work() {
    receive(String.class, "go"::equals);
    return "done";
}

void main() {
    Task<String> late = Task.async(() -> work());
    out(reason(() -> late.await(ofMillis(10))), isAlive(late.pid()));
    send(late.pid(), "go");
    gone(late.pid());
    out(mail());
    out(reason(() -> late.await(ofMillis(10))));

    Task<String> twice = Task.async(() -> "once");
    out(twice.await(), reason(() -> twice.await(ofMillis(10))), mail());

    // through the link it ends with its owner
    Pid boss = self();
    Pid owner =
            spawn(() -> {
                Task<String> linked = Task.async(() -> work());
                send(boss, linked.pid());
                linked.await(ofMillis(10));
            });
    Ref reference = monitor(owner);
    Ref endOfTask = monitor(receive(Pid.class));
    if (down(reference) instanceof ExitReason.CallFailed failed) out(failed.reason());
    ExitReason end = down(endOfTask);
    if (end instanceof ExitReason.CallFailed failed) end = failed.reason();
    out(end.equals(ExitReason.TIMEOUT) || end.equals(ExitReason.NOPROC));
}
