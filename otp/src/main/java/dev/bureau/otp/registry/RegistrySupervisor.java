package dev.bureau.otp.registry;

import static dev.bureau.kernel.Bureau.*;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Resources;
import dev.bureau.otp.Registry.Keys;
import dev.bureau.otp.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The process at the top of a registry: has its name, starts its partitions, and starts them again when they crash
/// (OTP R-12): all of them, since the entries of each are found in tables that it shares with the others; with keys that
/// lie in the partition of their process, that one alone.
///
/// The registry is known from when its first partitions are up until this process ends.
public final class RegistrySupervisor {
    private static final int MOST_RESTARTS = 3;
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    /// Asks it to begin; answered with what came of it.
    record Begin(From<Start> from) {}

    /// A restart is long enough ago.
    record Forgotten() {}

    private final RegistrySpec spec;
    private final Pid parent;
    private final Directory directory;
    private int restarts;

    private RegistrySupervisor(RegistrySpec spec, Pid parent) {
        this.spec = spec;
        this.parent = parent;
        this.directory = new Directory(spec, startAll());
    }

    /// Starts a registry linked to the calling process.
    public static Start startLink(RegistrySpec spec) {
        LocalProcess self = Registering.process();
        Pid parent = self.pid();
        Pid started =
                spawn(
                        SpawnOptions.options().link().label("registry " + spec.name()),
                        () -> run(spec, parent));
        try {
            return (Start)
                    Objects.requireNonNull(Calling.<Start>call(self, started, Begin::new, null));
        } catch (ExitException failed) {
            if (failed.reason() instanceof ExitReason.CallFailed(var reason, var server, _, _)
                    && server.equals(started)) {
                return new Start.Failed(reason);
            }
            throw failed;
        }
    }

    private static void run(RegistrySpec spec, Pid parent) {
        Begin begin = receive(Begin.class);
        Optional<Pid> holder = takeName(spec.name());
        if (holder.isPresent()) {
            unlink(parent);
            reply(begin.from(), new Start.AlreadyStarted(holder.get()));
            return;
        }
        trapExits(true);
        RegistrySupervisor supervisor = new RegistrySupervisor(spec, parent);
        supervisor.open();
        reply(begin.from(), Start.started(self()));
        supervisor.serve();
    }

    /// Who has the name, if it is taken.
    private static Optional<Pid> takeName(String name) {
        while (true) {
            try {
                register(name, self());
                return Optional.empty();
            } catch (IllegalArgumentException taken) {
                Optional<Pid> holder = whereis(name);
                if (holder.isPresent()) {
                    return holder;
                }
            }
        }
    }

    private void open() {
        Directories here = Directories.here();
        Directory opened = directory;
        here.open(opened);
        if (!Resources.add(Registering.process(), () -> here.close(opened))) {
            here.close(opened);
        }
    }

    private void serve() {
        for (Optional<Object> next = poll(Object.class);
                next.isPresent();
                next = poll(Object.class)) {
            switch (next.get()) {
                case Exit(var from, var reason) when from.equals(parent) -> stop(reason);
                case Exit(var from, _) -> ended(from);
                case Forgotten() -> restarts--;
                default -> {}
            }
        }
        hibernate(this::serve);
    }

    private void ended(Pid pid) {
        List<Partition> partitions = directory.tables().partitions();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).pid().equals(pid)) {
                restart(i);
                return;
            }
        }
    }

    private void restart(int index) {
        restarts++;
        if (restarts > MOST_RESTARTS) {
            stop(SHUTDOWN);
        }
        sendAfter(self(), new Forgotten(), WITHIN);
        if (spec.keys() == Keys.DUPLICATE) {
            directory.tables(directory.tables().replacing(index, start(index)));
        } else {
            stopAll();
            directory.tables(startAll());
        }
    }

    private Tables startAll() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < spec.partitions(); i++) {
            partitions.add(start(i));
        }
        return Tables.of(spec.keys(), partitions);
    }

    /// Returns when it hears of exits: only then may others link to it.
    private Partition start(int index) {
        Owners owners = new Owners();
        Pid supervisor = self();
        Pid pid =
                spawn(
                        SpawnOptions.options()
                                .link()
                                .label("registry " + spec.name() + ", partition " + index),
                        () -> PartitionLoop.run(owners, supervisor));
        Calling.<Boolean>call(Registering.process(), pid, PartitionLoop.Ready::new, null);
        return new Partition((LocalPid) pid, owners);
    }

    private void stop(ExitReason reason) {
        stopAll();
        exit(reason);
    }

    /// The youngest first, as supervisors do.
    private void stopAll() {
        for (Partition partition : directory.tables().partitions().reversed()) {
            Ref end = monitor(partition.pid());
            exit(partition.pid(), SHUTDOWN);
            if (poll(Down.class, down -> down.ref().equals(end), SHUTDOWN_LIMIT).isEmpty()) {
                exit(partition.pid(), KILL);
                receive(end, Down.class);
            }
        }
    }
}
