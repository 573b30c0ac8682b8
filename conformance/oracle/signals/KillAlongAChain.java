import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;

record Chain(Pid pid) {}

static void link(Pid boss, int n) {
    send(boss, new Chain(self()));
    if (n == 0) {
        exit(receive());
    }
    spawnLink(() -> link(boss, n - 1));
    sleepForever();
}

static List<Spawned> chain(int n) {
    Pid boss = self();
    spawn(() -> link(boss, n));
    return IntStream.rangeClosed(0, n)
            .mapToObj(_ -> receive(Chain.class).pid())
            .map(pid -> new Spawned(pid, monitor(pid)))
            .toList();
}

static List<ExitReason> ends(List<Spawned> chain) {
    return chain.stream().map(each -> down(each.monitor())).toList();
}

void main() {
    List<Spawned> chain = chain(4);
    exit(chain.getLast().pid(), KILL);
    out(ends(chain));
    chain = chain(4);
    send(chain.getLast().pid(), KILL);
    out(ends(chain));
    chain = chain(4);
    exit(chain.get(2).pid(), KILL);
    out(ends(chain));
}
