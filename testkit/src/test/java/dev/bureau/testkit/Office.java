package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Exit;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import java.util.ArrayList;
import java.util.List;

/// A body that does a little of everything, in an order that the seed decides.
final class Office {
    private Office() {}

    record Ask(From<Integer> from) {}

    static void open() throws Exception {
        trapExits(true);
        Pid clerk =
                spawn(() -> {
                    while (true) {
                        reply(receive(Ask.class).from(), 42);
                    }
                });
        register("clerk", clerk);
        List<Spawned> visitors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            visitors.add(spawnMonitor(SpawnOptions.options().link(), () -> visit(clerk)));
        }
        Ref interval = sendInterval(self(), "tick", ofMillis(1));
        suspend(clerk);
        sendAfter(visitors.getFirst().pid(), "go", ofMillis(3));
        sleep(ofMillis(2));
        resume(clerk);
        exit(visitors.getLast().pid(), "enough");
        for (Spawned visitor : visitors) {
            observe(visitors.indexOf(visitor) + " " + awaitDown(visitor.monitor()));
            observe(assertReceive(Exit.class).from());
        }
        cancelTimer(interval);
        Thread helper = Thread.startVirtualThread(() -> observe2("helper"));
        helper.join();
        exit(clerk, KILL);
        observe(messages(self(), 100).size());
    }

    private static void observe2(String what) {
        Thread.yield();
        if (what.isEmpty()) {
            throw new IllegalStateException();
        }
    }

    private static void visit(Pid clerk) {
        int answer = call(clerk, Ask::new);
        link(clerk);
        poll(String.class, ofMillis(answer / 10));
        unlink(clerk);
    }
}
