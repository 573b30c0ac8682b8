import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Told(String who, Object event) {}

record Teller(Pid boss, String name) implements EventHandler<String, String> {
    public Reaction<String> handle(String event, String state) {
        if (event.equals("boom") && name.equals("a")) throw exit("broken");
        send(boss, new Told(name, event));
        return keep(state);
    }

    public String init() {
        return "";
    }
}

void main() {
    Pid manager = EventManager.start();
    EventManager.add(manager, "a", new Teller(self(), "a"));
    EventManager.add(manager, "b", new Teller(self(), "b"));
    for (var event : List.of("one", "boom", "two")) EventManager.syncNotify(manager, event);
    mail().forEach(each -> out(each));
    out(EventManager.handlers(manager));
    out(isAlive(manager));
}
