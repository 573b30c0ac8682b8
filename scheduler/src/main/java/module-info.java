import org.jspecify.annotations.NullMarked;

/// What runs the processes: carriers, run queues, the timer wheel and the watchdog.
@NullMarked
module dev.bureau.scheduler {
    requires java.management;
    requires static transitive org.jspecify;

    exports dev.bureau.scheduler to
            dev.bureau.kernel,
            dev.bureau.shell,
            dev.bureau.testkit,
            dev.bureau.benchmarks;
    exports dev.bureau.scheduler.woven;
}
