package dev.bureau.cli;

/// Stops the node in order when the JVM is told to end from outside (^C, SIGTERM).
///
/// A program that calls `System.exit` also brings the JVM down, but a process of the node is then
/// stuck in that call until the hooks are done: stopping the node would wait for the very process
/// that waits for it. The two are told apart by the thread that starts the hooks, which for a
/// signal is the JVM's own for that signal.
final class StopHook extends Thread {
    private final Runnable stop;
    private volatile boolean signalled;

    StopHook(Runnable stop) {
        super("bureau-stop");
        this.stop = stop;
    }

    /// Whether the JVM is going down on a signal.
    boolean signalled() {
        return signalled;
    }

    /// Called by the thread that ends the JVM.
    @Override
    public void start() {
        signalled = Thread.currentThread().getName().startsWith("SIG");
        super.start();
    }

    @Override
    public void run() {
        if (signalled) stop.run();
        System.out.flush();
        System.err.flush();
    }
}
