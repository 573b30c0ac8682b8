// A process for each user, found by the user's name in a registry. Looking up asks no process; a
// session that has ended is not found any more.
//
//   ./bureau run examples/Sessions.java

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Registry.*;

record Visit() implements Call<Integer> {}

record Session(String user) implements GenServer<Integer, Visit, Cast> {
    static int visit(String user) {
        return call(via("sessions", user), new Visit());
    }

    public Init<Integer> init() {
        return ok(0);
    }

    public Next<Integer> handleCall(Visit visit, From<?> from, Integer visits) {
        return reply(visit, visits + 1, visits + 1);
    }
}

void main() {
    Registry.startLink("sessions", UNIQUE);
    for (var user : List.of("ada", "joe")) {
        GenServer.startLink(via("sessions", user), new Session(user));
    }
    Session.visit("ada");
    IO.println("visits of ada: " + Session.visit("ada") + ", of joe: " + Session.visit("joe"));
    IO.println("eve: " + Registry.whereis("sessions", "eve"));

    GenServer.stop(via("sessions", "joe"));
    IO.println("joe: " + Registry.whereis("sessions", "joe"));
}
