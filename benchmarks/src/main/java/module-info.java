import org.jspecify.annotations.NullMarked;

/// Benchmarks; not published.
@NullMarked
module dev.bureau.benchmarks {
    requires dev.bureau.kernel;
    requires dev.bureau.scheduler;
    requires jmh.core;
    requires jdk.unsupported;
    requires static org.jspecify;
}
