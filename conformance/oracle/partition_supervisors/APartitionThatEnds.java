import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Part(Pid boss) implements GenServer<String, Call<?>, Cast> {
    public Init<String> init() {
        send(boss, "begun");
        return ok("");
    }
}

Pid found(int key) {
    return (Pid) GenServer.whereis(PartitionSupervisor.via("ps_ends", key)).orElse(null);
}

void main() {
    trapExits(true);
    Pid boss = self();
    Pid supervisor =
            PartitionSupervisor.startLink(
                    StartOptions.named("ps_ends"),
                    Supervisor.ONE_FOR_ONE.intensity(1, ofSeconds(60)),
                    3,
                    _ -> new Part(boss).childSpec());
    out(mail());
    var before = List.of(found(0), found(1), found(2));
    exit(before.get(1), KILL);
    out(next());
    out(eventually(() -> found(1) != null && !found(1).equals(before.get(1))));
    out(IntStream.range(0, 3).mapToObj(i -> found(i).equals(before.get(i))).toList());
    out(
            PartitionSupervisor.whichChildren("ps_ends").stream()
                    .map(each -> found((Integer) each.id()).equals(each.pid().orElseThrow()))
                    .toList());
    Ref endOfFirst = monitor(before.getFirst());
    exit(found(2), KILL);
    var end = ended(supervisor);
    out(end.equals(ExitReason.SHUTDOWN) || end.equals(ExitReason.NOPROC), down(endOfFirst));
    out(
            mail().stream()
                    .filter(Exit.class::isInstance)
                    .map(each -> ((Exit) each).reason())
                    .toList());
}
