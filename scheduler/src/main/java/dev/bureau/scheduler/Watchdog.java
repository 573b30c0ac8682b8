package dev.bureau.scheduler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Looks after the carriers once in a tick while they are busy.
///
/// It ends slices, samples who runs, sees to it that who waits goes before who burns and that the background gets its
/// share, hands on what lies in the slot of a carrier whose fiber computes, and gives the lane of a carrier that has not
/// come back for ten ticks to a spare: so neither blocking file I/O, nor native code, nor a loop that nobody wove can
/// keep other work waiting.
final class Watchdog implements SystemClock.Ticking {
    /// A turn of this many ticks, with work waiting, makes the lane go to a spare.
    static final int STUCK_TICKS = 10;

    /// Who computes, and has not come back for this many ticks after his lane was given away, is not worth as much as those who do.
    private static final int LASTING_TICKS = 100;

    /// A lane that has run none of the background in this many ticks, though there is some, runs it for a slice.
    static final int SHARE_TICKS = 4;

    /// For how many ticks polls look closer for the sake of a carrier that does not answer: it runs code that nobody
    /// wove, and meanwhile all woven code of the others is slower. It is reminded each time it counts as stuck.
    private static final int DEAF_TICKS = 2;

    /// Ticks go on for this long after the last carrier went to sleep: waking the clock costs more than a few ticks.
    private static final int CALM_TICKS = 20;

    /// A carrier that has not slept for this many ticks is to rest for a moment, if other programs want a core.
    private static final int AWAKE_TICKS = 8;

    /// So many burn that it is a crowd when a round of whole slices for all takes this long.
    private static final long LONG_ROUND_NANOS = 1_000_000_000;

    /// How many slices a whole one makes in a crowd.
    private static final int CROWDED_PARTS = 4;

    private final CarrierScheduler scheduler;
    private final long slice;
    private final long tick;

    /// How many ticks a slice that is not timed lasts: it may have begun a moment before the first.
    private final int sliceTicks;

    /// Whose lane was given away and who has not come back.
    private final List<Carrier> away = new ArrayList<>();

    private final MachineLoad machine = new MachineLoad();
    private final Deputy deputy;

    /// In how many the time until the next tick is divided; the deputy reads it too.
    private volatile int parts = 1;

    private int calm;
    private boolean prompt;

    /// At this tick somebody waited for a carrier, and it ran somebody who computes.
    private boolean pressed;

    private boolean warned;
    private long lastTick;

    /// Both in nanoseconds.
    Watchdog(CarrierScheduler scheduler, long slice, long tick) {
        this.scheduler = scheduler;
        this.slice = slice;
        this.tick = tick;
        this.sliceTicks = (int) Math.max(1, slice / tick);
        this.deputy = new Deputy(scheduler.name() + "-deputy", tick, this::endOverdueSlices);
    }

