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
        Alarm alarm = Alarm.after(self, time);
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

    /// Unparks a thread when its time is over.
    static final class Alarm extends Timer {
        private final Thread sleeper = Thread.currentThread();

        private Alarm() {}

        /// For the calling thread, which is that of `self`.
        static Alarm after(LocalProcess self, Duration time) {
            Alarm alarm = new Alarm();
            self.node().clock().schedule(alarm, self.node().clock().after(time));
            return alarm;
        }

        @Override
        protected void fire() {
            LockSupport.unpark(sleeper);
        }
    }
}
