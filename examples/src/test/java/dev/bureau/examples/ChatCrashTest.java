package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when a process of the chat crashes or is killed. That no process is left over is checked after each test.
@ParameterizedClass
@ValueSource(ints = {1, 2})
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ChatCrashTest {
    private static final Example CHAT = Example.compile("Chat");

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

    enum Half {
        READER(ChatOffice::reader),
        WRITER(ChatOffice::writer);

        final BiFunction<ChatOffice, String, Pid> of;

        Half(BiFunction<ChatOffice, String, Pid> of) {
            this.of = of;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKilledHalfOfAConnectionTakesTheOtherAlongAndIsAnnounced(Half half) throws Exception {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        Bureau.exit(half.of.apply(office, "Bob"), ExitReason.KILL);
        bob.seesTheEnd();
        ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
        assertThat(office.console().after("Bob left: ")).isEqualTo("killed");
        office.awaitConnections(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCrashInOneHalfOfAConnectionTakesTheOtherAlongAndIsAnnounced(Half half) throws Exception {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        Bureau.exit(half.of.apply(office, "Bob"), new IllegalStateException("boom"));
        bob.seesTheEnd();
        ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
        office.awaitConnections(1);
        office.join("Bob").says("I am back");
        ada.sees("[server] Bob joined the chat", "[Bob] I am back");
    }

    @Test
    void anExceptionInAConnectionIsAnnouncedAsALeave() throws Exception {
        var faulty =
                Example.compile(
                        "Chat",
                        text ->
                                text.replace(
                                        "var text = line(in);",
                                        "var text = line(in); if (text.equals(\"boom\")) throw new IllegalStateException(text);"));
        try (var other = new ChatOffice(faulty, schedulers)) {
            var ada = other.join("Ada");
            var bob = other.join("Bob");
            bob.says("boom").seesTheEnd();
            ada.sees("[server] Bob joined the chat", "[server] Bob left the chat");
            assertThat(other.console().after("Bob left: ")).contains("an exception was raised");
            other.awaitConnections(1);
        }
    }

    @Test
    void aConnectionWithoutANameMayCrashToo() {
        var ada = office.join("Ada");
        var nobody = office.connect().says("").sees(ChatTest.BAD_NAME);
        Bureau.exit(office.reader(""), ExitReason.KILL);
        nobody.seesTheEnd();
        office.awaitConnections(1);
        office.join("Bob");
        ada.sees("[server] Bob joined the chat");
    }

    @Test
    void theEndOfTheRoomEndsAll() {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        ada.sees("[server] Bob joined the chat");
        Bureau.exit(office.room(), ExitReason.KILL);
        ada.seesTheEnd();
        bob.seesTheEnd();
        assertThat(office.end()).isEqualTo(ExitReason.KILLED);
        office.awaitProcesses(1);
    }

    @Test
    void theEndOfMainEndsAll() {
        var ada = office.join("Ada");
        Bureau.exit(office.main(), ExitReason.KILL);
        ada.seesTheEnd();
        assertThat(office.end()).isEqualTo(ExitReason.KILLED);
        office.awaitProcesses(1);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionEndsEvenWhileItsWriterIsBlocked(Half half) {
        var ada = office.join("Ada");
        office.connectDeaf().says("Deaf");
        ada.sees("[server] Deaf joined the chat");
        while (!office.isBlockedInWrite(office.writer("Deaf"))) ada.says("x".repeat(4_000));
        Bureau.exit(half.of.apply(office, "Deaf"), ExitReason.SHUTDOWN);
        ada.sees("[server] Deaf left the chat");
        office.awaitConnections(1);
    }

    @Test
    void theEndOfTheRoomEndsAWriterThatIsBlocked() {
        var ada = office.join("Ada");
        office.connectDeaf().says("Deaf");
        ada.sees("[server] Deaf joined the chat");
        while (!office.isBlockedInWrite(office.writer("Deaf"))) ada.says("x".repeat(4_000));
        Bureau.exit(office.room(), ExitReason.KILL);
        ada.seesTheEnd();
        office.awaitProcesses(1);
    }
}
