import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Failed(Object reason) {}

record Exited(boolean ofTask, Object reason) {}

record Refused(boolean badArgument) {}

void told(Task<?> task) {
    Object result =
            switch (attempt(() -> task.await())) {
                case Caught(ExitReason.CallFailed failed) -> new Failed(failed.reason());
                case Object value -> value;
            };
    gone(task.pid());
    var exits = new ArrayList<Exited>();
    for (Object each : mail()) {
        if (each instanceof Exit(var from, var reason)) {
            exits.add(new Exited(from.equals(task.pid()), reason));
        }
    }
    out(result, exits);
}

void yielded(Task<?> task) {
    out(task.yield(ofSeconds(2)), mail().size());
}

Task<String> exiting(Object reason) {
    return Task.async(() -> {
        throw exit(reason);
    });
}

void refused(Task<?> task, Pid boss, Consumer<Task<?>> function) {
    try {
        function.accept(task);
    } catch (IllegalArgumentException refused) {
        send(boss, new Refused(true));
    }
}

void main() {
    trapExits(true);
    told(Task.async(() -> "done"));
    told(exiting("broken"));
    told(exiting(ExitReason.NORMAL));
    told(exiting(new ExitReason.ShutdownWith("enough")));
    told(
            Task.async(() -> {
                throw new RuntimeException("boom");
            }));
    told(Task.async(() -> exit(self(), KILL)));

    yielded(Task.async(() -> "done"));
    yielded(exiting("broken"));
    yielded(exiting(ExitReason.NORMAL));

    Pid boss = self();
    Task<String> task = Task.async(() -> "done");
    spawn(() -> refused(task, boss, Task::await));
    out(receive(Refused.class).badArgument());
    spawn(() -> refused(task, boss, Task::yield));
    out(receive(Refused.class).badArgument());
    spawn(() -> refused(task, boss, Task::shutdown));
    out(receive(Refused.class).badArgument());
    out(task.await());
}
