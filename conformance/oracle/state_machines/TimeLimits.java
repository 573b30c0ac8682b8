import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Go(String name) implements Cast {}

record Handled(Object what, Object state) {}

record Lamp(Pid boss) implements StateMachine<String, Go> {
    public Step.First<String> init() {
        return to("off", eventTimeout(ofMillis(20), new Go("idle")));
    }

    public Step<String> handle(String state, Go event) {
        send(boss, new Handled(event.name(), state));
        return switch (event.name()) {
            case "idle" ->
                    to(
                            "on",
                            stateTimeout(ofMillis(20), new Go("never")),
                            timeout("named", ofMillis(40), new Go("named")),
                            timeout("zero", ofMillis(0), new Go("zero")));
            case "zero" -> to("dim");
            default -> stay();
        };
    }
}

void main() {
    StateMachine.start(new Lamp(self()));
    mail().forEach(each -> out(each));
}
