package dev.bureau.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What the clients of the chat get to see, on one scheduler and on two.
@ParameterizedClass
@ValueSource(ints = {1, 2})
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ChatTest {
    private static final Example CHAT = Example.compile("Chat");
    static final String BAD_NAME = "[server] name taken, or not 1 to 32 characters without [ and ]";
    private static final String TOO_LONG = "[server] too long, dropped";

    @Parameter int schedulers;

    ChatOffice office;

    @BeforeEach
    void open() throws Exception {
        office = new ChatOffice(CHAT, schedulers);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Nested
    class ALine {
        @Test
        void goesToAllOthersAndNotBack() {
            var ada = office.join("Ada");
            var bob = office.join("Bob");
            var cyd = office.join("Cyd");
            ada.sees("[server] Bob joined the chat", "[server] Cyd joined the chat");
            bob.sees("[server] Cyd joined the chat");
            ada.says("Hello");
            bob.sees("[Ada] Hello");
            cyd.sees("[Ada] Hello").says("Hi, Ada");
            bob.sees("[Cyd] Hi, Ada");
            ada.sees("[Cyd] Hi, Ada"); // and not her own before
        }

        @Test
        void mayEndWithACarriageReturn() {
            var ada = office.join("Ada");
            office.connect().sends("Bob\r\nHello\r\n\r\n".getBytes(UTF_8));
            ada.sees("[server] Bob joined the chat", "[Bob] Hello", "[Bob] ");
        }

        @Test
        void isUtf8AndComesAsItWas() {
            var ada = office.join("Ada");
            office.connect().says("Zoë 名前").says("  Grüße\tan 👩‍👩‍👧  ");
            ada.sees("[server] Zoë 名前 joined the chat", "[Zoë 名前]   Grüße\tan 👩‍👩‍👧  ");
        }

        @Test
        void mayComeInPieces() {
            var ada = office.join("Ada");
            var bob = office.connect();
            for (byte piece : "Bob\nGrüße\n".getBytes(UTF_8)) bob.sends(new byte[] {piece});
            ada.sees("[server] Bob joined the chat", "[Bob] Grüße");
        }

        @Test
        void hasACertainLengthAtMost() {
            var ada = office.join("Ada");
            var bob = office.join("Bob");
            bob.says("é".repeat(4096)).says("x".repeat(4097)).says("short");
            bob.sees(TOO_LONG);
            ada.sees("[server] Bob joined the chat", "[Bob] " + "é".repeat(4096), "[Bob] short");
        }

        @Test
        void ofTenMegabytesIsDroppedAndItsSenderTold() {
            var ada = office.join("Ada");
            var bob = office.join("Bob");
            var megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 10; i++) bob.sends(megabyte);
            bob.says("").says("That was all");
            bob.sees(TOO_LONG);
            ada.sees("[server] Bob joined the chat", "[Bob] That was all");
        }

        @Test
        void cannotSteerATerminal() {
            var ada = office.join("Ada");
            office.connect().says("Eve").says("\u001b[2J\u0007\u009b1m\u0000\u007f");
            ada.sees("[server] Eve joined the chat", "[Eve] \uFFFD[2J\uFFFD\uFFFD1m\uFFFD\uFFFD");
        }

        @Test
        void ofGarbageHarmsNobody() {
            var ada = office.join("Ada");
            var noise = office.join("Noise");
            ada.sees("[server] Noise joined the chat");
            var garbage = new byte[200_000];
            new Random(1).nextBytes(garbage);
            noise.sends(garbage).sends("\nI am done\n".getBytes(UTF_8));
            var line = ada.next();
            for (; !line.equals("[Noise] I am done"); line = ada.next()) {
                assertThat(line).startsWith("[Noise] ").doesNotContainPattern("[\\p{Cc}&&[^\t]]");
            }
            ada.says("Bless you");
            noise.seesAtLast("[Ada] Bless you");
        }
    }

    @Nested
    class AName {
        @Test
        void isAskedForAgainWhenItWillNotDo() {
            office.join("Ada");
            var bob = office.connect();
            bob.says("").sees(BAD_NAME);
            bob.says("  ").sees(BAD_NAME);
            bob.says("x".repeat(33)).sees(BAD_NAME);
            bob.says("x".repeat(10_000)).sees(BAD_NAME);
            bob.says("server] Ada left the chat").sees(BAD_NAME);
            bob.says("Server").sees(BAD_NAME);
            bob.says("Bo\u0007b").sees(BAD_NAME);
            bob.sends(new byte[] {'B', (byte) 0xff, 'b', '\n'}).sees(BAD_NAME);
            bob.says("Ada").sees(BAD_NAME);
            bob.joins("👩".repeat(32));
        }

        @Test
        void isFreeAgainWhenItsOwnerHasLeft() {
            var witness = office.join("Witness");
            office.join("Ada").close();
            witness.sees("[server] Ada joined the chat", "[server] Ada left the chat");
            office.join("Ada");
            witness.sees("[server] Ada joined the chat");
        }

        @Test
        void goesToOneOfThoseWhoAskAtTheSameTime() {
            var rivals = IntStream.range(0, 20).mapToObj(_ -> office.connect()).toList();
            rivals.forEach(rival -> rival.says("Ada").says("x".repeat(5_000)));
            var answers = rivals.stream().map(ChatClient::next).toList();
            assertThat(answers).containsOnlyOnce(TOO_LONG).containsOnly(TOO_LONG, BAD_NAME);
        }

        @Test
        void hasToComeInTime() throws Exception {
            var hasty =
                    Example.compile(
                            "Chat",
                            text -> {
                                var changed =
                                        text.replace("setSoTimeout(30_000)", "setSoTimeout(200)");
                                assertThat(changed).isNotEqualTo(text);
                                return changed;
                            });
            try (var other = new ChatOffice(hasty, schedulers)) {
                var ada = other.join("Ada");
                other.connect().seesTheEnd();
                ada.says("I may be silent as long as I like");
                other.awaitConnections(1);
            }
        }
    }

    @Nested
    class AClientThatLeaves {
        @Test
        void isAnnounced() {
            var ada = office.join("Ada");
            office.join("Bob").close();
            ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
        }

        @Test
        void inTheMiddleOfALineHasNotSaidIt() {
            var ada = office.join("Ada");
            var bob = office.join("Bob");
            bob.sends("I am not fin".getBytes(UTF_8)).close();
            ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
        }

        @Test
        void byAResetIsAnnouncedToo() {
            var ada = office.join("Ada");
            var bob = office.join("Bob");
            bob.sends("I am not fin".getBytes(UTF_8)).cuts();
            ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
        }

        @Test
        void beforeItHadANameIsNot() {
            var ada = office.join("Ada");
            office.connect().close();
            office.connect().sends("Bo".getBytes(UTF_8)).cuts();
            office.awaitConnections(1);
            office.join("Cyd");
            ada.sees("[server] Cyd joined the chat");
        }
    }
}
