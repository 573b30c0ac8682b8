package dev.bureau.observer.trace;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import dev.bureau.kernel.process.Tracing;
import dev.bureau.observer.probe.CallProbe;
import dev.bureau.observer.trace.TraceOptions.Kind;
import dev.bureau.observer.trace.TraceOptions.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells what processes do: a trace that is under way. It ends by itself, after a number of events and a time that every trace has; of what is
/// more in a second than may be told, and of what a slow listener does not take, it counts how much that was.
///
/// ```java
/// Pid pid = spawn(() -> chat());
/// TraceOptions what = Trace.messages().of(pid).limit(50).within(ofSeconds(5));
/// try (Trace trace = Trace.start(node(), what, event -> IO.println(event))) {
///     IO.println(trace.await());                        // 50 events or 5 seconds later
/// }
///
/// List<TraceEvent> calls =
///         Trace.collect(node(), Trace.calls("Shop.order").withArguments().withResults());
/// ```
///
/// Unless told otherwise it is of all processes and ends after 100 events or 10 seconds.
///
/// **Failure.** A listener that throws ends the trace. Calls need the JVM's leave to change code: see [#calls(String...)].
///
/// **Threading.** Any thread may start, await and close it. The listener is called by a thread of the trace, one event after the other; what that
/// thread does is not traced. The traced processes go on meanwhile, and are slower for each event.
///
/// In the spirit of OTP's `dbg` and of `recon_trace`. Do not build a program on it: who wants to be told of something always publishes an
/// event of its own.
public final class Trace implements AutoCloseable {
    /// How long what is told may lie before it is told.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// For how long what was seen is still told after the end.
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// And for how long it is then waited for a listener to return.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int USUAL_LIMIT = 100;
    private static final int USUAL_PER_SECOND = 10_000;
    private static final Duration USUAL_TIME = Duration.ofSeconds(10);

    private final LocalNode node;
    private final TraceOptions options;
    private final Consumer<? super TraceEvent> listener;
    private final Recorder recorder;
    private final List<LocalPid> attached = new ArrayList<>();

    /// Nothing is traced any more. The clock sees to that, whatever the listener does.
    private final CountDownLatch over = new CountDownLatch(1);

    /// All is told that will be.
    private final CountDownLatch finished = new CountDownLatch(1);

    private @Nullable Thread teller;
    private volatile boolean hangs;
    private CallProbe.@Nullable Watch calls;
    private volatile @Nullable Throwable failure;
    private long told;

    private Trace(LocalNode node, TraceOptions options, Consumer<? super TraceEvent> listener) {
        this.node = node;
        this.options = options;
        this.listener = listener;
        this.recorder = new Recorder(options);
    }

    // ---- of what

    /// Messages sent and received.
    public static TraceOptions messages() {
        return options(EnumSet.of(Kind.SENT, Kind.RECEIVED));
    }

    /// Messages sent.
    public static TraceOptions sends() {
        return options(EnumSet.of(Kind.SENT));
    }

    /// Messages that come in.
    public static TraceOptions receives() {
        return options(EnumSet.of(Kind.RECEIVED));
    }

    /// Processes that are spawned, end, are linked and unlinked.
    public static TraceOptions lives() {
        return options(EnumSet.of(Kind.SPAWNED, Kind.ENDED, Kind.LINKED));
    }

    /// Messages and lives.
    public static TraceOptions everything() {
        return messages().and(lives());
    }

    /// Calls of methods that fit a pattern: `Shop.order`, `com.acme.*.order`, `Shop.*`. The class is named with its package or without, `*`
    /// stands for any characters. Constructors and methods of the JDK and of Bureau itself cannot be traced. Classes that are loaded while the trace
    /// runs are traced, too; until then [#waitingFor] has the pattern.
    ///
    /// The methods are changed while the trace runs, which needs the JVM's leave. It gives that
    /// to a program that was started with Bureau's agent (`java -javaagent:bureau-agent.jar`). Otherwise the trace asks for it when it starts, with a second JVM that
    /// attaches to this one for a moment, if this runs from a JDK and without `-XX:-EnableDynamicAgentLoading`; the JVM then prints a warning, once.
    /// Where it is refused, starting throws an `UnsupportedOperationException` that says so.
    public static TraceOptions calls(String... methods) {
        return new TraceOptions(
                EnumSet.of(Kind.CALLED),
                List.of(methods),
                false,
                false,
                new Processes.All(),
                false,
                USUAL_LIMIT,
                USUAL_TIME,
                USUAL_PER_SECOND);
    }

    private static TraceOptions options(Set<Kind> kinds) {
        return new TraceOptions(
                kinds,
                List.of(),
                false,
                false,
                new Processes.All(),
                false,
                USUAL_LIMIT,
                USUAL_TIME,
                USUAL_PER_SECOND);
    }

    // ---- its life

    /// Starts a trace.
    ///
    /// @throws IllegalArgumentException if it would be of nobody or of no method
    /// @throws UnsupportedOperationException if it is of calls, and this JVM does not let its code be changed
    public static Trace start(Node node, TraceOptions what, Consumer<? super TraceEvent> listener) {
        Trace trace =
                new Trace(Nodes.local(node), what, Objects.requireNonNull(listener, "listener"));
        try {
            trace.begin();
        } catch (RuntimeException | Error refused) {
            trace.finish(TraceSummary.End.CLOSED);
            throw refused;
        }
        return trace;
    }

    /// Runs a trace to its end; what it has told.
    ///
    /// @throws IllegalArgumentException as [#start]
    /// @throws UnsupportedOperationException as [#start]
    public static List<TraceEvent> collect(Node node, TraceOptions what) {
        List<TraceEvent> events = new ArrayList<>();
        try (Trace trace = start(node, what, events::add)) {
            trace.await();
        }
        return List.copyOf(events);
    }

