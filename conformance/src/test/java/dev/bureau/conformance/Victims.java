package dev.bureau.conformance;

import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Call;
import dev.bureau.kernel.Pid;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// What a process may be doing when it is killed. [KillTest] loads this class woven.
///
/// Each says `Ready` to its boss, then does it for ever.
public enum Victims {
    LOOPING {
        @Override
        void live() {
            loop();
        }
    },
    CATCHING_ALL {
        @Override
        void live() {
            while (true) {
                try {
                    loop();
                } catch (Throwable swallowed) {
                    shared().swallowed.incrementAndGet();
                }
            }
        }
    },
    CATCHING_ALL_AROUND_SHORT_LOOPS {
        @Override
        void live() {
            long sum = 0;
            for (long i = 0; ; i++) {
                try {
                    for (int j = 0; j < 100; j++) {
                        sum += Math.floorMod(sum * i, j + 7);
                    }
                    shared().sink = sum;
                } catch (Throwable swallowed) {
                    shared().swallowed.incrementAndGet();
                }
            }
        }
    },
    LOOPING_IN_FINALLY {
        @Override
        void live() {
            try {
                loop();
            } finally {
                loop();
            }
        }
    },
    RECURRING {
        @Override
        void live() {
            while (true) {
                try {
                    shared().sink = fib(60);
                } catch (Throwable swallowed) {
                    shared().swallowed.incrementAndGet();
                }
            }
        }
    },
    LOOPING_WITH_A_MONITOR {
        @Override
        void live() {
            synchronized (shared().monitor) {
                loop();
            }
        }
    },
    LOOPING_WITH_A_LOCK {
        @Override
        void live() {
            shared().lock.lock();
            try {
                loop();
            } finally {
                shared().lock.unlock();
            }
        }
    },
    LOOPING_WITH_A_RESOURCE {
        @Override
        void live() throws Exception {
            shared().open.incrementAndGet();
            // Its last step is a loop that is short, and runs to its end.
            try (AutoCloseable resource = Victims::close) {
                loop();
            }
        }
    },
    LOOPING_IN_A_STREAM {
        @Override
        void live() {
            IntStream.iterate(0, i -> i + 1).forEach(i -> shared().sink += i);
        }
    },
    SORTING {
        @Override
        void live() {
            int[] numbers = new Random(1).ints(20_000).toArray();
            while (true) {
                Arrays.sort(numbers.clone());
            }
        }
    },
    SLEEPING_AS_JAVA_DOES {
        @Override
        void live() throws Exception {
            Thread.sleep(100_000);
        }
    },
    SLEEPING {
        @Override
        void live() {
            sleepForever();
        }
    },
    RECEIVING {
        @Override
        void live() {
            receive(String.class);
        }
    },
    RECEIVING_FOR_A_WHILE {
        @Override
        void live() {
            receive(String.class, ofSeconds(100));
        }
    },
    CALLING {
        @Override
        void live() {
            call(shared().deaf, new Question(), ofSeconds(100));
        }
    },
    HIBERNATING {
        @Override
        void live() {
            hibernate();
        }
    },
    TAKING {
        @Override
        void live() throws Exception {
            new LinkedBlockingQueue<String>().take();
        }
    },
    WAITING_FOR_A_LOCK {
        @Override
        void live() {
            shared().taken.lock();
            shared().taken.unlock();
        }
    },
    WAITING_ON_A_MONITOR {
        @Override
        void live() throws Exception {
            synchronized (shared().notified) {
                shared().notified.wait();
            }
        }
    },
    READING_A_SOCKET {
        @Override
        void live() throws Exception {
            try (ServerSocket server = new ServerSocket(0);
                    Socket socket =
                            new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                socket.getInputStream().read();
            }
        }
    },
    SPAWNING {
        @Override
        void live() {
            while (true) {
                spawn(() -> {});
                sleep(Duration.ZERO);
            }
        }
    },
    SENDING {
        @Override
        void live() {
            while (true) {
                send(self(), 1);
                receive(Integer.class);
            }
        }
    };

    record Question() implements Call<Integer> {}

    /// What victims share with the test, which loads another copy of this class; so it holds what the JDK knows.
    public static final class Shared {
        public record Ready() {}

        public final Object monitor = new Object();
        public final ReentrantLock lock = new ReentrantLock();
        public final ReentrantLock taken = new ReentrantLock();
        public final Object notified = new Object();
        public final AtomicInteger open = new AtomicInteger();
        public final AtomicInteger swallowed = new AtomicInteger();
        public volatile long sink;
        public volatile Pid deaf;
    }

    abstract void live() throws Exception;

    /// The body of a victim.
    public Body body(Pid boss) {
        return () -> {
            send(boss, new Shared.Ready());
            live();
        };
    }

    private static Shared shared() {
        return KillTest.SHARED;
    }

    private static void loop() {
        long x = 1;
        while (true) {
            x = (x * 31 + 7) % 1_000_003;
        }
    }

    private static void close() {
        int sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum = sum * 31 + i;
        }
        shared().sink = sum;
        shared().open.decrementAndGet();
    }

    private static long fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }
}
