import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;

record Ended(Object reason) {}

void main() {
    var supervisor = TaskSupervisor.startLink();
    Task<String> good = supervisor.asyncNolink(() -> "done");
    out(((Task.Ok<String>) good.yield(ofSeconds(2))).value());
    Task<String> bad =
            supervisor.asyncNolink(() -> {
                throw exit("broken");
            });
    out(((Task.Exited<String>) bad.yield(ofSeconds(2))).reason());
    Task<String> slow =
            supervisor.asyncNolink(() -> {
                sleepForever();
                return "";
            });
    out(slow.yield(ofMillis(10)) instanceof Task.Ok);
    out(slow.shutdown() instanceof Task.Ok);
    Pid boss = self();
    Pid owner =
            spawn(() -> {
                Task<String> linked =
                        Task.async(() -> {
                            throw exit("broken");
                        });
                linked.await();
                send(boss, "awaited");
            });
    Object reason = ended(owner);
    out(reason.equals(ExitReason.of("broken")) || reason.equals(ExitReason.NOPROC));
    out(mail());
}
