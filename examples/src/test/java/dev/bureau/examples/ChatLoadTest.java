package dev.bureau.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bureau.kernel.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The chat as `bureau run` starts it, in a JVM of its own with little memory, and clients that ask much of it.
@ParameterizedClass
@ValueSource(ints = {1, 2})
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ChatLoadTest {
    private static final int CROWD = 1_000;
    private static final String JOINED = " joined the chat";
    private static final String PADDING = "x".repeat(4_000);

    @Parameter int schedulers;

    private BureauRun chat(String heap, String... before) throws IOException {
        return BureauRun.start(
                List.of(before),
                List.of(heap),
                List.of("--schedulers", Integer.toString(schedulers)),
                "Chat",
                "0");
    }

    @Test
    void aThousandClientsAtOnceHearEachOther() throws Exception {
        try (var chat = chat("-Xmx128m");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = chat.port();
            var witness = ChatClient.connect(port).joins("Witness");
            var atOnce = new CountDownLatch(1);
            var crowd = new ArrayList<Future<ChatClient>>();
            for (int i = 0; i < CROWD; i++) {
                var name = "client " + i;
                crowd.add(
                        threads.submit(() -> {
                            atOnce.await();
                            return ChatClient.deaf(port).says(name);
                        }));
            }
            atOnce.countDown();
            for (int i = 0; i < CROWD; i++) assertThat(witness.next()).endsWith(JOINED);

            var heard = new ArrayList<Future<BitSet>>();
            for (int i = 0; i < CROWD; i++) {
                var client = crowd.get(i).get().says("This is " + i);
                heard.add(threads.submit(() -> speakers(client.reader(), CROWD - 1)));
            }
            for (int i = 0; i < CROWD; i++) {
                var others = new BitSet();
                others.set(0, CROWD);
                others.clear(i);
                assertThat(heard.get(i).get()).isEqualTo(others);
            }
            for (int i = 0; i < CROWD; i++) assertThat(witness.next()).contains("] This is ");

            for (var client : crowd) client.get().close();
            for (int i = 0; i < CROWD; i++) assertThat(witness.next()).endsWith(" left the chat");
            witness.close();
            assertThat(chat.errors()).isEmpty();
        }
    }

    /// Whose lines a client gets, among joins: each once, `count` in all.
    private static BitSet speakers(BufferedReader in, int count) throws IOException {
        var speakers = new BitSet();
        for (int heard = 0; heard < count; ) {
            var line = in.readLine();
            if (line.endsWith(JOINED)) continue;
            int number = Integer.parseInt(line.substring("[client ".length(), line.indexOf(']')));
            assertThat(line).isEqualTo("[client " + number + "] This is " + number);
            speakers.set(number);
            heard++;
        }
        return speakers;
    }

    @Test
    void aClientThatDoesNotReadIsDroppedAndTheOthersGoOn() throws Exception {
        try (var chat = chat("-Xmx64m");
                var ada = ChatClient.connect(chat.port()).joins("Ada");
                var bob = ChatClient.connect(chat.port()).joins("Bob");
                var _ = ChatClient.deaf(chat.port()).says("Deaf")) {
            ada.sees("[server] Bob joined the chat", "[server] Deaf joined the chat");
            bob.sees("[server] Deaf joined the chat");
            int lines = 0;
            boolean dropped = false;
            while (!dropped) {
                ada.says(lines + PADDING);
                var line = bob.next();
                dropped = line.equals("[server] Deaf left the chat");
                if (dropped) line = bob.next();
                assertThat(line).isEqualTo("[Ada] " + lines + PADDING);
                lines++;
            }
            ada.sees("[server] Deaf left the chat");
            assertThat(lines).isGreaterThan(2_000).isLessThan(10_000);
            chat.awaitError("^Deaf left: does not read\n$");
        }
    }

    @Test
    void whoSpeaksFasterThanSomebodyReadsIsSlowedDown() throws Exception {
        int lines = 20_000;
        try (var chat = chat("-Xmx64m");
                var ada = ChatClient.connect(chat.port()).joins("Ada");
                var slow = ChatClient.deaf(chat.port()).says("Slow")) {
            ada.sees("[server] Slow joined the chat");
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < lines; i++) ada.says(i + PADDING);
            });
            var in = slow.reader();
            for (int i = 0; i < lines; i++) {
                if (i % 10 == 0) LockSupport.parkNanos(1_000_000);
                assertThat(in.readLine()).isEqualTo("[Ada] " + i + PADDING);
            }
            assertThat(chat.errors()).isEmpty();
        }
    }

    @Test
    void aLineWithoutAnEndFillsNoMemory() throws Exception {
        try (var chat = chat("-Xmx64m");
                var ada = ChatClient.connect(chat.port()).joins("Ada");
                var bob = ChatClient.connect(chat.port()).joins("Bob")) {
            ada.sees("[server] Bob joined the chat");
            var megabyte = "x".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < 200; i++) bob.sends(megabyte);
            ada.says("Still there?");
            bob.sees("[Ada] Still there?").close();
            ada.sees("[server] Bob left the chat");
        }
    }

    @Test
    void badNamesWhoseAnswersNobodyReadsFillNoMemory() throws Exception {
        try (var chat = chat("-Xmx64m");
                var ada = ChatClient.connect(chat.port()).joins("Ada");
                var rude = ChatClient.deaf(chat.port())) {
            var noNames = "\n".repeat(10_000).getBytes(UTF_8);
            assertThatThrownBy(
                            () -> {
                                while (true) rude.sends(noNames);
                            })
                    .isInstanceOf(UncheckedIOException.class);
            var bob = ChatClient.connect(chat.port()).joins("Bob");
            ada.sees("[server] Bob joined the chat");
            bob.close();
        }
    }

    @Test
    void moreClientsThanFilesMayBeOpenHaveToWait() throws Exception {
        var kernel = Node.class.getProtectionDomain().getCodeSource().getLocation();
        assumeTrue(kernel.getPath().endsWith(".jar"), "no class is a file of its own");
        int most = 200;
        try (var chat =
                chat("-Xmx64m", "bash", "-c", "ulimit -n " + most + " && exec \"$@\"", "bash")) {
            int port = chat.port();
            var ada = ChatClient.connect(port).joins("Ada");
            var many = IntStream.range(0, most).mapToObj(_ -> ChatClient.connect(port)).toList();
            chat.awaitError("^cannot accept: .*\n");
            var bob = ChatClient.connect(port).says("Bob");
            many.forEach(ChatClient::close);
            ada.sees("[server] Bob joined the chat");
            ada.says("Here you are");
            bob.sees("[Ada] Here you are").close();
        }
    }

    @Test
    void allConnectionsEndWhenTheServerIsStopped() throws Exception {
        try (var chat = chat("-Xmx64m");
                var ada = ChatClient.connect(chat.port()).joins("Ada");
                var nameless = ChatClient.connect(chat.port())) {
            int port = chat.port();
            var result = chat.stop();
            ada.seesTheEnd();
            nameless.seesTheEnd();
            int killedBySignal = 128 + 15;
            assertThat(result)
                    .isEqualTo(
                            new BureauRun.Result(
                                    killedBySignal, "chat on port " + port + "\n", ""));
        }
    }
}
