package dev.bureau.shell.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bureau.shell.session.Session.Detail;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a terminal and a node say to each other.
///
/// The terminal begins with [Hello], the node answers [Welcome] or [Refused]. Then the terminal asks one thing at a time and
/// the node ends each answer: [Evaluate] and [Command] by [Done], after any number of [Printed]; [Check] by [Checked];
/// [Complete] by [Completed]. [Interrupt] may come at any time, and so may [Printed].
public sealed interface Frame {
    /// Rises when either side would misunderstand the other.
    int VERSION = 1;

    // ---- from the terminal

    /// Who asks.
    ///
    /// @param shell whether lines will follow that need the compiler, which is then started at once
    record Hello(int version, boolean shell) implements Frame {}

    /// A line at the prompt.
    ///
    /// @param detail what is told of it if it goes well
    record Evaluate(Detail detail, String text) implements Frame {}

    /// One of the commands that are not Java: `top`, `info` ...
    record Command(String name, Map<String, String> options) implements Frame {}

    /// Whether a text is whole.
    record Check(String text) implements Frame {}

    /// What may follow a text.
    record Complete(String text, int cursor) implements Frame {}

    /// Ends what is running.
    record Interrupt() implements Frame {}

    // ---- from the node

    /// The door is open.
    ///
    /// @param node the node's name
    /// @param pid of the operating system
    /// @param started milliseconds since 1970
    /// @param program what runs there
    /// @param runtime the versions of Bureau and of the JDK
    record Welcome(
            String node, long pid, long started, String program, String runtime, String prompt)
            implements Frame {}

    /// The door stays closed, or is closed now.
    record Refused(String reason) implements Frame {}

    /// Something was printed: text in UTF-8.
    @SuppressWarnings("ArrayRecordComponent") // one writes it, one reads it, nobody compares it
    record Printed(byte[] bytes) implements Frame {}

    /// The end of a line or of a command.
    ///
    /// @param cut how many bytes of what it has printed were not sent
    record Done(boolean ok, String prompt, long cut) implements Frame {}

    /// Whether another line is to follow.
    record Checked(boolean incomplete) implements Frame {}

    /// What may follow, and from where on.
    record Completed(int anchor, List<String> candidates) implements Frame {}

    /// Its bytes: the kind, then the fields.
    default byte[] encoded() {
        var bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Hello(int version, boolean shell) -> {
                out.writeByte(1);
                out.writeInt(version);
                out.writeBoolean(shell);
            }
            case Evaluate(Detail detail, String text) -> {
                out.writeByte(2);
                out.writeByte(detail.ordinal());
                text(out, text);
            }
            case Command(String name, Map<String, String> options) -> {
                out.writeByte(3);
                text(out, name);
                out.writeInt(options.size());
                for (var option : options.entrySet()) {
                    text(out, option.getKey());
                    text(out, option.getValue());
                }
            }
            case Check(String text) -> {
                out.writeByte(4);
                text(out, text);
            }
            case Complete(String text, int cursor) -> {
                out.writeByte(5);
                text(out, text);
                out.writeInt(cursor);
            }
            case Interrupt() -> out.writeByte(6);
            case Welcome welcome -> {
                out.writeByte(16);
                text(out, welcome.node);
                out.writeLong(welcome.pid);
                out.writeLong(welcome.started);
                text(out, welcome.program);
                text(out, welcome.runtime);
                text(out, welcome.prompt);
            }
            case Refused(String reason) -> {
                out.writeByte(17);
                text(out, reason);
            }
            case Printed(byte[] bytes) -> {
                out.writeByte(18);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            case Done(boolean ok, String prompt, long cut) -> {
                out.writeByte(19);
                out.writeBoolean(ok);
                text(out, prompt);
                out.writeLong(cut);
            }
            case Checked(boolean incomplete) -> {
                out.writeByte(20);
                out.writeBoolean(incomplete);
            }
            case Completed(int anchor, List<String> candidates) -> {
                out.writeByte(21);
                out.writeInt(anchor);
                out.writeInt(candidates.size());
                for (String candidate : candidates) text(out, candidate);
            }
        }
    }

    /// The frame of these bytes.
    ///
    /// @throws IOException if there is none
    static Frame decode(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        return switch (in.readByte()) {
            case 1 -> new Hello(in.readInt(), in.readBoolean());
            case 2 -> new Evaluate(detail(in), text(in));
            case 3 -> new Command(text(in), options(in));
            case 4 -> new Check(text(in));
            case 5 -> new Complete(text(in), in.readInt());
            case 6 -> new Interrupt();
            case 16 ->
                    new Welcome(
                            text(in), in.readLong(), in.readLong(), text(in), text(in), text(in));
            case 17 -> new Refused(text(in));
            case 18 -> new Printed(bytes(in));
            case 19 -> new Done(in.readBoolean(), text(in), in.readLong());
            case 20 -> new Checked(in.readBoolean());
            case 21 -> new Completed(in.readInt(), texts(in));
            default -> throw new IOException("expected a frame, got one of kind " + bytes[0]);
        };
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), UTF_8);
    }

    private static Detail detail(DataInputStream in) throws IOException {
        int ordinal = in.readByte();
        if (ordinal < 0 || ordinal >= Detail.values().length) {
            throw new IOException("expected a detail, got: " + ordinal);
        }
        return Detail.values()[ordinal];
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(count(in));
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(
                    "expected a length of up to " + in.available() + ", got: " + count);
        }
        return count;
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int left = count(in); left > 0; left--) texts.add(text(in));
        return texts;
    }

    private static Map<String, String> options(DataInputStream in) throws IOException {
        var options = new LinkedHashMap<String, String>();
        for (int left = count(in); left > 0; left--) options.put(text(in), text(in));
        return options;
    }
}
