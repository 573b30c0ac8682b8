package dev.bureau.otp.task;

import static dev.bureau.kernel.Bureau.cancelTimer;
import static dev.bureau.kernel.Bureau.exit;
import static dev.bureau.kernel.Bureau.monitor;
import static dev.bureau.kernel.Bureau.receive;
import static dev.bureau.kernel.Bureau.reply;
import static dev.bureau.kernel.Bureau.self;
import static dev.bureau.kernel.Bureau.sendAfter;
import static dev.bureau.kernel.Bureau.trapExits;
import static dev.bureau.kernel.Bureau.unlink;

import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.MonitorOption;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.Reply;
import dev.bureau.otp.Start;
import dev.bureau.otp.Task.Exited;
import dev.bureau.otp.Task.Ok;
import dev.bureau.otp.Task.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The tasks of a [Foreman]; its state, of its process alone.
final class Crew {
    private final Foreman foreman;
    private final Ref consumerEnds;
    private final Map<Ref, Job> jobs = new HashMap<>();
    private final List<Foreman.Ended> ended = new ArrayList<>();
    private @Nullable From<List<Foreman.Ended>> collecting;

    /// A task that has not ended. Its result counts once it has: until then it takes a place, also at its supervisor.
    private static final class Job {
        final Pid pid;
        final long position;
        final @Nullable Ref timer;
        @Nullable Outcome<@Nullable Object> result;
        boolean late;

        Job(Pid pid, long position, @Nullable Ref timer) {
            this.pid = pid;
            this.position = position;
            this.timer = timer;
        }
    }

    Crew(Foreman foreman) {
        this.foreman = foreman;
        trapExits(foreman.traps());
        this.consumerEnds = monitor(foreman.consumer());
    }

    void work() {
        while (true) {
            switch (receive()) {
                case Foreman.Hire(var from, var position) -> reply(from, hire(position));
                case Foreman.Collect(var from) -> {
                    collecting = from;
                    hand();
                }
                case Reply(var ref, var value) when jobs.containsKey(ref) ->
                        job(ref).result = new Ok<>(value);
                case Down(var ref, _, var reason) when jobs.containsKey(ref) -> end(ref, reason);
                case Foreman.Overdue(var ref) when jobs.containsKey(ref) -> overdue(job(ref));
                case Down(var ref, _, var reason) when ref.equals(consumerEnds) -> abandon(reason);
                case Foreman.Stop(var from) -> {
                    stop();
                    reply(from, true);
                    return;
                }
                // Exits of its tasks if it traps them, and what strangers send.
                default -> {}
            }
        }
    }

    private Foreman.Hired hire(long position) {
        Start start = foreman.starter().start(foreman.consumer());
        if (!(start instanceof Start.Started(var pid, _))) {
            return new Foreman.Hired(start, null);
        }
        Ref ref = monitor(pid, MonitorOption.ALIAS_UNTIL_DEMONITOR);
        Ref timer =
                foreman.limit() == null
                        ? null
                        : sendAfter(self(), new Foreman.Overdue(ref), foreman.limit());
        jobs.put(ref, new Job(pid, position, timer));
        return new Foreman.Hired(start, ref);
    }

    private Job job(Ref ref) {
        return Objects.requireNonNull(jobs.get(ref));
    }

    private void end(Ref ref, ExitReason reason) {
        Job job = Objects.requireNonNull(jobs.remove(ref));
        if (job.timer != null) {
            cancelTimer(job.timer);
        }
        boolean late = job.result == null && job.late;
        Outcome<@Nullable Object> outcome =
                job.result != null ? job.result : new Exited<>(late ? ExitReason.TIMEOUT : reason);
        ended.add(new Foreman.Ended(job.position, outcome, late));
        hand();
    }

    private void overdue(Job job) {
        if (!job.late) {
            job.late = true;
            Dismissal.dismiss(job.pid, ExitReason.KILL);
        }
    }

    private void hand() {
        if (collecting != null && !ended.isEmpty()) {
            reply(collecting, List.copyOf(ended));
            collecting = null;
            ended.clear();
        }
    }

    private void stop() {
        trapExits(true);
        for (Job job : jobs.values()) {
            exit(job.pid, ExitReason.KILL);
        }
        for (Ref end : jobs.keySet()) {
            receive(Down.class, down -> down.ref().equals(end));
        }
        // Here and not at the other end: a consumer that traps exits hears of none.
        unlink(foreman.consumer());
    }

    /// The consumer is gone. Linked tasks go with it, of the same reason; also if it ended in order and had left the
    /// stream open: nobody will ask for their results.
    private void abandon(ExitReason reason) {
        if (foreman.starter().links()) {
            ExitReason told = reason instanceof ExitReason.Normal ? ExitReason.SHUTDOWN : reason;
            for (Job job : jobs.values()) {
                exit(job.pid, told);
            }
        }
        throw exit(reason);
    }
}
