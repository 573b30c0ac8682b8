import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

Task.Yield<String> awaited(Task<String> task) {
    return attempt(() -> task.await(Duration.ZERO)) instanceof Caught
            ? new Task.Nothing<>()
            : new Task.Ok<>("done");
}

Task.Yield<String> shaken(Function<Task<String>, Task.Yield<String>> giveUp) {
    Task<String> task =
            Task.async(() -> {
                shake();
                return "done";
            });
    shake();
    var result = giveUp.apply(task);
    gone(task.pid());
    return result;
}

void main() {
    var results =
            List.of(
                    shaken(task -> task.shutdown(Duration.ZERO)),
                    shaken(Task::ignore),
                    shaken(task -> awaited(task)));
    var legal =
            Set.of(
                    new Task.Nothing<String>(),
                    new Task.Ok<>("done"),
                    new Task.Exited<String>(ExitReason.KILLED));
    out(legal.containsAll(results), mail());
}
