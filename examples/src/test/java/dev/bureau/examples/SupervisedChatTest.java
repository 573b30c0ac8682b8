package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Pid;
import dev.bureau.otp.Application;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
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
class SupervisedChatTest {
    private static final Example CHAT = Example.compile("SupervisedChat");

    @Parameter int schedulers;

    ChatSystem office;

    @BeforeEach
    void open() throws Exception {
        office = new ChatSystem(CHAT, schedulers);
    }

    @AfterEach
    void close() {
        office.close();
    }

    enum Half {
        READER(ChatSystem::reader),
        WRITER(ChatSystem::writer);

        final BiFunction<ChatSystem, String, Pid> of;

        Half(BiFunction<ChatSystem, String, Pid> of) {
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

    @Test
    void aCrashOfTheReaderTakesTheWriterAlongAndIsAnnounced() {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        Bureau.exit(office.reader("Bob"), new IllegalStateException("boom"));
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
                        "SupervisedChat",
                        text ->
                                text.replace(
                                        "var text = line(in);",
                                        "var text = line(in); if (text.equals(\"boom\")) throw new IllegalStateException(text);"));
        try (var other = new ChatSystem(faulty, schedulers)) {
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

    /// Each process of the application that somebody is to take the place of.
    enum Victim {
        NAMES(office -> office.named("names")),
        PARTITION(office -> office.below(office.named("names")).stream().findFirst().orElse(null)),
        ROOM(office -> office.named("room")),
        CONNECTIONS(office -> office.named("connections")),
        DOOR(ChatSystem::door);

        final Function<ChatSystem, Pid> place;

        Victim(Function<ChatSystem, Pid> place) {
            this.place = place;
        }
    }

    @Test
    void theseAreAllProcesses() {
        office.join("Ada");
        var known =
                Stream.concat(
                        Stream.of(Victim.values()).map(victim -> victim.place.apply(office)),
                        Stream.of(
                                office.named("office"),
                                office.reader("Ada"),
                                office.writer("Ada")));
        assertThat(office.tree()).containsExactlyInAnyOrderElementsOf(known.toList());
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsKilledTheRestChatsOn(Victim victim) throws Exception {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        ada.sees("[server] Bob joined the chat");
        var killed = victim.place.apply(office);
        Bureau.exit(killed, ExitReason.KILL);
        office.awaitSuccessor(killed, () -> victim.place.apply(office));
        if (victim == Victim.DOOR) office.awaitDoor();
        if (victim == Victim.CONNECTIONS) { // they go with it, and come again
            ada.seesTheEnd();
            bob.seesTheEnd();
            office.awaitConnections(0);
            ada = office.join("Ada");
            bob = office.join("Bob");
            ada.sees("[server] Bob joined the chat");
        }
        office.awaitMembers("Ada", "Bob");
        ada.says("Still there?");
        bob.sees("[Ada] Still there?").says("I am");
        ada.sees("[Bob] I am");
        office.connect().says("Ada").sees(ChatTest.BAD_NAME);
        var cyd = office.join("Cyd");
        ada.sees("[server] Cyd joined the chat");
        bob.close();
        cyd.sees("[server] Bob left the chat");
        cyd.says("I am new");
        ada.sees("[server] Bob left the chat", "[Cyd] I am new");
    }

    @Test
    void oneKillAfterTheOther() {
        var ada = office.join("Ada");
        var bob = office.join("Bob");
        ada.sees("[server] Bob joined the chat");
        for (var victim : List.of(Victim.ROOM, Victim.NAMES, Victim.DOOR, Victim.ROOM)) {
            var killed = victim.place.apply(office);
            Bureau.exit(killed, ExitReason.KILL);
            office.awaitSuccessor(killed, () -> victim.place.apply(office));
            office.awaitMembers("Ada", "Bob");
            ada.says("after " + victim);
            bob.sees("[Ada] after " + victim);
        }
    }

    @Test
    void aKilledMainIsNotMissed() {
        var ada = office.join("Ada");
        Bureau.exit(office.main(), ExitReason.KILL);
        assertThat(office.end()).isEqualTo(ExitReason.KILLED);
        var bob = office.join("Bob");
        ada.sees("[server] Bob joined the chat").says("Who needs main?");
        bob.sees("[Ada] Who needs main?");
    }

    @Test
    void theEndOfTheTopSupervisorEndsAll() {
        var ada = office.join("Ada");
        Bureau.exit(office.named("office"), ExitReason.KILL);
        ada.seesTheEnd();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionEndsEvenWhileItsWriterIsBlocked(Half half) {
        var ada = office.join("Ada");
        office.connectDeaf().says("Deaf");
        ada.sees("[server] Deaf joined the chat");
        while (!office.isBlockedInWrite(office.writer("Deaf"))) ada.says("x".repeat(4_000));
        Bureau.exit(half.of.apply(office, "Deaf"), ExitReason.KILL);
        ada.sees("[server] Deaf left the chat");
        office.awaitConnections(1);
    }

    @Test
    void theEndOfTheApplicationEndsAWriterThatIsBlocked() {
        var ada = office.join("Ada");
        office.connectDeaf().says("Deaf");
        ada.sees("[server] Deaf joined the chat");
        while (!office.isBlockedInWrite(office.writer("Deaf"))) ada.says("x".repeat(4_000));
        var tree = office.tree();
        Application.stop("office");
        ada.seesTheEnd();
        assertThat(tree).hasSize(10).noneMatch(Bureau::isAlive);
    }
}
