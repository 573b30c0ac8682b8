package dev.bureau.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    /// A mailbox through which `before` messages have gone.
    private static Mailbox after(long before) throws ReflectiveOperationException {
        Mailbox box = new Mailbox();
        for (String field : List.of("sequence", "taken")) {
            var count = Mailbox.class.getDeclaredField(field);
            count.setAccessible(true);
            count.setLong(box, before);
        }
        return box;
    }

    private static void append(Mailbox box, int from, int to) {
        for (int i = from; i < to; i++) {
            box.append(new Signal.Message(i));
        }
        box.transfer();
    }

    private static List<Object> since(Mailbox box, long mark) {
        List<Object> found = new ArrayList<>();
        for (var message = box.firstSince(mark); message != null; message = Mailbox.next(message)) {
            found.add(message.payload);
        }
        return found;
    }

    /// A process that takes a million messages a second is there in an hour.
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                Integer.MAX_VALUE - 15L,
                (1L << 32) - 15,
                (1L << 32) + 5,
                5L << 32,
                1L << 62
            })
    void findsWhatCameSinceAMarkHoweverManyHaveComeBefore(long before) throws Exception {
        Mailbox box = after(before);
        append(box, 0, 10);
        long mark = box.sequence();
        append(box, 10, 30);
        assertThat(since(box, mark)).hasSize(20).startsWith(10).endsWith(29);
        assertThat(box.size()).isEqualTo(30);
        assertThat(since(box, box.sequence())).isEmpty();
    }

    /// A mark from long ago hides nothing.
    @ParameterizedTest
    @ValueSource(
            longs = {1L << 30, (1L << 31) - 5, (1L << 31) + 5, 1L << 32, (1L << 32) + 7, 1L << 40})
    void findsEverythingSinceAnOldMark(long ago) throws Exception {
        Mailbox box = after(ago);
        append(box, 0, 10);
        assertThat(since(box, 0)).hasSize(10).startsWith(0);
    }
}
