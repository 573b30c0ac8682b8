// A chat server: ./bureau run examples/SupervisedChat.java 4040, then nc localhost 4040 in many
// terminals. Your first line is your name; what you say goes to all others.
//
// An application of four: a registry has the names, a room knows who is in it, a supervisor has the
// connections, and a door lets them in. Of a connection one process writes and one reads, linked to
// each other. Whoever is killed, the rest chats on: a new room asks the registry who is there, to a
// new registry the writers tell their names, and a new door opens where the last one was.

import module dev.bureau.kernel;
import module dev.bureau.otp;
import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.otp.Registry.*;
import static dev.bureau.otp.Supervisor.*;

static final int LINE = 4096; // characters; a longer line is dropped
static final int OUTBOX = 2000; // lines to be written; a client who lets more wait is dropped
static final Duration PATIENCE = Duration.ofHours(1); // with a room that is busy
static final Pattern NAME = Pattern.compile("(?!(?i:server)$)[^\\p{C}\\[\\]\uFFFD]{1,32}");
static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t]]");
static final String BAD_NAME = "[server] name taken, or not 1 to 32 characters without [ and ]";

sealed interface Ask<R> extends Call<R> {}

record Join(Pid writer, Pid reader, String name) implements Ask<Integer> {}

record Say(Pid writer, String text) implements Ask<Integer> {}

record Member(Pid reader, String name) {}

/// Does no I/O, so nobody holds it up; is called, so nobody floods it. Answers with how many lines wait
/// for the client for whom most do.
record Room() implements GenServer<Map<Pid, Member>, Ask<?>, Cast> {
    public Init<Map<Pid, Member>> init() {
        var members = new HashMap<Pid, Member>(); // by writer
        for (var entry : select("names")) {
            enter(members, entry.pid(), new Member((Pid) entry.value(), (String) entry.key()));
        }
        return ok(members);
    }

    public Next<Map<Pid, Member>> handleCall(Ask<?> ask, From<?> from, Map<Pid, Member> members) {
        return switch (ask) {
            case Join join -> {
                enter(members, join.writer(), new Member(join.reader(), join.name()));
                var line = "[server] " + join.name() + " joined the chat";
                yield reply(join, tell(members, join.writer(), line), members);
            }
            case Say say when members.get(say.writer()) instanceof Member speaker -> {
                if (say.text().length() > LINE) {
                    var line = "[server] too long, dropped";
                    yield reply(say, post(say.writer(), speaker.reader(), line), members);
                }
                var line = "[" + speaker.name() + "] " + say.text();
                yield reply(say, tell(members, say.writer(), line), members);
            }
            case Say say -> reply(say, 0, members); // by somebody who has just gone
        };
    }

    public Next<Map<Pid, Member>> handleInfo(Object message, Map<Pid, Member> members) {
        if (message instanceof Down(_, Pid writer, var reason)) {
            var name = members.remove(writer).name();
            tell(members, writer, "[server] " + name + " left the chat");
            if (!reason.equals(SHUTDOWN)) log(name + " left: " + ExitReason.format(reason));
        }
        return noReply(members);
    }

    private static void enter(Map<Pid, Member> members, Pid writer, Member member) {
        if (members.put(writer, member) == null) monitor(writer);
    }

    private static int tell(Map<Pid, Member> members, Pid speaker, String line) {
        return members.entrySet().stream()
                .filter(each -> !each.getKey().equals(speaker))
                .mapToInt(each -> post(each.getKey(), each.getValue().reader(), line))
                .max()
                .orElse(0);
    }

    private static int post(Pid writer, Pid reader, String line) {
        cast(writer, new Line(line));
        int waiting = info(writer).map(ProcessInfo::messageQueueLength).orElse(0);
        if (waiting > OUTBOX) exit(reader, new ExitReason.ShutdownWith("does not read"));
        return waiting;
    }
}

record Line(String text) implements Cast {}

record Enter(String name) implements Call<Boolean> {}

record Desk(Pid reader, PrintWriter out, String name, Optional<Pid> registry) {}

/// Writes; has the name, and has started the process that reads.
record Connection(Owned<Socket> client) implements GenServer<Desk, Enter, Line> {
    ChildSpec spec() {
        return childSpec().restart(ChildSpec.Restart.TEMPORARY).shutdown(ofSeconds(1));
    }

    public Init<Desk> init() throws IOException {
        trapExits(true);
        var socket = client;
        var writer = self();
        var out = Owned.of(socket.get().getOutputStream());
        var reader = spawnLink(() -> read(socket, writer));
        return ok(new Desk(reader, new PrintWriter(out.get()), "", Optional.empty()));
    }

