import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Go(String name) implements Cast {}

record Handled(Object what, Object state) {}

record Door(Pid boss) implements StateMachine<String, Go> {
    public Step.First<String> init() {
        return to("closed");
    }

    public Step<String> handle(String state, Go event) {
        send(boss, new Handled(event.name(), state));
        if (!state.equals("closed")) return stay();
        return event.name().equals("open")
                ? to("opened", next(new Go("one")), next(new Go("two")))
                : stay(postpone());
    }
}

void main() {
    Pid door = StateMachine.start(new Door(self()));
    for (var name : List.of("a", "b", "open", "c")) cast(door, new Go(name));
    mail().forEach(each -> out(each));
}
