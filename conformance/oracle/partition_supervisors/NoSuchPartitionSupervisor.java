import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ask() implements Call<String> {}

record Tell() implements Cast {}

record Failed(Object reason) {}

Object failed(Callable<?> function) {
    return switch (attempt(function)) {
        case Caught(ExitReason.CallFailed failed) -> new Failed(failed.reason());
        case Caught(var reason) -> new Failed(reason);
        case Object value -> value;
    };
}

void main() {
    Name via = PartitionSupervisor.via("ps_nobody", 1);
    out(failed(() -> PartitionSupervisor.partitions("ps_nobody")));
    out(failed(() -> PartitionSupervisor.countChildren("ps_nobody")));
    out(failed(() -> PartitionSupervisor.whichChildren("ps_nobody")));
    out(failed(Executors.callable(() -> PartitionSupervisor.stop("ps_nobody"), "ok")));
    out(failed(() -> call(via, new Ask())));
    out(failed(() -> GenServer.whereis(via)));
    out(failed(Executors.callable(() -> cast(via, new Tell()), "ok")));
    out(mail());
}
