package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import java.util.List;

/// The first messages of a mailbox: what a process has received and not taken.
///
/// @param pid whose it is
/// @param length how many messages are in it
/// @param messages the oldest, in the order in which they lie there
public record MailboxHead(Pid pid, int length, List<Message> messages) {
    public MailboxHead {
        messages = List.copyOf(messages);
    }

    /// One message.
    ///
    /// @param type its class; of a call that of what is asked
    /// @param text the beginning of it as text, as the `formatMessage` of a behaviour shows it
    public record Message(String type, String text) {}

    /// A line for each.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(pid).append(", ").append(length).append(" messages");
        int number = 0;
        for (Message message : messages) {
            text.append("\n  ").append(++number).append("  ");
            text.append(Figures.oneLine(message.text));
        }
        int more = length - messages.size();
        if (more > 0) text.append("\n  and ").append(more).append(" more");
        return text.toString();
    }
}
