import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

/// Endless loops, and a process that wants to run every ten milliseconds.
///
///     ./bureau run examples/FairScheduler.java --hogs 10000 --schedulers 2 --seconds 20
///
/// Who waits is served before who burns, so the ticker is hardly late however many loops there are, and all loops get the same share.
/// With `--unwoven` the loops are inside the JDK, where Bureau has put no yield points.
/// The last line is JSON: how late the ticker was, in microseconds, and the least and the most that a loop has got of one core; between
/// `p1_share` and `p99_share` lie 98 of 100 loops.

record Options(int hogs, int schedulers, int seconds, boolean unwoven) {}

record Shares(double least, double p1, double p99, double most) {}

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
                            me.spawnMonitor(() -> send(boss, measure(options)));
                            IO.println(receive());
                        }
                    });
    thread.join();
}

static String measure(Options options) {
    IO.println(
            "starting "
                    + options.hogs()
                    + " endless loops on "
                    + options.schedulers()
                    + " schedulers ...");
    var hogs = new ArrayList<Pid>();
    // What computes, as this does, shares with all loops that run; with ten thousand of them it
    // would get a turn in a second or more.
    priority(Priority.HIGH);
    for (int i = 0; i < options.hogs(); i++) {
        hogs.add(options.unwoven() ? spawn(() -> burnInTheJdk()) : spawn(() -> burn()));
    }
    // What is measured is how they share, not how they start.
    if (options.unwoven()) sleep(ofSeconds(1));
    else awaitTurns(hogs);
    long start = System.nanoTime();
    var before = cpuTimes(hogs);
    priority(Priority.NORMAL);
    long[] late = tick(options.seconds());
    priority(Priority.HIGH);
    var shares = shares(before, cpuTimes(hogs), System.nanoTime() - start);
    return """
    {"hogs": %d, "schedulers": %d, "seconds": %d, "woven": %s, "ticks": %d, "p50": %d, "p99": %d, "max": %d, \
    "least_share": %.6f, "p1_share": %.6f, "p99_share": %.6f, "most_share": %.6f}\
    """
            .formatted(
                    options.hogs(),
                    options.schedulers(),
                    options.seconds(),
                    !options.unwoven(),
                    late.length,
                    percentile(late, 50),
                    percentile(late, 99),
                    percentile(late, 100),
                    shares.least(),
                    shares.p1(),
                    shares.p99(),
                    shares.most());
}

/// Until each has had three turns; for twenty seconds at most.
static void awaitTurns(List<Pid> hogs) {
    long start = System.nanoTime();
    do {
        sleep(ofMillis(500));
    } while (hogs.stream().anyMatch(hog -> info(hog).orElseThrow().slices() < 3)
            && System.nanoTime() - start < 20_000_000_000L);
}

/// Sleeps ten milliseconds, again and again; by how many microseconds each sleep was too long.
static long[] tick(int seconds) {
    // Who computed until now is among those who burn, until it has waited.
    sleep(ofMillis(10));
    var late = LongStream.builder();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
        long due = System.nanoTime() + 10_000_000;
        sleep(ofMillis(10));
        late.add((System.nanoTime() - due) / 1_000);
    }
    return late.build().sorted().toArray();
}

static void burn() {
    long x = 1;
    while (true) {
        x = (x * 31 + 7) % 1_000_003;
    }
}

/// A loop of the JDK over methods of the JDK: no code of ours runs in it.
static void burnInTheJdk() {
    LongStream.iterate(1, Math::negateExact).sum();
}

static long percentile(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
}

static List<Duration> cpuTimes(List<Pid> pids) {
    return pids.stream().map(pid -> info(pid).orElseThrow().cpuTime()).toList();
}

static Shares shares(List<Duration> before, List<Duration> after, long nanos) {
    var ran =
            IntStream.range(0, before.size())
                    .mapToLong(i -> after.get(i).minus(before.get(i)).toNanos())
                    .sorted()
                    .toArray();
    if (ran.length == 0) return new Shares(0, 0, 0, 0);
    double all = nanos;
    return new Shares(
            ran[0] / all,
            percentile(ran, 1) / all,
            percentile(ran, 99) / all,
            ran[ran.length - 1] / all);
}

static Options parse(String[] args) {
    int hogs = 10_000;
    int schedulers = 2;
    int seconds = 20;
    boolean unwoven = false;
    for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
            case "--hogs" -> hogs = number(args, ++i);
            case "--schedulers" -> schedulers = number(args, ++i);
            case "--seconds" -> seconds = number(args, ++i);
            case "--unwoven" -> unwoven = true;
            default -> throw usage("no such option: " + args[i]);
        }
    }
    return new Options(hogs, schedulers, seconds, unwoven);
}

static int number(String[] args, int i) {
    if (i < args.length && args[i].matches("\\d{1,7}")) {
        return Integer.parseInt(args[i]);
    }
    throw usage("expected a number after " + args[i - 1]);
}

static RuntimeException usage(String problem) {
    System.err.println(problem);
    System.err.println(
            "usage: FairScheduler.java [--hogs N] [--schedulers S] [--seconds T] [--unwoven]");
    System.exit(2);
    return new IllegalArgumentException(problem);
}
