package dev.bureau.kernel.process;

import dev.bureau.scheduler.Timer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sleeping: waiting that messages do not end.
public final class Sleeping {
    private Sleeping() {}

    /// Sleeps for `time`, or for ever when it is null. Exit signals take effect meanwhile.
    public static void sleep(LocalProcess self, @Nullable Duration time) {
        self.enter();
        if (time == null) {
            while (true) {
                park(self);
            }
        }
        Alarm alarm = new Alarm(Thread.currentThread());
        self.node().clock().schedule(alarm, self.node().clock().after(time));
        try {
            while (alarm.isPending()) {
                park(self);
            }
        } finally {
            alarm.cancel();
        }
    }

    private static void park(LocalProcess self) {
        LockSupport.park(self);
        if (Thread.interrupted()) {
            self.interrupted();
        }
        self.enter();
    }

    private static final class Alarm extends Timer {
        private final Thread sleeper;

        Alarm(Thread sleeper) {
            this.sleeper = sleeper;
        }

        @Override
        protected void fire() {
            LockSupport.unpark(sleeper);
        }
    }
}
