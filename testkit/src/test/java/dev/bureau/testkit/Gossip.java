package dev.bureau.testkit;

import static dev.bureau.kernel.Bureau.*;
import static dev.bureau.testkit.ProcessAssertions.*;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Timeout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// One of a crowd of processes that link, monitor, call, name, suspend and end each other at random; and what must be true
/// of those that are left when all have calmed down.
final class Gossip {
    private static final List<String> NAMES = List.of("ada", "bob", "cyd");

    record Meet(List<Pid> crowd) {}

    record Calm(From<String> from) {}

    record Ask(From<Integer> from) {}

    record Invitation(Ref alias) {}

    record Through(Ref alias) {}

    /// How many kinds of acts there are; the first five link and unlink.
    static final int ALL = 20;

    static final int LINKS = 5;

    private final SplittableRandom random;
    private final List<Pid> crowd;
    private final Map<Ref, Integer> downs = new HashMap<>();
    private final List<Ref> monitors = new ArrayList<>();
    private final Set<Ref> takenBack = new HashSet<>();
    private final Map<Ref, Integer> timeouts = new HashMap<>();
    private final List<Ref> timers = new ArrayList<>();
    private final Set<Ref> cancelled = new HashSet<>();
    private final List<Ref> aliases = new ArrayList<>();
    private final Set<Ref> ended = new HashSet<>();
    private final List<Ref> invitations = new ArrayList<>();
    private final List<Pid> suspended = new ArrayList<>();

    private final int kinds;

    private Gossip(SplittableRandom random, List<Pid> crowd, int kinds) {
        this.random = random;
        this.crowd = crowd;
        this.kinds = kinds;
    }

