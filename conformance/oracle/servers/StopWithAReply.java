import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

sealed interface Query extends Call<String> {}

record Stop() implements Query {}

record ReplyAndCrash() implements Query {}

record Last(Pid boss) implements GenServer<Pid, Query, Cast> {
    public Init<Pid> init() {
        return ok(boss);
    }

    public Next<Pid> handleCall(Query query, From<?> from, Pid state) {
        return switch (query) {
            case Stop stop -> stop(NORMAL, stop, "answer", state);
            case ReplyAndCrash request -> {
                Bureau.reply(from.as(request), "early");
                throw Bureau.exit("gone");
            }
        };
    }

    public void terminate(ExitReason reason, Pid state) {
        send(boss, new Told(reason));
    }
}

void main() {
    Pid stopped = GenServer.start(new Last(self()));
    String answer = call(stopped, new Stop());
    out(answer, poll(Object.class).orElse("nothing"));
    Pid pid = GenServer.start(new Last(self()));
    out(attempt(() -> call(pid, new ReplyAndCrash())), next());
}
