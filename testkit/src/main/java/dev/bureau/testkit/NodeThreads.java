package dev.bureau.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The threads of a node, which have its name.
record NodeThreads(String name) {
    private static final long END_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// Those of a stopped node that are still there after a while; none, if all is well.
    List<String> awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + END_WITHIN_NANOS;
        List<String> left = alive();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1);
            left = alive();
        }
        return left;
    }

    private List<String> alive() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] all = new Thread[group.activeCount() + 16];
        int count = group.enumerate(all);
        List<String> own = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (all[i].getName().startsWith(name + "-")) own.add(all[i].getName());
        }
        return own;
    }
}
