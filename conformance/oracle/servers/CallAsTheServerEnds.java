import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ask() implements Call<String> {}

record Mortal() implements GenServer<String, Ask, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Ask ask, From<?> from, String state) {
        return reply(ask, "answer", state);
    }
}

void main() {
    Pid pid = GenServer.start(new Mortal());
    spawn(() -> {
        shake();
        exit(pid, "gone");
    });
    shake();
    Object answer = attempt(() -> call(pid, new Ask()));
    out(answer instanceof Caught(ExitReason.CallFailed failed) ? failed.reason() : answer);
}
