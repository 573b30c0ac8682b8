package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Name;
import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.Optional;

/// A timer that fires once. It leaves it to that moment who has a name (OTP TM-08).
final class OneShot extends TimerRef {
    private final Timer shot = new Shot();

    OneShot(LocalProcess maker, Destination to, Object message, boolean wrapped) {
        super(maker, to, message, wrapped);
    }

    void start(long deadline) {
        schedule(shot, deadline);
    }

    @Override
    public Optional<Duration> cancel() {
        Optional<Duration> left = left();
        home().scheduler().interleave();
        return shot.cancel() ? left : Optional.empty();
    }

    @Override
    public Optional<Duration> left() {
        LocalPid target = addressee();
        boolean over = !shot.isPending() || (target != null && isGone(target));
        return over ? Optional.empty() : Optional.of(until(shot));
    }

    private void deliverToName() {
        deliver(null);
    }

    private final class Shot extends Timer {
        @Override
        protected void fire() {
            if (destination() instanceof Name.Via) {
                // A registrar is somebody's code: it may block, and the clock must not.
                courier(OneShot.this::deliverToName);
            } else {
                deliver(addressee());
            }
        }
    }
}