    private void begin() {
        Thread telling =
                Thread.ofPlatform()
                        .daemon()
                        .name("bureau-trace")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(this::tell);
        teller = telling;
        recorder.tellsBy(telling);
        if (!options.calls().isEmpty()) {
            calls =
                    CallProbe.watch(
                            new CallRecorder(recorder, options.arguments(), options.results()),
                            options.calls().stream()
                                    .map(CallPattern::of)
                                    .map(CallPattern::methods)
                                    .toList());
        }
        attach();
        telling.start();
        // Its thread sees to that, unless the listener keeps it.
        Executor later =
                CompletableFuture.delayedExecutor(options.within().toNanos(), TimeUnit.NANOSECONDS);
        later.execute(() -> finish(TraceSummary.End.TIME));
    }

    private void attach() {
        switch (options.processes()) {
            case Processes.All _ -> Tracing.attachToAll(node, recorder);
            case Processes.Newcomers _ -> Tracing.attachToNew(node, recorder);
            case Processes.Existing _ -> node.processes().forEach(one -> attach(one.pid()));
            case Processes.These(var pids) -> {
                for (Pid pid : pids) {
                    if (!(pid instanceof LocalPid local)
                            || !pid.node().equals(node.id())
                            || !attach(local)) {
                        throw new IllegalArgumentException(
                                "expected live processes of " + node.id() + ", got: " + pid);
                    }
                }
            }
            case Processes.Named(var pattern) -> {
                Glob names = Glob.of(pattern);
                for (LocalProcess process : node.processes()) {
                    if (isNamed(process, names)) attach(process.pid());
                }
                if (attached.isEmpty()) {
                    throw new IllegalArgumentException(
                            "expected the name, label or initial call of a process, got: "
                                    + pattern);
                }
            }
        }
    }

    private static boolean isNamed(LocalProcess process, Glob names) {
        Object name = Tracing.nameOf(process);
        return (name != null && names.fits(EventText.name(name)))
                || names.fits(Inspection.initialCall(process));
    }

    private boolean attach(LocalPid pid) {
        attached.add(pid);
        return Tracing.attach(pid, recorder);
    }

    /// Waits for the end of the trace. When it returns, all has been told that will be: a listener has two seconds after the end for what is
    /// left, which is then dropped. It returns, too, when the listener does not, a second later, and says so.
    public TraceSummary await() {
        return await(Long.MAX_VALUE).orElseThrow();
    }

    /// Waits for the end of the trace for that time at most; empty if it goes on.
    public Optional<TraceSummary> await(Duration limit) {
        return await(limit.toNanos());
    }

    private Optional<TraceSummary> await(long nanos) {
        try {
            if (!isFinishedWithin(nanos)) return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            close();
        }
        return Optional.of(summary());
    }

    private boolean isFinishedWithin(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        if (!over.await(nanos, TimeUnit.NANOSECONDS)) return false;
        long left = nanos - (System.nanoTime() - begin);
        long patience = GRACE_NANOS + PATIENCE_NANOS - recorder.nanosSinceEnd();
        if (finished.await(Math.min(left, patience), TimeUnit.NANOSECONDS)) return true;
        if (left < patience) return false;
        giveUp();
        return true;
    }

    /// The listener does not return.
    private void giveUp() {
        hangs = true;
        recorder.dropWaiting();
        Thread telling = teller;
        if (telling != null) telling.interrupt();
    }

    /// How it has ended, or would if it ended now.
    public synchronized TraceSummary summary() {
        TraceSummary.End end = hangs ? TraceSummary.End.LISTENER_HANGS : recorder.end();
        return new TraceSummary(
                told, recorder.dropped(), end == null ? TraceSummary.End.CLOSED : end);
    }

    /// The patterns of methods that no class fits which was loaded so far; it is waited for one.
    public List<String> waitingFor() {
        CallProbe.Watch watch = calls;
        return watch == null ? List.of() : watch.waitingFor();
    }

    /// What the listener has thrown, if that has ended the trace.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /// Whether it has ended.
    public boolean isOver() {
        return recorder.isOver();
    }

    /// Ends it. What was seen before may still be told.
    @Override
    public void close() {
        finish(TraceSummary.End.CLOSED);
    }

    /// From now on nothing is traced; once or several times.
    private void finish(TraceSummary.End why) {
        recorder.end(why);
        try {
            Tracing.detach(node, recorder);
            for (LocalPid pid : attached) Tracing.detach(pid, recorder);
            CallProbe.Watch watch = calls;
            if (watch != null) watch.close();
        } finally {
            over.countDown();
        }
    }

    /// The trace's thread.
    private void tell() {
        try {
            while (!recorder.isOver()) {
                tellWaiting();
                if (node.isStopped()) recorder.end(TraceSummary.End.NODE_STOPPED);
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            tellWaiting();
            recorder.dropWaiting();
        } catch (Throwable failed) {
            failure = failed;
            recorder.end(TraceSummary.End.LISTENER_FAILED);
        } finally {
            finish(TraceSummary.End.CLOSED);
            finished.countDown();
        }
    }

    private void tellWaiting() {
        for (Recorder.Noted next = nextToTell(); next != null; next = nextToTell()) {
            listener.accept(next.event());
            synchronized (this) {
                told++;
            }
        }
    }

    private Recorder.@Nullable Noted nextToTell() {
        return recorder.nanosSinceEnd() > GRACE_NANOS ? null : recorder.next();
    }

    @Override
    public String toString() {
        return "Trace[" + options.kinds() + " of " + options.processes() + "]";
    }
}
