package dev.bureau.cli;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Node;
import dev.bureau.observer.Alarms;
import dev.bureau.observer.Observer;
import dev.bureau.observer.events.FlightEvents;
import dev.bureau.observer.events.NodeEvents;
import dev.bureau.shell.AttachPoint;
import dev.bureau.shell.ProgramCode;
import org.jspecify.annotations.Nullable;

/// The node a program runs on, from its start to the exit code.
final class ProgramNode implements AutoCloseable {
    /// Stands for as many schedulers as there are cores.
    static final int ONE_PER_CORE = 0;

    /// One line for a log entry, unless the user has a format of their own: what a JVM does by
    /// itself begins with a line about the class that logs.
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private final Node node;
    private final StopHook hook;
    private final String name;
    private @Nullable AttachPoint door;
    private @Nullable Alarms alarms;

    /// @param name empty if it needs none
    ProgramNode(int schedulers, String name) {
        this.name = name;
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tT.%1$tL %4$s %5$s%6$s%n");
        }
        var options = Node.options().name(name.isEmpty() ? Node.options().name() : name);
        node = Node.start(schedulers == ONE_PER_CORE ? options : options.schedulers(schedulers));
        node.becomeDefault(); // so that threads which the program starts take part in it
        // for recordings and handlers; nothing while there are none
        FlightEvents.start(node);
        NodeEvents.publish(node);
        hook = new StopHook(node::stop);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Node node() {
        return node;
    }

    /// Lets `bureau attach` in, to lines that see the program's code.
    void openTo(String program, ProgramCode code) {
        door = AttachPoint.open(node, name, program, code);
    }

    /// Logs what is not as it should be.
    void lookOutForAlarms() {
        alarms = Observer.of(node).alarms();
    }

    /// Runs `main` as a process and returns the exit code it has earned.
    int run(Program program, Body main) {
        var reason = end(main);
        if (hook.signalled()) return Main.FAILED; // going down already, with the signal's exit code
        node.stop();
        var failure = node.failure();
        if (failure.isEmpty() && ExitReason.isOrderly(reason)) return 0;
        System.out.flush();
        var report = new CrashReport(program.classes().keySet());
        System.err.println(
                failure.map(why -> report.of("the node stopped", why))
                        .orElseGet(() -> report.of("main exited", reason)));
        return Main.FAILED;
    }

    /// Shuts the door; the node has been stopped, or goes down with the virtual machine.
    @Override
    public void close() {
        Alarms looking = alarms;
        if (looking != null) looking.close();
        AttachPoint open = door;
        if (open != null) open.close();
    }

    private ExitReason end(Body main) {
        try {
            return node.run(main);
        } catch (ExitException told) {
            return told.reason(); // the node stopped before main had ended
        }
    }
}
