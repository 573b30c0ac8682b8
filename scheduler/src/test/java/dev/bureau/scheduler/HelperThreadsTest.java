package dev.bureau.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bureau.scheduler.jdk.ProcessThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code in a process may use any library, and libraries make threads.
class HelperThreadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static void inAFiber(int carriers, Worker.Action body) throws Exception {
        try (Scheduler scheduler = Scheduler.start("helpers", carriers)) {
            assertThat(Worker.run(scheduler, body).endsWithin(LIMIT)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aVirtualThreadMadeInAFiberRunsOnItsSchedulerAndIsNoFiber(int carriers) throws Exception {
        inAFiber(
                carriers,
                () -> {
                    Worker maker = Worker.self();
                    AtomicReference<Object> seen = new AtomicReference<>("not run");
                    AtomicReference<Object> nested = new AtomicReference<>("not run");
                    Thread child =
                            Thread.ofVirtual()
                                    .start(() -> {
                                        seen.set(Fiber.current());
                                        Thread grandchild =
                                                Thread.startVirtualThread(
                                                        () -> nested.set(Fiber.current()));
                                        join(grandchild);
                                    });
                    child.join();
                    assertThat(seen.get()).isNull();
                    assertThat(nested.get()).isNull();
                    assertThat(ProcessThreads.executorOf(child)).isSameAs(maker);
                    assertThat(Fiber.current()).isSameAs(maker);
                });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anExecutorOfVirtualThreadsInAFiberWorks(int carriers) throws Exception {
        inAFiber(
                carriers,
                () -> {
                    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                        List<Future<Integer>> futures = new ArrayList<>();
                        for (int i = 0; i < 500; i++) {
                            int n = i;
                            futures.add(
                                    executor.submit(() -> {
                                        Thread.sleep(n % 5);
                                        return n;
                                    }));
                        }
                        int sum = 0;
                        for (Future<Integer> future : futures) {
                            sum += future.get();
                        }
                        assertThat(sum).isEqualTo(499 * 500 / 2);
                    }
                });
    }

    /// A helper wakes its maker, and the other way round, as often as they like.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void helpersAndFibersWakeEachOther(int carriers) throws Exception {
        inAFiber(
                carriers,
                () -> {
                    Worker maker = Worker.self();
                    int rounds = 5_000;
                    var replies = new java.util.concurrent.SynchronousQueue<Integer>();
                    Thread helper =
                            Thread.startVirtualThread(() -> {
                                for (int i = 0; i < rounds; i++) {
                                    maker.signal();
                                    try {
                                        replies.put(i);
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                }
                            });
                    for (int i = 0; i < rounds; i++) {
                        maker.await();
                        assertThat(replies.take()).isEqualTo(i);
                    }
                    helper.join();
                });
    }

    @Test
    void aHelperOutlivesItsMaker() throws Exception {
        try (Scheduler scheduler = Scheduler.start("helpers", 1)) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Worker maker =
                    Worker.run(
                            scheduler,
                            () ->
                                    Thread.startVirtualThread(() -> {
                                        try {
                                            go.await();
                                            Thread.sleep(1);
                                            done.countDown();
                                        } catch (InterruptedException e) {
                                            throw new AssertionError(e);
                                        }
                                    }));
            assertThat(maker.endsWithin(LIMIT)).isTrue();
            go.countDown();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parallelStreamsAndCompletableFuturesWork(int carriers) throws Exception {
        inAFiber(
                carriers,
                () -> {
                    assertThat(IntStream.range(0, 100_000).parallel().asLongStream().sum())
                            .isEqualTo(4_999_950_000L);
                    CompletableFuture<String> future =
                            CompletableFuture.supplyAsync(() -> "a")
                                    .thenCombineAsync(
                                            CompletableFuture.supplyAsync(() -> "b"),
                                            String::concat);
                    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("ab");
                    assertThat(
                                    CompletableFuture.supplyAsync(
                                                    () -> "c",
                                                    CompletableFuture.delayedExecutor(
                                                            5, TimeUnit.MILLISECONDS))
                                            .join())
                            .isEqualTo("c");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anHttpClientInOneFiberTalksToAServerOfVirtualThreadsInAnother(int carriers)
            throws Exception {
        try (Scheduler scheduler = Scheduler.start("http", carriers)) {
            AtomicReference<HttpServer> server = new AtomicReference<>();
            Worker serving =
                    Worker.run(
                            scheduler,
                            () -> {
                                HttpServer made =
                                        HttpServer.create(
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(), 0),
                                                0);
                                made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                                made.createContext(
                                        "/",
                                        exchange -> {
                                            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
                                            exchange.sendResponseHeaders(200, body.length);
                                            exchange.getResponseBody().write(body);
                                            exchange.close();
                                        });
                                made.start();
                                server.set(made);
                            });
            assertThat(serving.endsWithin(LIMIT)).isTrue();
            Worker asking =
                    Worker.run(
                            scheduler,
                            () -> {
                                URI uri =
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + server.get().getAddress().getPort()
                                                        + "/");
                                try (HttpClient client =
                                        HttpClient.newBuilder()
                                                .executor(
                                                        Executors.newVirtualThreadPerTaskExecutor())
                                                .build()) {
                                    for (int i = 0; i < 20; i++) {
                                        HttpResponse<String> response =
                                                client.send(
                                                        HttpRequest.newBuilder(uri).build(),
                                                        HttpResponse.BodyHandlers.ofString());
                                        assertThat(response.body()).isEqualTo("hello");
                                    }
                                }
                            });
            assertThat(asking.endsWithin(LIMIT)).isTrue();
            server.get().stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void blockingSocketsInFibersWaitWithoutTheirCarrier(int carriers) throws Exception {
        try (Scheduler scheduler = Scheduler.start("sockets", carriers);
                ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int clients = 40;
            Worker server =
                    Worker.run(
                            scheduler,
                            () -> {
                                for (int i = 0; i < clients; i++) {
                                    Socket client = listener.accept();
                                    Worker.run(scheduler, () -> echo(client));
                                }
                            });
            List<Worker> all = new ArrayList<>();
            CountDownLatch connected = new CountDownLatch(clients);
            for (int i = 0; i < clients; i++) {
                int number = i;
                all.add(
                        Worker.run(
                                scheduler,
                                () -> {
                                    try (Socket socket =
                                            new Socket(
                                                    InetAddress.getLoopbackAddress(),
                                                    listener.getLocalPort())) {
                                        connected.countDown();
                                        connected.await();
                                        for (int n = 0; n < 20; n++) {
                                            socket.getOutputStream().write(number);
                                            assertThat(socket.getInputStream().read())
                                                    .isEqualTo(number);
                                        }
                                    }
                                }));
            }
            for (Worker worker : all) {
                assertThat(worker.endsWithin(LIMIT)).isTrue();
            }
            assertThat(server.endsWithin(LIMIT)).isTrue();
        }
    }

    private static void echo(Socket client) throws IOException {
        try (client) {
            int read;
            while ((read = client.getInputStream().read()) >= 0) {
                client.getOutputStream().write(read);
            }
        }
    }
}
