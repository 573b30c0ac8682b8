// Processes are small: starts 100 000, or as many as you say, that sleep for ever, and prints
// what one costs. The figure is what the heap has grown by, stacks included, between two
// full collections.
//
//   ./bureau run examples/Sleepers.java 1000000

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

record Asleep() {}

long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
}

void main(String[] args) {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    var starter = self();
    int others = processes().size();
    long before = heapInUse();
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
        spawn(() -> {
            send(starter, new Asleep());
            sleepForever();
        });
    }
    for (int i = 0; i < count; i++) receive(Asleep.class);
    long millis = (System.nanoTime() - begun) / 1_000_000;
    long bytes = heapInUse() - before;
    int alive = processes().size() - others;
    IO.println("%,d processes alive, started in %,d ms".formatted(alive, millis));
    IO.println("%,d bytes a process, %,d MB in all".formatted(bytes / count, bytes >> 20));
}
