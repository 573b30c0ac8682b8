package dev.bureau.otp.task;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.Exit;
import dev.bureau.kernel.ExitException;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.From;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.SpawnOptions;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.process.Calling;
import dev.bureau.kernel.process.Current;
import dev.bureau.otp.AsyncIterator;
import dev.bureau.otp.AsyncStream;
import dev.bureau.otp.Task.Outcome;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stream of tasks while it runs: the end of its consumer, which alone uses it.
///
/*
 * Positions count the items from 0. An item is `running` from hiring until its end has been collected, then it waits
 * in `done` under its position (ordered), or under the order in which it came (unordered), until it is `delivered`.
 *   hired       the position of the next item
 *   arrived     unordered: the place of the next end that is collected
 *   delivered   the place of the next outcome
 */
public final class StreamRun<T, R, E> implements AsyncIterator<E> {
    private final StreamPlan<T, R> plan;
    private final BiFunction<? super T, Outcome<R>, ? extends E> element;
    private final int places;
    private final List<Pid> callers;
    private final Iterator<? extends T> items;
    private final Pid foreman;
    private final Ref foremanMonitor;
    private @Nullable ExitReason foremanEnd;

    private final Map<Long, T> inputs = new HashMap<>();
    private final Map<Long, E> done = new HashMap<>();
    private long hired;
    private long arrived;
    private long delivered;
    private int running;
    private boolean exhausted;

    /// What was asked for ahead, with the last place that was filled: so the foreman is woken once for both.
    private Calling.@Nullable Asked<List<Foreman.Ended>> collecting;

    private boolean closed;

    private StreamRun(
            StreamPlan<T, R> plan, BiFunction<? super T, Outcome<R>, ? extends E> element) {
        this.plan = plan;
        this.element = element;
        this.places = plan.places();
        this.callers = Callers.ofTask();
        this.items = plan.begin();
        Pid self = Bureau.self();
        boolean traps = Bureau.info(self).map(ProcessInfo::trapExits).orElse(false);
        Spawned spawned =
                Bureau.spawnMonitor(
                        SpawnOptions.options().link(),
                        new Foreman(
                                TaskProcess.ancestorsHere(),
                                self,
                                plan.starter(),
                                traps,
                                plan.limit()));
        this.foreman = spawned.pid();
        this.foremanMonitor = spawned.monitor();
    }

    /// Begins. `element` makes what is given out, of an item and its outcome.
    public static <T, R, E> AsyncIterator<E> open(
            StreamPlan<T, R> plan, BiFunction<? super T, Outcome<R>, ? extends E> element) {
        return new StreamRun<>(plan, element);
    }

    private record Item<T, R>(AsyncStream.Work<? super T, ? extends R> work, T item)
            implements Callable<R> {
        @Override
        public R call() throws Exception {
            return work.apply(item);
        }
    }

    @Override
    public boolean hasNext() {
        if (done.containsKey(delivered)) {
            return true;
        }
        if (closed) {
            return false;
        }
        try {
            return advance();
        } catch (Throwable failed) {
            closeAfter(failed);
            throw failed;
        }
    }

    private boolean advance() {
        while (!done.containsKey(delivered)) {
            fillPlaces();
            if (running == 0) {
                close();
                return false;
            }
            collect();
        }
        return true;
    }

    private void fillPlaces() {
        while (running < places && !exhausted) {
            if (items.hasNext()) {
                T item = items.next();
                if (running == places - 1) {
                    collecting = ask(Foreman.Collect::new);
                }
                hire(item);
            } else {
                exhausted = true;
            }
        }
    }

    private void hire(T item) {
        long position = hired;
        Foreman.Hired answer = answer(ask(from -> new Foreman.Hire(from, position)));
        Pid task = TaskStarter.started(answer.start());
        hired++;
        running++;
        inputs.put(position, item);
        Assignment.give(task, callers, new Item<>(plan.work(), item), answer.answerTo());
    }

    private void collect() {
        Calling.Asked<List<Foreman.Ended>> asked =
                collecting == null ? ask(Foreman.Collect::new) : collecting;
        collecting = null;
        List<Foreman.Ended> ended = answer(asked);
        running -= ended.size();
        for (Foreman.Ended one : ended) {
            if (one.late() && !plan.killsTask()) {
                throw failed(ExitReason.TIMEOUT);
            }
            T input = inputs.remove(one.position());
            E made = element.apply(input, outcome(one));
            done.put(plan.ordered() ? one.position() : arrived, made);
            arrived++;
        }
    }

    // The compiler checked the type where the work was given.
    @SuppressWarnings("unchecked")
    private Outcome<R> outcome(Foreman.Ended ended) {
        return (Outcome<R>) ended.outcome();
    }

    private <A> Calling.Asked<A> ask(Function<From<A>, ?> request) {
        return Calling.ask(Current.process(), foreman, request);
    }

    private <A> A answer(Calling.Asked<A> asked) {
        try {
            return Objects.requireNonNull(asked.answer(Current.process()));
        } catch (ExitException gone) {
            if (gone.reason() instanceof ExitReason.CallFailed) {
                throw failed(endOfForeman());
            }
            throw gone;
        }
    }

    /// The foreman has ended. A call finds it gone; why, the monitor tells that was there from the beginning.
    private ExitReason endOfForeman() {
        if (foremanEnd == null) {
            foremanEnd = Bureau.receive(foremanMonitor, Down.class).reason();
            // A process that traps exits is told by the link as well, before that.
            Bureau.poll(Exit.class, exit -> exit.from().equals(foreman));
        }
        return foremanEnd;
    }

    private ExitException failed(ExitReason reason) {
        return new ExitException(
                new ExitReason.CallFailed(
                        reason, foreman, "Task.asyncStream", plan.limit(), Bureau.self()));
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream of tasks has no more outcomes");
        }
        return Objects.requireNonNull(done.remove(delivered++));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        done.clear();
        if (collecting != null) {
            collecting.abandon(Current.process());
            collecting = null;
        }
        try {
            if (foremanEnd == null) {
                answer(ask(Foreman.Stop::new));
                Bureau.demonitorFlush(foremanMonitor);
            }
        } finally {
            plan.closeSource();
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException also) {
            if (also != failure) {
                failure.addSuppressed(also);
            }
        }
    }
}
