package dev.bureau.otp;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Destination;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.ReceiveTimeout;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.LocalRef;
import dev.bureau.kernel.process.Routing;
import dev.bureau.otp.gen.Loop;
import dev.bureau.otp.gen.SystemMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ending a behaviour and waiting for its end: `proc_lib:stop` (OTP G-27).
final class Stopping {
    private Stopping() {}

    static void stop(Destination server, ExitReason reason, @Nullable Duration limit) {
        SystemMessage.Terminate request = new SystemMessage.Terminate(reason);
        LocalProcess self = Loop.process();
        if (Routing.find(self.node(), server) == self.pid()) {
            throw failed(new ExitReason.CallingSelf(), server, request, limit);
        }
        Ref monitor = Bureau.monitor(server);
        Calling.waits(self, (LocalRef) monitor);
        try {
            // Its end is the answer, so nobody replies.
            Bureau.cast(server, new SystemMessage(new From<>(self.pid(), monitor), request));
            Down down = limit == null ? down(monitor) : Bureau.receive(monitor, Down.class, limit);
            if (!down.reason().equals(reason)) {
                throw failed(down.reason(), server, request, limit);
            }
        } catch (ReceiveTimeout late) {
            throw failed(ExitReason.TIMEOUT, server, request, limit);
        } finally {
            Calling.waits(self, null);
            Bureau.demonitorFlush(monitor);
        }
    }

    private static Down down(Ref monitor) {
        return Bureau.receive(monitor, Down.class);
    }

    private static ExitException failed(
            ExitReason reason,
            Destination server,
            SystemMessage.Terminate request,
            @Nullable Duration limit) {
        return new ExitException(
                new ExitReason.CallFailed(reason, server, request, limit, Bureau.self()));
    }
}