    public Next<Desk> handleCall(Enter enter, From<?> from, Desk desk) {
        var name = enter.name();
        var registry = NAME.matcher(name).matches() ? take(name, desk) : Optional.<Pid>empty();
        if (registry.isEmpty()) {
            cast(self(), new Line(BAD_NAME));
            return reply(enter, false, desk);
        }
        label("writer " + name);
        try {
            call("room", new Join(self(), desk.reader(), name), PATIENCE);
        } catch (ExitException _) {
            // it has ended; the next one finds the name in the registry
        }
        return reply(enter, true, new Desk(desk.reader(), desk.out(), name, registry));
    }

    public Next<Desk> handleCast(Line line, Desk desk) {
        desk.out().println(line.text());
        return noReply(desk, timeout(Duration.ZERO)); // to flush when no more is there
    }

    public Next<Desk> handleInfo(Object message, Desk desk) {
        return switch (message) {
            case IdleTimeout _ when desk.out().checkError() -> {
                exit(desk.reader(), SHUTDOWN); // unless it ends already, and for another reason
                yield noReply(desk);
            }
            case Exit(var who, _) when desk.registry().equals(Optional.of(who)) -> {
                var next = take(desk.name(), desk);
                if (next.isEmpty()) yield stop(SHUTDOWN, desk); // somebody was quicker
                yield noReply(new Desk(desk.reader(), desk.out(), desk.name(), next));
            }
            case Exit(var who, var reason) when who.equals(desk.reader()) -> stop(reason, desk);
            default -> noReply(desk);
        };
    }

    private static Optional<Pid> take(String name, Desk desk) {
        while (true) {
            try {
                var taken = register("names", name, desk.reader());
                return taken instanceof Registration.Made(var it)
                        ? Optional.of(it)
                        : Optional.empty();
            } catch (IllegalArgumentException | ExitException _) {
                sleep(ofMillis(10)); // the registry is being started again
            }
        }
    }
}

static void read(Owned<Socket> socket, Pid writer) {
    try {
        var in = new BufferedReader(new InputStreamReader(socket.get().getInputStream()));
        socket.get().setSoTimeout(30_000); // for the name
        for (int tries = 0; tries < 100; tries++) {
            var name = line(in).strip();
            label("reader " + name);
            if (!call(writer, new Enter(name), PATIENCE)) continue;
            socket.get().setSoTimeout(0);
            while (true) {
                var text = line(in);
                if (say(writer, text) > OUTBOX / 2) sleep(ofMillis(1)); // so that all can follow
            }
        }
    } catch (IOException _) {
        // the client has gone
    }
    exit(SHUTDOWN);
}

static int say(Pid writer, String text) {
    try {
        return call("room", new Say(writer, text), PATIENCE);
    } catch (ExitException _) {
        cast(writer, new Line("[server] nobody heard that, say it again"));
        return 0;
    }
}

static String line(Reader in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException();
        if (c != '\r' && line.length() <= LINE) line.append((char) c); // so none is kept whole
    }
    return CONTROL.matcher(line).replaceAll("\uFFFD");
}

static void log(String text) {
    spawn(() -> System.err.println(text)); // may block
}

record Office(int port) implements Application {
    public Pid start() {
        return Supervisor.startLink(
                "office",
                ONE_FOR_ONE.intensity(10, ofSeconds(5)),
                Registry.childSpec("names", UNIQUE),
                worker("room", new Room()),
                DynamicSupervisor.childSpec("connections"),
                ChildSpec.worker("door", () -> open(port)));
    }

    private static Start open(int first) throws IOException {
        int port = Application.findEnv("port", Integer.class).orElse(first);
        var listener = Owned.of(new ServerSocket(port, 4096)); // closed when the door ends
        Application.putEnv("office", "port", listener.get().getLocalPort()); // for the next door
        IO.println("chat on port " + listener.get().getLocalPort());
        return Start.started(spawnLink(() -> letIn(listener.get())));
    }

    private static void letIn(ServerSocket listener) {
        label("door");
        while (true) {
            try {
                var client = Owned.of(listener.accept());
                DynamicSupervisor.startChild("connections", new Connection(client).spec());
            } catch (IOException e) {
                log("cannot accept: " + e); // too many files may be open
                sleep(ofMillis(100));
            }
        }
    }
}

void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 4040;
    Application.start(new Office(port), ChildSpec.Restart.PERMANENT);
    sleepForever();
}
