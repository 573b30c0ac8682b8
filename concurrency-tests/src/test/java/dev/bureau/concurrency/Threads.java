package dev.bureau.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

/// Runs a race on platform threads for a while and counts what came of it: a small jcstress without its JVMs, compilers
/// and processor affinities, for the build that everyone runs.
///
/// All threads go through the same row of fresh races and wait for each other at each, for a moment only: where there
/// are fewer cores than actors they would wait for somebody who cannot come.
final class Threads {
    private static final int ROW = 500;
    private static final int PATIENCE = 500;
    private static final int SHIFTS = 7;

    private final Class<?> type;
    private final int actors;
    private final CyclicBarrier start;
    private final CyclicBarrier done;
    private final List<Race<Object>> races = new ArrayList<>();
    private final List<Object> results = new ArrayList<>();
    private final AtomicIntegerArray arrived = new AtomicIntegerArray(ROW);
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private volatile boolean over;

    private Threads(Class<?> type) {
        this.type = type;
        this.actors = Races.actors(type);
        this.start = new CyclicBarrier(actors);
        this.done = new CyclicBarrier(actors);
    }

    /// How often each outcome came up in `nanos`.
    static Map<String, Integer> run(Class<?> type, long nanos) throws Exception {
        return new Threads(type).run(nanos);
    }

    private Map<String, Integer> run(long nanos) throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        List<Thread> others = new ArrayList<>();
        for (int actor = 1; actor < actors; actor++) {
            int number = actor;
            others.add(Thread.ofPlatform().daemon().name("race-" + actor).start(() -> act(number)));
        }
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end && failed.get() == null) {
            races.clear();
            results.clear();
            for (int i = 0; i < ROW; i++) {
                races.add(Races.newRace(type));
                results.add(Races.newResult(type));
            }
            for (int i = 0; i < ROW; i++) {
                arrived.set(i, 0);
            }
            start.await();
            walk(0);
            done.await();
            for (int i = 0; i < ROW; i++) {
                races.get(i).end(results.get(i));
                seen.merge(results.get(i).toString(), 1, Integer::sum);
            }
        }
        over = true;
        start.await();
        for (Thread other : others) {
            other.join();
        }
        if (failed.get() != null) {
            throw new AssertionError("an actor of " + Races.name(type) + " threw", failed.get());
        }
        return seen;
    }

    private void act(int actor) {
        try {
            while (true) {
                start.await();
                if (over) {
                    return;
                }
                walk(actor);
                done.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            failed.compareAndSet(null, e);
        }
    }

    private void walk(int actor) {
        SplittableRandom random = new SplittableRandom();
        try {
            for (int i = 0; i < ROW; i++) {
                Race<Object> race = races.get(i);
                Object result = results.get(i);
                int shift = random.nextInt(1 << random.nextInt(SHIFTS));
                arrived.incrementAndGet(i);
                for (int spin = 0; spin < PATIENCE && arrived.get(i) < actors; spin++) {
                    Thread.onSpinWait();
                }
                for (int delay = 0; delay < shift; delay++) {
                    Thread.onSpinWait();
                }
                switch (actor) {
                    case 0 -> race.first(result);
                    case 1 -> race.second(result);
                    default -> race.third(result);
                }
            }
        } catch (Throwable thrown) {
            failed.compareAndSet(null, thrown);
        }
    }
}