    /// One look at all carriers; false while none needs another.
    @Override
    public boolean tick() {
        boolean busy = scheduler.enqueueDeferred();
        boolean background = !scheduler.shared().background().isEmpty();
        long now = System.nanoTime();
        // There are no ticks while all sleep: then the last one says nothing.
        long passed = Math.min(now - lastTick, 2 * tick);
        lastTick = now;
        pressed = false;
        parts = partsOfTick();
        deputy.clockLooks(now, Cores.current(), tick / parts);
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier != null && !carrier.isParked()) {
                busy = true;
                if (carrier.current() != null) {
                    lane.busyNanos += passed;
                }
                letRest(carrier);
                look(lane, carrier);
                share(lane, carrier, background);
            }
        }
        remindAway();
        if (pressed) {
            deputy.need(now);
        }
        calm = busy || !away.isEmpty() ? 0 : Math.min(calm + 1, CALM_TICKS);
        if (calm < CALM_TICKS) {
            return true;
        }
        deputy.clockRests();
        return false;
    }

    /// Deputy, when a tick is overdue: ends what has run since before the last look, or for a whole slice. Whether somebody waits.
    private boolean endOverdueSlices() {
        boolean waiting = false;
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier == null || carrier.current() == null || !scheduler.hasWork(carrier)) {
                continue;
            }
            waiting = true;
            // First: if it goes on to another meanwhile, that one has nothing to do with this.
            int slices = carrier.slices();
            boolean over =
                    carrier.meter().isTimed()
                            ? hasRunTimedSlice(carrier)
                            : slices == carrier.slicesSeen || slices == carrier.slicesOverdue;
            carrier.slicesOverdue = slices;
            if (over && !carrier.sliceExpired()) {
                carrier.endSlice(slices);
            }
        }
        return waiting;
    }

    Deputy deputy() {
        return deputy;
    }

    @Override
    public int parts() {
        return parts;
    }

    /// More than one in a crowd, when so many burn that a round of them takes long: shorter slices keep their shares even.
    private int partsOfTick() {
        long round = scheduler.shared().background().size() * slice / scheduler.parallelism();
        return round >= LONG_ROUND_NANOS && slice / CROWDED_PARTS < tick ? CROWDED_PARTS : 1;
    }

    /// It ends slices in the background, but those that are guaranteed.
    @Override
    public void betweenParts() {
        deputy.clockLooks(System.nanoTime(), Cores.current(), tick / parts);
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier == null) {
                continue;
            }
            // First: if it goes on to another meanwhile, that one has nothing to do with this.
            int slices = carrier.slices();
            if (carrier.meter().isTimed()
                    && !carrier.isGuaranteed()
                    && hasRunTimedSlice(carrier)
                    && !carrier.sliceExpired()) {
                carrier.endSlice(slices);
            }
        }
    }

    @Override
    public void stopped() {
        machine.close();
    }

    /// Half a tick early is nearer to a whole slice than half a tick late. By the wall clock: what a process has run is counted by CPU
    /// time all the same.
    private boolean hasRunTimedSlice(Carrier carrier) {
        long enough = slice - tick / 2;
        return carrier.meter().timedNanos() >= (carrier.isGuaranteed() ? enough : enough / parts);
    }

    private void look(Lane lane, Carrier carrier) {
        Schedulable current = carrier.current();
        boolean timed = carrier.meter().isTimed();
        int ran = ranSinceLastTick(carrier);
        if (current instanceof Fiber fiber && !timed) {
            fiber.addCpuNanos(ran * tick);
        }
        boolean waiting = scheduler.hasWork(carrier);
        if (waiting && !prompt) {
            prompt = Promptness.ask() != Promptness.Answer.LATER;
        }
        int slices = carrier.slices();
        if (slices != carrier.slicesSeen) {
            carrier.slicesSeen = slices;
            // The one after a slice that was ended at the last tick has lasted since.
            carrier.ticksInSlice = slices == carrier.slicesEnded + 1 ? ran : 0;
        } else {
            carrier.ticksInSlice += ran;
        }
        carrier.cpuSeen = waiting && !timed ? CpuTime.of(carrier) : 0;
        if (waiting && current != null) {
            if (isSliceOver(carrier)) {
                carrier.slicesEnded = slices;
                carrier.endSlice(slices);
            } else if (carrier.givesWayTo(Rank.NORMAL) && scheduler.hasForeground(carrier)) {
                carrier.giveWay(Rank.NORMAL);
            }
        }
        int turns = carrier.turns();
        pressed |= waiting && (timed || (current != null && turns == carrier.turnsSeen));
        if (current == null || turns != carrier.turnsSeen) {
            carrier.turnsSeen = turns;
            carrier.ticksOnTurn = 0;
            carrier.ticksRaised = 0;
            carrier.cpuRaised = 0;
            return;
        }
        carrier.ticksOnTurn++;
        remind(carrier, current);
        if (!waiting) {
            return;
        }
        if (scheduler.hasIdleCarrier()) {
            scheduler.shareNext(carrier);
            scheduler.wakeOne();
        } else if (carrier.ticksOnTurn >= STUCK_TICKS || carrier.isLeaving()) {
            replace(lane, carrier);
        }
    }

    /// 1, or 0 if the system ran others on its core instead: nobody has used up a slice that he was not given.
    private int ranSinceLastTick(Carrier carrier) {
        long before = carrier.cpuSeen;
        return before > 0 && CpuTime.of(carrier) - before < tick / 2 ? 0 : 1;
    }

    /// 1, or 0 if the system ran others on its core instead: who does not run is not deaf, and answers first thing when he does.
    private int ranSinceRaised(Carrier carrier) {
        long before = carrier.cpuRaised;
        long now = CpuTime.of(carrier);
        carrier.cpuRaised = now;
        return before > 0 && now - before < tick / 2 ? 0 : 1;
    }

    private boolean isSliceOver(Carrier carrier) {
        return carrier.meter().isTimed()
                ? hasRunTimedSlice(carrier)
                : carrier.ticksInSlice >= sliceTicks;
    }

    /// A carrier whose lane was given away may run woven code after all: it was the system that kept it from running, or
    /// its loop has left the code that nobody wove. It may also have finished that very moment, with the next already in its
    /// hands: so it is looked after until it is home.
    private void remindAway() {
        for (Iterator<Carrier> each = away.iterator(); each.hasNext(); ) {
            Carrier carrier = each.next();
            scheduler.shareNext(carrier);
            Schedulable current = carrier.current();
            if (!carrier.isAway()) {
                each.remove();
                carrier.lower();
            } else if (current != null) {
                carrier.meter().beginAway();
                if (++carrier.ticksOnTurn % STUCK_TICKS == 0) {
                    // Also one that had just begun another slice when its lane was given away.
                    carrier.endSlice(carrier.slices());
                    if (current instanceof Fiber fiber) {
                        carrier.meter().calibrate(fiber);
                    }
                    if (carrier.ticksOnTurn >= LASTING_TICKS) {
                        carrier.demote();
                    }
                }
                remind(carrier, current);
            }
        }
    }

    private void remind(Carrier carrier, Schedulable current) {
        if (carrier.isRaised()) {
            carrier.ticksRaised += ranSinceRaised(carrier);
            if (carrier.ticksRaised > DEAF_TICKS) {
                carrier.ticksRaised = 0;
                carrier.cpuRaised = 0;
                carrier.lower();
            }
            return;
        }
        carrier.ticksRaised = 0;
        carrier.cpuRaised = 0;
        if (carrier.ticksOnTurn % STUCK_TICKS == 0
                && (carrier.sliceExpired() || current.isUrged())) {
            carrier.raise();
        }
    }

    /// Linux may forget what is due to the other programs on a core while a thread that computes stays there and another, such as the
    /// clock, wakes every millisecond: see docs/adr/0021-other-programs.md.
    private void letRest(Carrier carrier) {
        int sleeps = carrier.sleeps();
        if (sleeps != carrier.sleepsSeen) {
            carrier.sleepsSeen = sleeps;
            carrier.ticksAwake = 0;
        } else if (++carrier.ticksAwake >= AWAKE_TICKS) {
            carrier.ticksAwake = 0;
            if (othersWait()) {
                carrier.restDue();
            }
        }
    }

    /// Whether more threads of the machine want to run than this one and the carriers.
    private boolean othersWait() {
        int ours = 1 + away.size();
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier != null && !carrier.isParked()) {
                ours++;
            }
        }
        return machine.runnableThreads() > ours;
    }

    private static void share(Lane lane, Carrier carrier, boolean background) {
        if (!background || carrier.runsBackground()) {
            lane.ticksWithoutBackground = 0;
        } else if (++lane.ticksWithoutBackground >= SHARE_TICKS) {
            lane.ticksWithoutBackground = 0;
            lane.backgroundDue();
        }
    }

    private void warn(String carrier) {
        int spares = scheduler.spares().count();
        String why =
                spares < Spares.MOST
                        ? "the system gives no thread beyond " + spares + " spare carriers"
                        : "all "
                                + spares
                                + " spare carriers are in use by code that does not come back";
        SystemLog.warning(why + "; work of " + carrier + " waits");
    }

    private void replace(Lane lane, Carrier carrier) {
        if (scheduler.spares().takeOver(lane, carrier)) {
            carrier.ticksOnTurn = 0;
            away.add(carrier);
            scheduler.shareNext(carrier);
        } else if (!warned) {
            warned = true;
            warn(carrier.getName());
        }
    }
}
