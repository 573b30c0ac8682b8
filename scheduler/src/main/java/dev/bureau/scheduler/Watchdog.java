package dev.bureau.scheduler;

/// Looks after the carriers once a millisecond while they are busy.
///
/// It ends slices, samples who runs, hands on what lies in the slot of a lane whose fiber computes, and gives the lane
/// of a carrier that has not come back for ten ticks to a spare: so neither blocking file I/O, nor native code, nor a
/// loop that nobody wove can keep other work waiting.
final class Watchdog {
    /// A turn of this many ticks, with work waiting, makes the lane go to a spare.
    static final int STUCK_TICKS = 10;

    /// Ticks go on for this long after the last carrier went to sleep: waking the clock costs more than a few ticks.
    private static final int CALM_TICKS = 20;

    private static final System.Logger LOG = System.getLogger("dev.bureau.scheduler");

    private final CarrierScheduler scheduler;
    private int calm;
    private boolean warned;

    Watchdog(CarrierScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// One look at all carriers; false while none needs another.
    boolean tick() {
        boolean busy = false;
        for (Lane lane : scheduler.lanes()) {
            Carrier carrier = lane.carrier;
            if (carrier != null && !carrier.isParked()) {
                busy = true;
                look(lane, carrier);
            }
        }
        calm = busy ? 0 : Math.min(calm + 1, CALM_TICKS);
        return calm < CALM_TICKS;
    }

    private void look(Lane lane, Carrier carrier) {
        Schedulable current = carrier.current();
        if (current instanceof Fiber fiber) {
            fiber.tick(1);
        }
        boolean waiting = scheduler.hasWork(lane);
        int slices = carrier.slices();
        if (slices == carrier.slicesSeen) {
            if (waiting) {
                carrier.expire();
            }
        } else {
            carrier.slicesSeen = slices;
        }
        int turns = carrier.turns();
        if (current == null || turns != carrier.turnsSeen) {
            carrier.turnsSeen = turns;
            carrier.ticksOnTurn = 0;
            return;
        }
        carrier.ticksOnTurn++;
        if (!waiting) {
            return;
        }
        if (scheduler.hasIdleCarrier()) {
            scheduler.shareNext(lane);
            scheduler.wakeOne();
        } else if (carrier.ticksOnTurn >= STUCK_TICKS) {
            replace(lane, carrier);
        }
    }

    private void replace(Lane lane, Carrier carrier) {
        if (scheduler.spares().takeOver(lane, carrier)) {
            carrier.ticksOnTurn = 0;
        } else if (!warned) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "all {0} spare carriers are in use by code that does not come back; work of {1} waits",
                    Spares.MOST,
                    carrier.getName());
        }
    }
}
