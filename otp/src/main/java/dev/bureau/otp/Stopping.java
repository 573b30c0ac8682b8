package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.otp.gen.SystemMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ending a behaviour and waiting for its end: `proc_lib:stop` (OTP G-27).
final class Stopping {
    private Stopping() {}

    static void stop(Destination server, ExitReason reason, @Nullable Duration limit) {
        if (server instanceof Pid pid && pid.equals(Bureau.self())) {
            throw new ExitException(failed(new ExitReason.CallingSelf(), server, limit));
        }
        Ref monitor = Bureau.monitor(server, MonitorOption.ALIAS_UNTIL_DEMONITOR);
        try {
            // Its end is the answer.
            From<SystemMessage.Answer<Boolean>> from = new From<>(Bureau.self(), monitor);
            Bureau.cast(server, new SystemMessage(from, new SystemMessage.Terminate(reason)));
            Down down = limit == null ? down(monitor) : Bureau.receive(monitor, Down.class, limit);
            if (!down.reason().equals(reason)) {
                throw new ExitException(failed(down.reason(), server, limit));
            }
        } catch (ReceiveTimeout late) {
            throw new ExitException(failed(ExitReason.TIMEOUT, server, limit));
        } finally {
            Bureau.demonitorFlush(monitor);
        }
    }

    private static Down down(Ref monitor) {
        return Bureau.receive(monitor, Down.class);
    }

    private static ExitReason failed(
            ExitReason reason, Destination server, @Nullable Duration limit) {
        return new ExitReason.CallFailed(reason, server, "stop", limit);
    }
}
