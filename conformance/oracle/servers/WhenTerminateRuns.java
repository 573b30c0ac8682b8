import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface Order extends Cast {}

record Raise() implements Order {}

record Leave() implements Order {}

record Stop(Object reason) implements Order {}

record Terminated(ExitReason reason) {}

record Info(Object message) {}

record Child(Pid pid) {}

record Ending2(Pid boss, boolean trap) implements GenServer<Pid, Call<?>, Order> {
    public Init<Pid> init() {
        trapExits(trap);
        return ok(boss);
    }

    public Next<Pid> handleCast(Order order, Pid state) {
        return switch (order) {
            case Raise _ -> throw new RuntimeException("boom");
            case Leave _ -> throw Bureau.exit("gone");
            case Stop(var reason) -> stop(reason, state);
        };
    }

    public Next<Pid> handleInfo(Object message, Pid state) {
        send(boss, new Info(message));
        return noReply(state);
    }

    public void terminate(ExitReason reason, Pid state) {
        send(boss, new Terminated(reason));
    }
}

void main() {
    Pid boss = self();
    for (Order order : List.of(new Raise(), new Leave(), new Stop(NORMAL), new Stop("gone"))) {
        Pid pid = GenServer.start(new Ending2(boss, false));
        Ref ref = monitor(pid);
        cast(pid, order);
        out(down(ref), mail());
    }

    // exit signals from a stranger, then a kill
    for (boolean trap : List.of(false, true)) {
        Pid pid = GenServer.start(new Ending2(boss, trap));
        Ref ref = monitor(pid);
        exit(pid, "signal");
        if (trap) {
            out(next());
        }
        exit(pid, KILL);
        out(trap, down(ref), mail());
    }

    // the end of the parent
    for (boolean trap : List.of(false, true)) {
        for (Object reason : List.of(NORMAL, "gone", SHUTDOWN)) {
            Pid parent =
                    spawn(() -> {
                        send(boss, new Child(GenServer.startLink(new Ending2(boss, trap))));
                        receive(String.class, "end"::equals);
                        exit(reason);
                    });
            Pid pid = receive(Child.class).pid();
            Ref ref = monitor(pid);
            send(parent, "end");
            gone(parent);
            if (!trap && reason == NORMAL) {
                shake();
                out(trap, reason, isAlive(pid));
            } else {
                out(trap, reason, down(ref));
            }
            demonitorFlush(ref);
            out(mail());
        }
    }
}
