package dev.bureau.otp.registry;

import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.spawn;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Registry.Keys;
import dev.bureau.otp.Start;
import dev.bureau.otp.StartOptions;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.gen.Starting;
import dev.bureau.otp.supervision.SupervisorLoop;
import java.util.stream.IntStream;

/// The supervisor at the top of a registry: has its name, and its partitions as children (OTP R-12). When one crashes all start
/// again, since the entries of each are found in tables that it shares with the others; with keys that lie in the partition
/// of their process, that one alone.
///
/// The registry is known from when its first partitions are up until this process ends.
public record RegistrySupervisor(RegistrySpec spec) implements Supervisor {
    /// Starts a registry linked to the calling process.
    public static Start startLink(RegistrySpec spec) {
        return Starting.start(
                        () -> new SupervisorLoop(new RegistrySupervisor(spec)),
                        StartOptions.named(spec.name())
                                .spawning(SpawnOptions.options().label("registry " + spec.name())),
                        Starting.Bond.LINK)
                .start();
    }

    @Override
    public Plan init() {
        Directories.here().begin(spec);
        Flags flags = spec.keys() == Keys.DUPLICATE ? ONE_FOR_ONE : ONE_FOR_ALL;
        ChildSpec[] partitions =
                IntStream.range(0, spec.partitions())
                        .mapToObj(i -> ChildSpec.worker(i, new PartitionStart(spec.name(), i)))
                        .toArray(ChildSpec[]::new);
        return supervise(flags, partitions);
    }

    /// Starts a partition, in the supervisor. Returns when it hears of exits: only then may others link to it.
    private record PartitionStart(String registry, int index) implements ChildSpec.Starter {
        @Override
        public Start start() {
            Owners owners = new Owners();
            Pid supervisor = self();
            Pid pid =
                    spawn(
                            SpawnOptions.options()
                                    .link()
                                    .label("registry " + registry + ", partition " + index),
                            () -> PartitionLoop.run(owners, supervisor));
            Calling.<Boolean>call(Registering.process(), pid, PartitionLoop.Ready::new, null);
            Directories.here().own().runs(index, new Partition((LocalPid) pid, owners));
            return Start.started(pid);
        }
    }
}
