import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ask() implements Call<String> {}

record Passing(Optional<Pid> to) implements GenServer<String, Ask, Cast> {
    public Init<String> init() {
        return ok("");
    }

    public Next<String> handleCall(Ask ask, From<?> from, String state) {
        if (to.isEmpty()) {
            exit("gone");
        }
        return reply(ask, call(to.get(), ask, ofSeconds(2)), state);
    }
}

void main() {
    Pid last = GenServer.start(new Passing(Optional.empty()));
    Pid first = GenServer.start(new Passing(Optional.of(last)));
    out(attempt(() -> call(first, new Ask(), ofSeconds(3))));
}
