package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls its body once for each signal, on whatever thread, and holds none between.
final class Server extends Fiber {
    private static final int WAITING = -1;

    final Scheduler scheduler;
    private final Runnable body;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    final CountDownLatch left;
    private volatile boolean overlapped;

    Server(Scheduler scheduler, int signals, Runnable body) {
        this.scheduler = scheduler;
        this.left = new CountDownLatch(signals);
        this.body = body;
        createThread();
    }

    static Server start(Scheduler scheduler, int signals, Runnable body) {
        Server server = new Server(scheduler, signals, body);
        server.startThread();
        return server;
    }

    void signal() {
        if (signals.getAndUpdate(n -> n == WAITING ? 1 : n + 1) == WAITING) resume();
    }

    @Override
    public void run() {
        while (true) {
            if (running.getAndIncrement() != 0) overlapped = true;
            int taken = signals.getAndSet(0);
            for (int i = 0; i < taken; i++) {
                body.run();
                left.countDown();
            }
            running.getAndDecrement();
            if (giveUpThread()) return;
        }
    }

    @Override
    protected boolean beginWait(boolean parks) {
        return signals.compareAndSet(0, WAITING);
    }

    @Override
    protected Scheduler scheduler() {
        return scheduler;
    }

    void await() throws InterruptedException {
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(overlapped).isFalse();
    }
}
