import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Who() implements Call<String> {}

record Slow(Pid boss) implements GenServer<Pid, Who, Cast> {
    public Init<Pid> init() {
        send(boss, "in_init");
        receive(String.class, "go"::equals);
        send(boss, "done");
        return ok(boss);
    }

    public Next<Pid> handleCall(Who who, From<?> from, Pid state) {
        return reply(who, "me", state);
    }
}

void main() {
    Pid boss = self();
    spawn(() -> {
        GenServer.start(StartOptions.named("g_slow"), new Slow(boss));
        send(boss, "started");
        sleepForever();
    });
    out(next());
    spawn(() -> send(boss, new Told(call("g_slow", new Who()))));
    shake();
    out(receive(Object.class, ofMillis(50), "nothing"));
    send("g_slow", "go");
    out(
            next(),
            Stream.of(next(), next())
                    .sorted(Comparator.comparing(o -> o instanceof Told))
                    .toList());
    GenServer.stop(Name.local("g_slow"));
}
