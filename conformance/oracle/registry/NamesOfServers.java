import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Hello() implements Call<String> {}

record Echo() implements GenServer<String, Hello, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Hello hello, From<?> from, String state) {
        return reply(hello, "hello", state);
    }
}

void main() {
    Registry.startLink("r_names", Registry.UNIQUE);
    Name name = Registry.via("r_names", "echo");
    Pid pid = GenServer.start(StartOptions.named(name), new Echo());
    out(call(name, new Hello()), Registry.whereis("r_names", "echo").equals(Optional.of(pid)));
    var taken = GenServer.starter(StartOptions.named(name), new Echo()).start();
    out(taken.equals(new Start.AlreadyStarted(pid)));
    GenServer.stop(name);
    out(Registry.whereis("r_names", "echo"));
    Object failure = attempt(() -> call(name, new Hello()));
    out(failure instanceof Caught(ExitReason.CallFailed failed) ? failed.reason() : failure);
}