    /// Runs a crowd; `seed` decides what each does, the scheduler when.
    static void run(long seed, int size, int steps, int kinds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pid> crowd = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long own = random.nextLong();
            crowd.add(spawn(() -> gossip(own, steps, kinds)));
        }
        for (Pid pid : crowd) {
            send(pid, new Meet(crowd));
        }
        ask(crowd);
        sleep(ofMillis(10));
        List<Pid> left = ask(crowd);
        sleep(ofMillis(10));
        check(left);
        observe(left.size());
    }

    /// Waits until each is done with what it does by itself; those who are alive.
    private static List<Pid> ask(List<Pid> crowd) {
        List<Pid> left = new ArrayList<>();
        for (Pid pid : crowd) {
            try {
                String complaint = call(pid, Calm::new, ofSeconds(60));
                if (!complaint.isEmpty()) {
                    throw new AssertionError(pid + ": " + complaint);
                }
                left.add(pid);
            } catch (ExitException failed) {
                if (isTimeout(failed)) {
                    throw new AssertionError(pid + " does not answer", failed);
                }
            }
        }
        return left;
    }

    private static boolean isTimeout(ExitException failed) {
        return failed.reason() instanceof ExitReason.CallFailed call
                && call.reason() instanceof ExitReason.TimedOut;
    }

    // ---- one of them

    private static void gossip(long seed, int steps, int kinds) {
        new Gossip(new SplittableRandom(seed), receive(Meet.class).crowd(), kinds).live(steps);
    }

    private void live(int steps) {
        for (int i = 0; i < steps; i++) {
            Pid peer = crowd.get(random.nextInt(crowd.size()));
            try {
                act(peer);
            } catch (ExitException failed) {
                if (!(failed.reason() instanceof ExitReason.NoProc)
                        && !(failed.reason() instanceof ExitReason.CallFailed)) {
                    throw failed;
                }
            } catch (IllegalArgumentException notPossible) {
                // The peer has ended, or has a name already, or the name is taken.
            }
        }
        suspended.forEach(pid -> resume(pid));
        while (true) {
            note(receive());
        }
    }

    private void note(Object message) {
        switch (message) {
            case Down(var ref, _, _) -> downs.merge(ref, 1, Integer::sum);
            case Timeout(var ref, _) -> timeouts.merge(ref, 1, Integer::sum);
            case Invitation(var alias) -> invitations.add(alias);
            case Through(var alias) -> {
                if (ended.contains(alias)) {
                    throw new AssertionError("a message came through an alias that had ended");
                }
            }
            case Ask(var from) -> reply(from, 1);
            case Calm(var from) -> {
                noteAll();
                reply(from, complaint());
            }
            case Exit _, String _ -> {}
            default -> throw new AssertionError("got what nobody sends: " + message);
        }
    }

    private void noteAll() {
        Optional<Object> message;
        while ((message = poll(Object.class)).isPresent()) {
            note(message.get());
        }
    }

    private void act(Pid peer) {
        switch (random.nextInt(kinds)) {
            case 0, 1, 2 -> link(peer);
            case 3, 4 -> unlink(peer);
            case 5, 6 -> monitors.add(monitor(peer));
            case 7 -> takeMonitorBack();
            case 8 -> trapExits(random.nextBoolean());
            case 9 -> {
                if (random.nextInt(5) == 0) {
                    exit(peer, random.nextBoolean() ? KILL : "enough");
                }
            }
            case 10 -> register(NAMES.get(random.nextInt(NAMES.size())), peer);
            case 11 -> whereis(NAMES.get(random.nextInt(NAMES.size()))).ifPresent(pid -> link(pid));
            case 12 -> {
                if (suspended.isEmpty()) {
                    suspend(peer);
                    suspended.add(peer);
                } else {
                    resume(suspended.removeLast());
                }
            }
            case 13 -> info(peer);
            case 14 -> send(peer, "hello");
            case 15 -> sleep(ofMillis(random.nextInt(3)));
            case 16 -> setOrCancelTimer();
            case 17 -> useAlias(peer);
            case 18 -> {
                if (!peer.equals(self())) {
                    call(peer, Ask::new, ofMillis(random.nextInt(3)));
                }
            }
            case 19 -> {
                int life = random.nextInt(3);
                Object reason = random.nextBoolean() ? NORMAL : SHUTDOWN;
                spawnLink(() -> {
                    sleep(ofMillis(life));
                    exit(reason);
                });
            }
            default -> throw new AssertionError();
        }
    }

    private void takeMonitorBack() {
        if (monitors.isEmpty()) {
            return;
        }
        Ref ref = monitors.get(random.nextInt(monitors.size()));
        if (demonitor(ref)) {
            takenBack.add(ref);
            poll(Down.class, down -> down.ref().equals(ref), ofMillis(0))
                    .ifPresent(_ -> {
                        throw new AssertionError("a monitor was live and has fired");
                    });
        }
    }

    private void setOrCancelTimer() {
        if (timers.isEmpty() || random.nextBoolean()) {
            timers.add(startTimer(self(), "tick", ofMillis(random.nextInt(4))));
            return;
        }
        Ref timer = timers.get(random.nextInt(timers.size()));
        if (cancelTimer(timer).isPresent()) {
            cancelled.add(timer);
        }
    }

    private void useAlias(Pid peer) {
        switch (random.nextInt(3)) {
            case 0 -> {
                Ref alias = alias();
                aliases.add(alias);
                send(peer, new Invitation(alias));
            }
            case 1 -> {
                poll(Invitation.class).ifPresent(this::note);
                if (!invitations.isEmpty()) {
                    Ref alias = invitations.get(random.nextInt(invitations.size()));
                    send(alias, new Through(alias));
                }
            }
            case 2 -> {
                if (!aliases.isEmpty()) {
                    Ref alias = aliases.removeLast();
                    unalias(alias);
                    // What had been received before may still be there, and nothing else.
                    while (poll(
                                    Through.class,
                                    through -> through.alias().equals(alias),
                                    ofMillis(0))
                            .isPresent()) {}
                    ended.add(alias);
                }
            }
            default -> throw new AssertionError();
        }
    }

    private String complaint() {
        for (Ref ref : monitors) {
            int got = downs.getOrDefault(ref, 0);
            if (got > 1) {
                return "a monitor has fired " + got + " times";
            }
            if (got == 1 && takenBack.contains(ref)) {
                return "a monitor has fired that was taken back";
            }
        }
        for (Ref timer : timers) {
            int got = timeouts.getOrDefault(timer, 0);
            boolean due = !cancelled.contains(timer) && readTimer(timer).isEmpty();
            if (got > 1 || (got == 1 && cancelled.contains(timer))) {
                return "a timer has fired "
                        + got
                        + " times, cancelled "
                        + cancelled.contains(timer);
            }
            if (got == 0 && due && !comes(timer)) {
                return "a timer is lost";
            }
        }
        return "";
    }

    private boolean comes(Ref timer) {
        Optional<Timeout> late =
                poll(Timeout.class, fired -> fired.ref().equals(timer), ofMillis(2));
        late.ifPresent(this::note);
        return late.isPresent();
    }

    // ---- all of them

    private static void check(List<Pid> left) {
        Map<Pid, ProcessInfo> infos = new HashMap<>();
        for (Pid pid : left) {
            info(pid).ifPresent(info -> infos.put(pid, info));
        }
        for (Pid pid : left) {
            ProcessInfo info = infos.get(pid);
            if (info != null) {
                checkLinks(info, infos);
                checkMonitors(info, infos);
                checkRest(info);
            }
        }
        for (String name : registered()) {
            if (!infos.containsKey(whereis(name).orElseThrow())) {
                throw new AssertionError("the name " + name + " leads to a dead process");
            }
        }
    }

    private static void checkLinks(ProcessInfo one, Map<Pid, ProcessInfo> all) {
        for (Pid peer : one.links()) {
            ProcessInfo other = all.get(peer);
            if (other == null) {
                throw new AssertionError(one.pid() + " is linked to the dead " + peer);
            }
            if (!other.links().contains(one.pid())) {
                throw new AssertionError(one.pid() + " is linked to " + peer + ", not vice versa");
            }
        }
    }

    private static void checkMonitors(ProcessInfo watcher, Map<Pid, ProcessInfo> all) {
        if (watcher.monitors().stream().anyMatch(to -> !all.containsKey((Pid) to))) {
            throw new AssertionError(watcher.pid() + " monitors a dead one: " + watcher.monitors());
        }
        for (ProcessInfo watched : all.values()) {
            long there = watcher.monitors().stream().filter(watched.pid()::equals).count();
            long here = watched.monitoredBy().stream().filter(watcher.pid()::equals).count();
            if (there != here) {
                throw new AssertionError(
                        watcher.pid()
                                + " has "
                                + there
                                + " monitors on "
                                + watched.pid()
                                + ", which knows of "
                                + here);
            }
        }
    }

    private static void checkRest(ProcessInfo info) {
        if (info.status() == ProcessInfo.Status.SUSPENDED) {
            throw new AssertionError(info.pid() + " is still suspended");
        }
        info.name()
                .ifPresent(name -> {
                    if (!whereis(name).equals(Optional.of(info.pid()))) {
                        throw new AssertionError(
                                info.pid() + " has a name that leads elsewhere: " + name);
                    }
                });
    }
}
