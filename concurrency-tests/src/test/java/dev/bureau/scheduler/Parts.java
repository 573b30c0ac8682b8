package dev.bureau.scheduler;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sun.reflect.ReflectionFactory;

/// The scheduler taken apart: its classes with their fields, and no threads. The actors of a race are the carriers.
final class Parts {
    static final VarHandle STATE;
    static final VarHandle CHANGES;
    static final VarHandle HOLDS;
    static final VarHandle REST;
    static final VarHandle PARKED;
    static final VarHandle CURRENT;
    static final VarHandle WAKE_AT;
    static final VarHandle TICKS;
    private static final VarHandle IDLE;
    private static final VarHandle SEARCHING;
    private static final VarHandle WHEEL;
    private static final VarHandle SPARES;
    private static final VarHandle TAIL;
    private static final VarHandle TURNS;
    private static final VarHandle CELLS;
    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(int[].class);

    private static final Insert INSERT;
    private static final Pick PICK;
    private static final Sleep SLEEP;
    private static final Dispatch DISPATCH;
    private static final EnqueueNext ENQUEUE_NEXT;
    private static final Constructor<?> NEW_SCHEDULER;
    private static final SystemClock CLOCK =
            new SystemClock("races", SystemClock.MOST_TICK_NANOS, () -> false);

