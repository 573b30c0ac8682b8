import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

void tell(String name, Function<Task<Object>, Object> waiting) {
    Task<Object> task = Task.async(() -> exit(ExitReason.NOCONNECTION));
    gone(task.pid());
    switch (attempt(() -> waiting.apply(task))) {
        case Caught(ExitReason.CallFailed failed) -> out(name, failed.reason());
        case Object other -> out(name, other);
    }
}

void main() {
    trapExits(true);
    tell("await", task -> task.await());
    tell("yield", task -> task.yield());
    tell("shutdown", task -> task.shutdown());
    tell("ignore", task -> task.ignore());
    tell("awaitMany", task -> Task.awaitMany(List.of(task)));
    tell("yieldMany", task -> Task.yieldMany(List.of(task)));
    out(mail().stream().map(each -> ((Exit) each).reason()).toList());
}
