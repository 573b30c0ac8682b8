// A reporter for each job tells how it ended: done, failed or killed. The job cannot prevent that,
// and needs no code for it: the reporter is linked to it and traps exits.
//
//   ./bureau run examples/Reporter.java

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record Ended(Exit exit) {}

Pid report(String name, Body job) {
    return spawn(() -> {
        trapExits(Ended::new);
        var worker = spawnLink(job);
        var ended = receive(Ended.class, end -> end.exit().from().equals(worker));
        IO.println(
                switch (ended.exit().reason()) {
                    case ExitReason.Normal _ -> name + ": done";
                    case ExitReason.Killed _ -> name + ": killed";
                    case ExitReason why -> name + ": failed, " + ExitReason.format(why);
                });
    });
}

void await(Pid reporter) {
    receive(monitor(reporter), Down.class);
}

void main() {
    var me = self();
    await(report("sum", () -> LongStream.rangeClosed(1, 1_000).sum()));
    await(report("bad", () -> exit("no disk")));
    var reporter =
            report(
                    "long",
                    () -> {
                        send(me, self());
                        sleepForever();
                    });
    exit(receive(Pid.class), KILL);
    await(reporter);
}
