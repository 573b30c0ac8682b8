import static dev.bureau.conformance.oracle.Lines.*;
import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.*;
import dev.bureau.otp.*;
import dev.bureau.otp.ChildSpec.Restart;

/// The applications that have stopped on the node that runs now, one after the other.
static final Queue<String> STOPPED = new ConcurrentLinkedQueue<>();

record End(Object reason) {}

record Result(String name, String ok) {}

record Ending(String name) implements Application {
    public Pid start() {
        return spawnLink(() -> exit(receive(End.class).reason()));
    }

    public void stop() {
        STOPPED.add(name);
    }

    void end(Restart type, Object reason) {
        Application.start(this, type);
        send(info().flatMap(ApplicationInfo::top).orElseThrow(), new End(reason));
    }

    boolean hasEnded() {
        return info().orElseThrow().status() == ApplicationInfo.Status.ENDED;
    }

    private Optional<ApplicationInfo> info() {
        return Application.loadedApplications().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}

record Death(Restart type, Object reason) {}

/// Of a node of its own, which the last of these ends, if there is one.
void run(List<Death> first, Death last) throws Exception {
    STOPPED.clear();
    var lives = new ArrayList<Result>();
    try (Node node = Node.start(Node.options().schedulers(1))) {
        Thread taking =
                Thread.ofPlatform()
                        .start(() -> {
                            try (Guest _ = node.guest()) {
                                Application.start(new Ending("one"));
                                Application.start(new Ending("two"));
                                for (Death each : first) {
                                    lives.add(survive(each));
                                }
                                if (last != null) {
                                    new Ending("dying").end(last.type(), last.reason());
                                }
                            }
                        });
        taking.join();
        if (last != null && !eventually(() -> node.failure().isPresent())) out("it lives");
        node.stop();
    }
    out(lives);
    out(STOPPED);
}

Result survive(Death each) {
    var end =
            each.reason() instanceof ExitReason orderly
                    ? ExitReason.format(orderly)
                    : each.reason();
    var one = new Ending(each.type().name().toLowerCase() + "_" + end);
    one.end(each.type(), each.reason());
    return new Result(one.name(), eventually(() -> one.hasEnded()) ? "ok" : "lives");
}

void main() throws Exception {
    run(
            List.of(
                    new Death(Restart.TEMPORARY, NORMAL),
                    new Death(Restart.TEMPORARY, SHUTDOWN),
                    new Death(Restart.TEMPORARY, "broken"),
                    new Death(Restart.TRANSIENT, NORMAL)),
            new Death(Restart.PERMANENT, NORMAL));
    run(List.of(), new Death(Restart.TRANSIENT, SHUTDOWN));
    run(List.of(), null);
}
