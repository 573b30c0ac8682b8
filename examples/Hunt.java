// Ten thousand jobs on one scheduler, until somebody starts an endless loop: find it from another
// terminal, as docs/guide/hunt.md tells.
//
//   ./bureau run --name hunt --schedulers 1 examples/Hunt.java
//   ./bureau attach hunt
//
// After the file may stand --jobs N, how many, and --seconds N, for how long.

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record Done(long at, int sum) {}

record Numbers(int jobs, int seconds) {}

void main(String[] args) {
    var numbers = parse(args);
    var counter = self();
    long begin = monotonicTime();
    for (int job = 0; job < numbers.jobs(); job++) {
        long due = begin + 1_000_000_000L + 1_000_000_000L * job / numbers.jobs();
        spawn(() -> work(counter, due));
    }
    spawn(SpawnOptions.options().label("price calculation"), () -> calculate());
    IO.println("%,d jobs, each once a second".formatted(numbers.jobs()));
    int[] done =
            new int[numbers.seconds() + 4]; // in each second; the first is for getting under way
    int worst = 100;
    for (int second = 1; second <= numbers.seconds(); second++) {
        // a second later, when all have said so, however busy it is
        countUntil(begin + (second + 3) * 1_000_000_000L, begin, done);
        int percent = (int) (100L * done[second + 1] / numbers.jobs());
        worst = Math.min(worst, percent);
        IO.println("%4d s %4d %% %s".formatted(second, percent, "#".repeat(percent / 2)));
    }
    IO.println("worst second: " + worst + " %");
}

/// A job: wakes once a second, computes a little, and says so.
void work(Pid counter, long due) {
    for (long next = due; ; next += 1_000_000_000L) {
        sendAt(self(), "go on", next);
        receive(String.class);
        int sum = IntStream.range(0, 100).sum();
        send(counter, new Done(monotonicTime(), sum));
    }
}

/// Counts what is done by the second in which it was.
void countUntil(long end, long begin, int[] done) {
    for (long left = end - monotonicTime(); left > 0; left = end - monotonicTime()) {
        var next = poll(Done.class, Duration.ofNanos(left));
        if (next.isPresent()) done[(int) ((next.get().at() - begin) / 1_000_000_000L)]++;
    }
}

/// Prices, until a case that nobody has thought of: after three seconds the loop has no end.
void calculate() {
    sleep(ofSeconds(3));
    long price = 1;
    while (price != 0) price = next(price);
    IO.println(price);
}

long next(long price) {
    long rest = price;
    for (int i = 0; i < 1_000; i++) rest = (rest * 31 + 7) % 1_000_003;
    return 1 + rest;
}

Numbers parse(String[] args) {
    int jobs = 10_000;
    int seconds = 3_600;
    for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length || !args[i + 1].matches("[1-9]\\d{0,6}")) throw usage(args[i]);
        int number = Integer.parseInt(args[i + 1]);
        switch (args[i]) {
            case "--jobs" -> jobs = number;
            case "--seconds" -> seconds = number;
            default -> throw usage(args[i]);
        }
    }
    return new Numbers(jobs, seconds);
}

RuntimeException usage(String got) {
    System.err.println("expected --jobs N or --seconds N, got: " + got);
    System.exit(2);
    throw new AssertionError();
}
