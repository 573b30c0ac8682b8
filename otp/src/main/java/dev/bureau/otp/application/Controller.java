package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.From;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.Init;
import dev.bureau.otp.Next;

/// The application controller of a node.
record Controller() implements GenServer<Applications, ControllerRequest<?>, Notice> {
    @Override
    public Init<Applications> init() {
        Bureau.trapExits(true);
        // It belongs to nobody, whoever was the first to need it.
        Bureau.groupLeader(Bureau.self(), Bureau.self());
        Current.process().node().beforeStop(Controllers.STOP_ALL);
        return ok(new Applications());
    }

    @Override
    public Next<Applications> handleCall(
            ControllerRequest<?> request, From<?> from, Applications applications) {
        applications.handle(request, from);
        return noReply(applications);
    }

    @Override
    public Next<Applications> handleCast(Notice notice, Applications applications) {
        switch (notice) {
            case Notice.Up(var master, var top) -> applications.up(master, top);
            case Notice.TimeUp(var master) -> applications.timeUp(master);
        }
        return noReply(applications);
    }

    @Override
    public Next<Applications> handleInfo(Object message, Applications applications) {
        if (message instanceof Exit(var from, var reason)) {
            // The node tells each to shut down in its own name.
            if (from.equals(Bureau.self())) return stop(reason, applications);
            applications.ended(from, reason);
        }
        return noReply(applications);
    }

    @Override
    public Object formatStatus(Applications applications) {
        return applications.infos();
    }
}
