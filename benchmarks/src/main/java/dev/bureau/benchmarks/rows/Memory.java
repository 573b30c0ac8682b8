package dev.bureau.benchmarks.rows;

import static dev.bureau.kernel.Bureau.KILL;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.node;
import static dev.bureau.kernel.Bureau.ofMillis;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.send;
import static dev.bureau.kernel.Bureau.sleep;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.benchmarks.contest.Heap;
import dev.bureau.benchmarks.contest.Round;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;

/// Many processes, or servers, that have begun and wait for a message: what it takes to start one while all others stay, or how
/// much memory each has, with all that belongs to it.
record Memory(int processes, Kind kind, Measure measure) implements Round {
    enum Kind {
        PROCESS,
        SERVER
    }

    enum Measure {
        TIME,
        BYTES
    }

    private record Up() {}

    private static final Up UP = new Up();

    @Override
    public double run() {
        int othersAlive = node().processCount();
        Pid[] all = new Pid[processes];
        long usedBefore = measure == Measure.BYTES ? Heap.used() : 0;
        long start = System.nanoTime();
        switch (kind) {
            case PROCESS -> startProcesses(all);
            case SERVER -> startServers(all);
        }
        double figure =
                switch (measure) {
                    case TIME -> Round.nanosEach(start, processes);
                    case BYTES -> (Heap.used() - usedBefore) / (double) processes;
                };
        for (Pid pid : all) exit(pid, KILL);
        while (node().processCount() > othersAlive) sleep(ofMillis(1));
        return figure;
    }

    private static void startProcesses(Pid[] all) {
        Pid me = self();
        for (int i = 0; i < all.length; i++) {
            all[i] =
                    spawn(() -> {
                        send(me, UP);
                        receive(Up.class);
                    });
        }
        for (int i = 0; i < all.length; i++) receive(Up.class);
    }

    private static void startServers(Pid[] all) {
        for (int i = 0; i < all.length; i++) all[i] = GenServer.start(new Idle());
    }

    private record Idle() implements GenServer<Integer, Call<?>, Cast> {
        @Override
        public Init<Integer> init() {
            return ok(0);
        }
    }
}
