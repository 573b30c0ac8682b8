import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

/// Ten thousand jobs, each of which wakes once a second and computes a little, on one scheduler; then somebody starts endless loops.
///
///     ./bureau run examples/Jobs.java --jobs 10000 --hogs 1 --schedulers 1 --seconds 15
///
/// A bar for each second shows how many of the jobs did their work in it. The loops start after a third of the time; the bars stay as
/// long as before. The last line is JSON: the worst second, in percent of the jobs.

record Options(int jobs, int hogs, int schedulers, int seconds) {}

record Done(int sum) {}

void main(String[] args) throws Exception {
    var options = parse(args);
    // A node of its own, with as many schedulers as were asked for. This process belongs to
    // another, so a thread takes part in it.
    var thread =
            Thread.ofPlatform()
                    .start(() -> {
                        try (Node node =
                                        Node.start(
                                                Node.options().schedulers(options.schedulers()));
                                Guest me = node.guest()) {
                            var boss = me.pid();
                            me.spawnMonitor(() -> send(boss, count(options)));
                            IO.println(receive());
                        }
                    });
    thread.join();
}

/// Counts what the jobs have done in each second, from the second on.
static String count(Options options) {
    var counter = self();
    // It computes too when it starts thousands of loops, and who counts must not wait for a turn
    // among them.
    priority(Priority.HIGH);
    for (int i = 0; i < options.jobs(); i++) {
        long offset = 1_000_000_000L * i / options.jobs();
        spawn(() -> work(counter, offset));
    }
    int worst = 100;
    receiveUntil(System.nanoTime() + 1_000_000_000L);
    long end = System.nanoTime();
    for (int second = 1; second <= options.seconds(); second++) {
        if (second == options.seconds() / 3 + 1) {
            IO.println("starting endless loops: " + options.hogs());
            for (int i = 0; i < options.hogs(); i++) {
                spawn(() -> burn());
            }
        }
        end += 1_000_000_000L;
        int percent = (int) (100L * receiveUntil(end) / options.jobs());
        worst = Math.min(worst, percent);
        IO.println("%3d s %4d %% %s".formatted(second, percent, "#".repeat(percent / 2)));
    }
    return """
    {"jobs": %d, "hogs": %d, "schedulers": %d, "seconds": %d, "worst_percent": %d}\
    """
            .formatted(
                    options.jobs(), options.hogs(), options.schedulers(), options.seconds(), worst);
}

/// A job: once a second, always at the same offset into it.
static void work(Pid counter, long offset) {
    long due = System.nanoTime() + offset;
    while (true) {
        sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        send(counter, new Done(IntStream.range(0, 100).sum()));
        due += 1_000_000_000L;
    }
}

static int receiveUntil(long end) {
    int done = 0;
    while (true) {
        long left = end - System.nanoTime();
        if (left <= 0 || poll(Done.class, Duration.ofNanos(left)).isEmpty()) {
            return done;
        }
        done++;
    }
}

static void burn() {
    long x = 1;
    while (true) {
        x = (x * 31 + 7) % 1_000_003;
    }
}

static Options parse(String[] args) {
    int jobs = 10_000;
    int hogs = 1;
    int schedulers = 1;
    int seconds = 15;
    for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
            case "--jobs" -> jobs = number(args, ++i);
            case "--hogs" -> hogs = number(args, ++i);
            case "--schedulers" -> schedulers = number(args, ++i);
            case "--seconds" -> seconds = number(args, ++i);
            default -> throw usage("no such option: " + args[i]);
        }
    }
    return new Options(Math.max(1, jobs), hogs, schedulers, seconds);
}

static int number(String[] args, int i) {
    if (i < args.length && args[i].matches("\\d{1,7}")) {
        return Integer.parseInt(args[i]);
    }
    throw usage("expected a number after " + args[i - 1]);
}

static RuntimeException usage(String problem) {
    System.err.println(problem);
    System.err.println("usage: Jobs.java [--jobs N] [--hogs N] [--schedulers S] [--seconds T]");
    System.exit(2);
    return new IllegalArgumentException(problem);
}
