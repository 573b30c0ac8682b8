import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Begun(int number) {}

record Listed(Object id, ChildSpec.Type type) {}

record Part(Pid boss, int number) implements GenServer<Integer, Call<?>, Cast> {
    public Init<Integer> init() {
        send(boss, new Begun(number));
        return ok(number);
    }

    static ChildSpec spec(Pid boss, int number) {
        return ChildSpec.worker(
                "ignored", GenServer.starter(StartOptions.options(), new Part(boss, number)));
    }
}

void main() {
    Pid boss = self();
    PartitionSupervisor.startLink("ps_numbered", 3, number -> Part.spec(boss, number));
    out(mail());
    out(
            PartitionSupervisor.whichChildren("ps_numbered").stream()
                    .map(each -> new Listed(each.id(), each.type()))
                    .toList());
    out(PartitionSupervisor.partitions("ps_numbered"));
    var counts = PartitionSupervisor.countChildren("ps_numbered");
    out(counts.specs(), counts.active(), counts.supervisors(), counts.workers());
    PartitionSupervisor.startLink("ps_default", _ -> Part.spec(boss, 0));
    out(PartitionSupervisor.partitions("ps_default") == node().schedulers());
    var first = GenServer.whereis(PartitionSupervisor.via("ps_default", 0));
    out(
            Supervisor.whichChildren("ps_default").stream()
                    .filter(each -> each.id().equals(0))
                    .map(each -> each.pid().equals(first))
                    .toList());
    for (String name : List.of("ps_numbered", "ps_default")) PartitionSupervisor.stop(name);
    out(whereis("ps_numbered"));
}
