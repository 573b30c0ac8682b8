// A chat server: ./bureau run examples/Chat.java 4040, then nc localhost 4040 in many terminals.
// Your first line is your name; what you say goes to all others. Who speaks while somebody reads
// slowly is slowed down a little. One process of a connection reads, one writes; each owns its half
// of the socket. Linked to each other and the room, both end if one does, and the socket is closed.
// The room traps exits and says who left; if it fails, main and all connections end too.

import module dev.bureau.kernel;
import static dev.bureau.kernel.Bureau.*;

static final int LINE = 4096; // characters; a longer line is dropped
static final int OUTBOX = 2000; // lines to be written; a client who lets more wait is dropped
static final Pattern NAME = Pattern.compile("(?!(?i:server)$)[^\\p{C}\\[\\]\uFFFD]{1,32}");
static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t]]");

sealed interface Msg {}

record Join(From<Boolean> from, Pid who, String name) implements Msg {}

record Say(From<Integer> from, Pid who, String text) implements Msg {}

record Gone(Exit exit) implements Msg {}

void room() { // does no I/O, so nobody holds it up; is called, so nobody floods it
    trapExits(Gone::new);
    var members = new HashMap<Pid, String>();
    while (true) {
        switch (receive(Msg.class)) {
            case Join(var from, var who, var name) -> {
                boolean fine = NAME.matcher(name).matches() && !members.containsValue(name);
                if (fine) {
                    link(who);
                    members.put(who, name);
                    tell(members.keySet(), who, "[server] " + name + " joined the chat");
                } else post(who, "[server] name taken, or not 1 to 32 characters without [ and ]");
                reply(from, fine);
            }
            case Say(var from, var who, var text) when members.get(who) instanceof String name -> {
                if (text.length() > LINE) reply(from, post(who, "[server] too long, dropped"));
                else reply(from, tell(members.keySet(), who, "[" + name + "] " + text));
            }
            case Say _ -> {} // by somebody who has just gone
            case Gone(Exit(var who, var reason)) -> {
                var name = members.remove(who);
                if (name == null) throw exit(reason); // main has ended, or the node is stopping
                tell(members.keySet(), who, "[server] " + name + " left the chat");
                var news = name + " left: " + ExitReason.format(reason);
                if (!reason.equals(SHUTDOWN)) spawn(() -> System.err.println(news)); // may block
            }
        }
    }
}

int tell(Set<Pid> writers, Pid speaker, String line) { // returns the length of the longest queue
    var others = writers.stream().filter(writer -> !writer.equals(speaker));
    return others.mapToInt(writer -> post(writer, line)).max().orElse(0);
}

int post(Pid who, String line) {
    send(who, line);
    int waiting = info(who).map(ProcessInfo::messageQueueLength).orElse(0);
    if (waiting > OUTBOX) exit(who, "does not read");
    return waiting;
}

void write(Owned<OutputStream> output) {
    var out = new PrintWriter(output.get());
    while (!out.checkError()) { // which flushes, too
        out.println(receive(String.class));
        while (poll(String.class).orElse(null) instanceof String line) out.println(line);
    }
    exit(SHUTDOWN); // the client has gone
}

void read(Owned<Socket> socket, Pid room) {
    try {
        var output = Owned.of(socket.get().getOutputStream());
        var writer = spawnLink(() -> write(output));
        var in = new BufferedReader(new InputStreamReader(socket.get().getInputStream()));
        socket.get().setSoTimeout(30_000); // for the name
        for (boolean joined = false; !joined; ) {
            var name = line(in).strip();
            label("connection " + name);
            joined = call(room, from -> new Join(from, writer, name), ofMinutes(1));
        }
        socket.get().setSoTimeout(0);
        while (true) {
            var text = line(in);
            int waiting = call(room, from -> new Say(from, writer, text), ofMinutes(1));
            if (waiting > OUTBOX / 2) sleep(ofMillis(1)); // so that all who read can follow
        }
    } catch (IOException _) {
        exit(SHUTDOWN); // the client has gone
    }
}

String line(Reader in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException();
        if (c != '\r' && line.length() <= LINE) line.append((char) c); // so none is kept whole
    }
    return CONTROL.matcher(line).replaceAll("\uFFFD");
}

void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 4040;
    var room = spawn(SpawnOptions.options().link().label("chat room"), this::room);
    var listener = Owned.of(new ServerSocket(port, 4096)).get(); // closed when main ends
    IO.println("chat on port " + listener.getLocalPort());
    while (true) {
        try {
            var client = Owned.of(listener.accept());
            spawn(() -> read(client, room));
        } catch (IOException e) {
            sleep(ofMillis(100)); // too many files may be open
            System.err.println("cannot accept: " + e);
        }
    }
}
