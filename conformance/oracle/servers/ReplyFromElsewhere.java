import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ask() implements Call<String> {}

record Asking() implements GenServer<String, Ask, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Ask ask, From<?> from, String state) {
        spawn(() -> {
            shake();
            Bureau.reply(from.as(ask), "answer");
            Bureau.reply(from.as(ask), "again");
        });
        shake();
        return noReply(state);
    }
}

void main() {
    Pid pid = GenServer.start(new Asking());
    out(call(pid, new Ask()), call(pid, new Ask()));
}
