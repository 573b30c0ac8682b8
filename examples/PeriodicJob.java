// A job that runs every 100 ms. A manager ticks, starts a worker for each run and monitors it: a
// run that fails or is killed is told and harms nothing, one that takes too long is not run twice
// at a time.
//
//   ./bureau run examples/PeriodicJob.java

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;

record Tick() {}

record Ended(int run, ExitReason reason) {}

interface Job {
    void run(int run) throws Exception;
}

record Runs(int count, Optional<Ref> now) {}

record Manager(Duration period, Job job, Pid boss) implements GenServer<Runs, Call<?>, Cast> {
    public Init<Runs> init() {
        sendInterval(self(), new Tick(), period);
        return ok(new Runs(0, Optional.empty()));
    }

    public Next<Runs> handleInfo(Object message, Runs runs) {
        return switch (message) {
            case Tick _ when runs.now().isEmpty() -> {
                int run = runs.count() + 1;
                var worker = spawnMonitor(() -> job.run(run));
                yield noReply(new Runs(run, Optional.of(worker.monitor())));
            }
            case Down(var worker, _, var reason) when runs.now().equals(Optional.of(worker)) -> {
                send(boss, new Ended(runs.count(), reason));
                yield noReply(new Runs(runs.count(), Optional.empty()));
            }
            default -> noReply(runs); // a tick while the last run is still at work
        };
    }
}

void report(int run) throws Exception {
    switch (run) {
        case 2 -> throw new IOException("no disk");
        case 3 -> exit(self(), KILL);
        case 4 -> sleep(ofMillis(250));
        default -> {}
    }
}

void main() {
    GenServer.startLink(new Manager(ofMillis(100), run -> report(run), self()));
    for (int i = 0; i < 5; i++) {
        var ended = receive(Ended.class);
        IO.println("run " + ended.run() + ": " + ExitReason.format(ended.reason()));
    }
}
