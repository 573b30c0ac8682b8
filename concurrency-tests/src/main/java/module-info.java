import org.jspecify.annotations.NullMarked;

/// Proofs for the lock-free parts; not published.
@NullMarked
module dev.bureau.concurrency {
    requires dev.bureau.kernel;
    requires dev.bureau.scheduler;
    requires jcstress.core;
    requires static org.jspecify;
}