    static {
        try {
            MethodHandles.Lookup here = MethodHandles.lookup();
            MethodHandles.Lookup wheel = MethodHandles.privateLookupIn(TimerWheel.class, here);
            MethodHandles.Lookup carrier = MethodHandles.privateLookupIn(Carrier.class, here);
            MethodHandles.Lookup scheduler =
                    MethodHandles.privateLookupIn(CarrierScheduler.class, here);
            STATE =
                    MethodHandles.privateLookupIn(Timer.class, here)
                            .findVarHandle(Timer.class, "state", int.class);
            CHANGES = wheel.findVarHandle(TimerWheel.class, "changes", Timer.class);
            MethodHandles.Lookup fiber = MethodHandles.privateLookupIn(Fiber.class, here);
            HOLDS = fiber.findVarHandle(Fiber.class, "holds", int.class);
            REST = fiber.findVarHandle(Fiber.class, "rest", int.class);
            PARKED = carrier.findVarHandle(Carrier.class, "parked", boolean.class);
            CURRENT = carrier.findVarHandle(Carrier.class, "current", Schedulable.class);
            MethodHandles.Lookup clock = MethodHandles.privateLookupIn(SystemClock.class, here);
            MethodHandles.Lookup queue = MethodHandles.privateLookupIn(RunQueue.class, here);
            WAKE_AT = clock.findVarHandle(SystemClock.class, "wakeAt", long.class);
            TICKS = clock.findVarHandle(SystemClock.class, "ticks", boolean.class);
            WHEEL = clock.findVarHandle(SystemClock.class, "wheel", TimerWheel.class);
            TAIL = queue.findVarHandle(RunQueue.class, "tail", int.class);
            TURNS = queue.findVarHandle(RunQueue.class, "turns", int[].class);
            CELLS = queue.findVarHandle(RunQueue.class, "cells", Schedulable[].class);
            SPARES =
                    MethodHandles.privateLookupIn(Spares.class, here)
                            .findVarHandle(Spares.class, "waiting", ConcurrentLinkedDeque.class);
            IDLE = scheduler.findVarHandle(CarrierScheduler.class, "idle", AtomicInteger.class);
            SEARCHING =
                    scheduler.findVarHandle(
                            CarrierScheduler.class, "searching", AtomicInteger.class);
            INSERT = method(wheel, Insert.class, "insert");
            PICK = method(carrier, Pick.class, "pick");
            SLEEP = method(carrier, Sleep.class, "sleep");
            DISPATCH = method(carrier, Dispatch.class, "dispatch");
            ENQUEUE_NEXT = method(scheduler, EnqueueNext.class, "enqueueNext");
            NEW_SCHEDULER =
                    ReflectionFactory.getReflectionFactory()
                            .newConstructorForSerialization(
                                    CarrierScheduler.class, Object.class.getConstructor());
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
        // It loads in a thread of its own, which a model must not meet in one run and miss in the
        // next.
        while (CpuTime.ofCurrentThread() == 0) {
            Thread.onSpinWait();
        }
    }

    private Parts() {}

    private interface Insert {
        void call(TimerWheel wheel, Timer timer, long earliest);
    }

    private interface Pick {
        @Nullable Schedulable call(Carrier carrier);
    }

    private interface Sleep {
        boolean call(Carrier carrier);
    }

    private interface Dispatch {
        void call(Carrier carrier, Schedulable ready);
    }

    private interface EnqueueNext {
        void call(CarrierScheduler scheduler, Carrier waker, Schedulable ready);
    }

    /// A private method, through a lambda made beside it. A method handle would hide it from the model: until the JDK has
    /// customized that, after 127 calls, Lincheck takes all that it does for one step, and sees no interleaving within.
    private static <T> T method(MethodHandles.Lookup inside, Class<T> as, String name)
            throws Throwable {
        MethodType type =
                MethodHandles.lookup()
                        .unreflect(as.getDeclaredMethods()[0])
                        .type()
                        .dropParameterTypes(0, 1);
        MethodHandle method =
                inside.findVirtual(inside.lookupClass(), name, type.dropParameterTypes(0, 1));
        return as.cast(
                LambdaMetafactory.metafactory(
                                inside, "call", MethodType.methodType(as), type, method, type)
                        .getTarget()
                        .invoke());
    }

    /// A scheduler with lanes and carriers that do not run. It is stopped, so `sleep` returns where a carrier would park.
    static CarrierScheduler scheduler(int carriers) {
        try {
            CarrierScheduler scheduler = (CarrierScheduler) NEW_SCHEDULER.newInstance();
            Lane[] lanes = new Lane[carriers];
            set(scheduler, "name", "races");
            set(scheduler, "lanes", lanes);
            set(scheduler, "shared", new SharedQueues(1_000_000));
            set(scheduler, "deferred", new ConcurrentLinkedQueue<>());
            set(scheduler, "spares", new Spares(scheduler));
            set(scheduler, "clock", CLOCK);
            set(scheduler, "deputy", new Deputy("races", 1_000_000, () -> false));
            set(scheduler, "idle", new AtomicInteger());
            set(scheduler, "searching", new AtomicInteger());
            set(scheduler, "yielders", new AtomicInteger());
            set(scheduler, "stopped", true);
            for (int i = 0; i < carriers; i++) {
                lanes[i] = new Lane();
                lanes[i].carrier = new Carrier(scheduler, lanes[i], "carrier");
            }
            return scheduler;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot take the scheduler apart", e);
        }
    }

    private static final ClassValue<Map<String, Field>> FIELDS =
            new ClassValue<>() {
                @Override
                protected Map<String, Field> computeValue(Class<?> type) {
                    Map<String, Field> all = new HashMap<>();
                    for (Field field : type.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())) {
                            field.setAccessible(true);
                            all.put(field.getName(), field);
                        }
                    }
                    return all;
                }
            };

    static void set(Object object, String name, Object value) throws ReflectiveOperationException {
        Field field = FIELDS.get(object.getClass()).get(name);
        if (field != null) {
            field.set(object, value);
        }
    }

    static Carrier carrier(CarrierScheduler scheduler, int lane) {
        Carrier carrier = scheduler.lanes()[lane].carrier;
        if (carrier == null) {
            throw new IllegalStateException("lane " + lane + " has no carrier");
        }
        return carrier;
    }

    static Schedulable work() {
        return new Helper(() -> {});
    }

    static @Nullable Schedulable pick(Carrier carrier) {
        return PICK.call(carrier);
    }

    static boolean sleep(Carrier carrier) {
        return SLEEP.call(carrier);
    }

    static void dispatch(Carrier carrier, Schedulable ready) {
        DISPATCH.call(carrier, ready);
    }

    static void enqueueNext(CarrierScheduler scheduler, Carrier waker, Schedulable ready) {
        ENQUEUE_NEXT.call(scheduler, waker, ready);
    }

    static void insert(TimerWheel wheel, Timer timer, long earliest) {
        INSERT.call(wheel, timer, earliest);
    }

    static int idle(CarrierScheduler scheduler) {
        return ((AtomicInteger) IDLE.get(scheduler)).get();
    }

    static int searching(CarrierScheduler scheduler) {
        return ((AtomicInteger) SEARCHING.get(scheduler)).get();
    }

    static TimerWheel wheel(SystemClock clock) {
        return (TimerWheel) WHEEL.get(clock);
    }

    /// Puts a carrier without a lane on the list of spares; `last` is the lane that it has lost.
    @SuppressWarnings("unchecked")
    static Carrier addSpare(CarrierScheduler scheduler, Lane last) {
        Carrier spare = new Carrier(scheduler, last, "spare");
        ((ConcurrentLinkedDeque<Carrier>) SPARES.get(scheduler.spares())).add(spare);
        return spare;
    }

    /// RunQueue.offer with its last two writes exchanged, for a queue that nobody else offers to.
    static void offerTurnFirst(RunQueue queue, Schedulable item) {
        int position = (int) TAIL.getAndAdd(queue, 1);
        int cell = position & (RunQueue.CAPACITY - 1);
        TURN.setRelease((int[]) TURNS.get(queue), cell, position + 1);
        ((Schedulable[]) CELLS.get(queue))[cell] = item;
    }

    /// What a carrier does between two fibers, a few times or until it sleeps: as Carrier.serve, but with one look around
    /// in place of ten microseconds of them, and what it finds is not run. How much it found.
    static int serve(CarrierScheduler scheduler, Carrier carrier, int rounds) {
        int found = 0;
        boolean searching = false;
        int[] ends = new int[scheduler.parallelism()];
        for (int round = 0; round < rounds; round++) {
            Schedulable ready = pick(carrier);
            if (ready == null) {
                if (!searching) {
                    searching = true;
                    scheduler.searchBegins();
                }
                scheduler.noteEnds(ends);
                ready = scheduler.steal(carrier.lane(), ends);
                if (ready == null) {
                    ready = pick(carrier);
                }
            }
            if (searching) {
                searching = false;
                scheduler.searchEnds(ready != null);
            }
            if (ready != null) {
                found++;
            } else {
                searching = sleep(carrier);
                if (carrier.isParked()) {
                    return found;
                }
            }
        }
        return found;
    }

    /// Whether nobody will look at work that lies there: all sleep.
    static boolean isLost(CarrierScheduler scheduler) {
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier != null && !carrier.isParked()) {
                return false;
            }
        }
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier != null && scheduler.hasWork(carrier)) {
                return true;
            }
        }
        return false;
    }
}
