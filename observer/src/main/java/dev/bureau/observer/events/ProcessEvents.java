package dev.bureau.observer.events;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/// The events of JDK Flight Recorder that [FlightEvents] writes.
///
/// | event | when | unless the settings say otherwise |
/// |---|---|---|
/// | `dev.bureau.Processes` | each second: how many processes there are and were, how many restarts | on |
/// | `dev.bureau.Restart` | a supervisor starts a child again | on |
/// | `dev.bureau.LongMailbox` | each second, of a process with 1 000 messages or more that it has not taken; of 100 processes at most | on |
/// | `dev.bureau.CarrierAway` | each second, of a carrier that has not come back, so a spare does its work, or is pinned by what it runs | on |
/// | `dev.bureau.SlowHandler` | a behaviour has handled a message for 20 ms or more | off |
/// | `dev.bureau.ProcessStart` | a process starts | off |
/// | `dev.bureau.ProcessEnd` | a process has ended | off |
///
/// Those that are off have all processes traced while they are on. To have them:
/// `jcmd PID JFR.start dev.bureau.SlowHandler#enabled=true dev.bureau.ProcessEnd#enabled=true`
public final class ProcessEvents {
    static final List<Class<? extends Event>> ALL =
            List.of(
                    Processes.class,
                    Restart.class,
                    LongMailbox.class,
                    CarrierAway.class,
                    SlowHandler.class,
                    ProcessStart.class,
                    ProcessEnd.class);

    private ProcessEvents() {}

    /// How many processes there are.
    @Name("dev.bureau.Processes")
    @Label("Processes")
    @Category("Bureau")
    @Period("1 s")
    @StackTrace(false)
    static final class Processes extends Event {
        @Label("Node")
        String node = "";

        @Label("Alive")
        int count;

        @Label("Spawned So Far")
        long spawned;

        @Label("Restarts So Far")
        long restarts;
    }

    /// A supervisor starts a child again.
    @Name("dev.bureau.Restart")
    @Label("Restart")
    @Category("Bureau")
    @StackTrace(false)
    static final class Restart extends Event {
        @Label("Supervisor")
        String supervisor = "";

        @Label("Child")
        String child = "";

        @Label("Reason")
        String reason = "";
    }

    /// A process has many messages that it has not taken.
    @Name("dev.bureau.LongMailbox")
    @Label("Long Mailbox")
    @Category("Bureau")
    @Period("1 s")
    @StackTrace(false)
    static final class LongMailbox extends Event {
        static final int LEAST = 1_000;

        @Label("Process")
        String process = "";

        @Label("Name")
        String name = "";

        @Label("Messages")
        int messages;
    }

    /// A carrier has not come back from what it runs, or cannot leave it.
    @Name("dev.bureau.CarrierAway")
    @Label("Carrier Away")
    @Category("Bureau")
    @Period("1 s")
    @StackTrace(false)
    static final class CarrierAway extends Event {
        @Label("Carrier")
        String carrier = "";

        @Label("Process")
        String process = "";

        @Label("Pinned")
        boolean pinned;

        @Label("Away For")
        @Timespan(Timespan.NANOSECONDS)
        long away;
    }

    /// A message was handled for long.
    @Name("dev.bureau.SlowHandler")
    @Label("Slow Handler")
    @Category("Bureau")
    @Enabled(false)
    @Threshold("20 ms")
    @StackTrace(false)
    static final class SlowHandler extends Event {
        @Label("Process")
        String process = "";

        @Label("Module")
        String module = "";

        @Label("Message")
        @Description("Its class")
        String message = "";
    }

    /// A process starts.
    @Name("dev.bureau.ProcessStart")
    @Label("Process Start")
    @Category("Bureau")
    @Enabled(false)
    @StackTrace(false)
    static final class ProcessStart extends Event {
        @Label("Process")
        String process = "";

        @Label("Parent")
        String parent = "";

        @Label("Name")
        String name = "";

        @Label("Initial Call")
        String initialCall = "";
    }

    /// A process has ended.
    @Name("dev.bureau.ProcessEnd")
    @Label("Process End")
    @Category("Bureau")
    @Enabled(false)
    @StackTrace(false)
    static final class ProcessEnd extends Event {
        @Label("Process")
        String process = "";

        @Label("Name")
        String name = "";

        @Label("Reason")
        String reason = "";

        @Label("Orderly")
        boolean orderly;
    }
}
