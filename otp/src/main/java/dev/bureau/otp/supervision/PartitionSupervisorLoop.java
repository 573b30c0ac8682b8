package dev.bureau.otp.supervision;

import dev.bureau.otp.ChildResult;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.Start;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.Supervisor.Flags;
import java.util.List;

/// A partition supervisor at work: a [Supervisor] whose children are numbered, and found by their numbers.
public final class PartitionSupervisorLoop extends SupervisorLoop {
    public PartitionSupervisorLoop(Flags flags, List<ChildSpec> children) {
        super(new Numbered(flags, children));
    }

    /// The supervisor; its children have their numbers as ids.
    private record Numbered(Flags flags, List<ChildSpec> children) implements Supervisor {
        @Override
        public Plan init() {
            Partitions.open(children.size());
            return supervise(flags, children);
        }
    }

    /// Starts a partition and notes which process it is.
    public record NotedStart(int partition, ChildSpec.Starter child) implements ChildSpec.Starter {
        @Override
        public Start start() throws Exception {
            Start outcome = child.start();
            if (outcome instanceof Start.Started(var pid, _)) Partitions.own().set(partition, pid);
            return outcome;
        }
    }

    @Override
    Object answer(SupervisorRequest<?> request) {
        return request instanceof SupervisorRequest.Resize(var partitions)
                ? resize(partitions)
                : super.answer(request);
    }

    private int resize(int wanted) {
        Partitions partitions = Partitions.own();
        int before = partitions.size();
        if (wanted < 0 || wanted > partitions.limit()) {
            throw new IllegalArgumentException(
                    "expected a number of partitions between 0 and "
                            + partitions.limit()
                            + ", with which the supervisor was started, got: "
                            + wanted);
        }
        // Nobody is led to a partition that does not run yet, or no longer.
        if (wanted < before) partitions.size(wanted);
        for (int partition = wanted; partition < before; partition++) terminateChild(partition);
        for (int partition = before; partition < wanted; partition++) started(partition);
        if (wanted > before) partitions.size(wanted);
        return before;
    }

    private void started(int partition) {
        switch (restartChild(partition)) {
            case ChildResult.Started _, ChildResult.Running _, ChildResult.Restarting _ -> {}
            case ChildResult.OfRestart failed ->
                    throw new IllegalArgumentException(
                            "cannot start partition " + partition + ": " + failed);
        }
    }
}
