import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Go(String name) implements Cast {}

record Handled(Object what, Object from, Object state) {}

record Gate(Pid boss) implements StateMachine<String, Go> {
    public Step.First<String> init() {
        return to("a");
    }

    public Step<String> enter(String from, String state) {
        send(boss, new Handled("enter", from, state));
        return stay();
    }

    public Step<String> handle(String state, Go event) {
        return switch (event.name()) {
            case "b" -> to("b");
            case "same" -> to(state);
            case "again" -> repeat();
            default -> stay();
        };
    }
}

void main() {
    Pid gate = StateMachine.start(new Gate(self()));
    for (var name : List.of("stay", "b", "same", "again")) cast(gate, new Go(name));
    mail().forEach(each -> out(each));
}
