import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Ask() implements Call<String> {}

record Desk(ConcurrentMap<Object, Pid> entries) implements Name.Registrar {
    public boolean registerName(Object key, Pid pid) {
        return entries.putIfAbsent(key, pid) == null;
    }

    public void unregisterName(Object key) {
        entries.remove(key);
    }

    public Optional<Pid> whereisName(Object key) {
        return Optional.ofNullable(entries.get(key));
    }
}

void main() {
    Desk desk = new Desk(new ConcurrentHashMap<>());
    Pid server = spawn(() -> reply(receive(Request.class).from().as(new Ask()), "answer"));
    out(
            desk.registerName("post", server) ? "yes" : "no",
            desk.registerName("post", idle()) ? "yes" : "no");
    out(call(Name.via(desk, "post"), new Ask()));
    out(desk.whereisName("none"));
    Object failure = attempt(() -> call(Name.via(desk, "none"), new Ask()));
    if (failure instanceof Caught(ExitReason.CallFailed failed)) {
        out(failed.reason());
    }
}
