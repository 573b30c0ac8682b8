package dev.bureau.observer;

import dev.bureau.kernel.Name;
import dev.bureau.kernel.NoSuchName;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Report;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Nodes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sees what a running node does, without stopping it and without changing it.
///
/// ```java
/// Observer observer = Observer.of(node());
/// Top top = observer.top(10);                              // who uses most CPU
/// IO.println(top);
/// IO.println(observer.stack(top.rows().getFirst().pid())); // and what for
/// ```
///
/// Each method is a view. What it returns prints as a table for people; its components are the data. To see the last crashes, ask
/// for the observer when the node starts: it remembers them from then on.
///
/// **What it costs.** Nothing while nobody looks, save for a few words for each crash. A view is made on a thread of its own, not on
/// a carrier, while the caller waits. What a view holds is bounded, however many processes, messages, tables or children there
/// are; only samples hold some bytes for each process, while they are taken.
///
/// **What is not shown.** State and messages are shown where they are asked for, by [#state] and [#mailbox] alone, and as
/// `formatStatus` and `formatMessage` of a behaviour show them. Nothing here changes a process: that is [Control].
///
/// **Failure.** A process that has ended, or is of another node, is told by [NoSuchProcess]; a name that nobody has by
/// `NoSuchName`; a behaviour that does not answer in time by [NoAnswer].
///
/// **Threading.** Any thread may call, a process or not; an observer can be captured and sent.
///
/// Follows what OTP's `observer`, `etop` and `recon` show. Not for metrics that are to be kept.
public final class Observer implements Immutable {
    /// For how long it looks, unless told otherwise.
    public static final Duration WINDOW = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final NodeLocal<Observer> OBSERVERS = NodeLocal.of(Observer::new);

    private final Node node;
    private final LocalNode local;
    private final Sampling sampling;
    private final CrashLog crashes = new CrashLog();
    private final Set<Alarms> watching = ConcurrentHashMap.newKeySet();

    private Observer(Node node) {
        this.node = node;
        this.local = Nodes.local(node);
        this.sampling = new Sampling(local);
        local.onAbnormalEnd(crashes::add);
    }

    /// The observer of a node: one and the same for all who ask.
    public static Observer of(Node node) {
        return OBSERVERS.get(node);
    }

    /// The node that it observes.
    public Node node() {
        return node;
    }

    // ---- all processes

    /// The processes that use most CPU, in the last window if somebody has samples taken, else within a second from now.
    public Top top(int most) {
        return top(most, Top.Order.CPU);
    }

    /// The processes that do most of something, in the last window if somebody has samples taken, else within a second from now.
    public Top top(int most, Top.Order order) {
        return new TopQuery(local, most, order).latest(sampling, WINDOW);
    }

    /// The processes that do most of something, within `window` from now: for which it waits, if it is from 10 milliseconds to
    /// 10 minutes.
    public Top top(int most, Top.Order order, Duration window) {
        return new TopQuery(local, most, order).within(window);
    }

    /// Takes samples again and again, until the subscription is closed, so that [#top] need not wait for them. Those who ask for it
    /// share the samples, which are taken as often as the most eager of them wants, each 100 milliseconds at most.
    ///
    /// ```java
    /// try (var _ = Observer.of(node()).sample(ofSeconds(1))) {
    ///     IO.println(Observer.of(node()).top(10));
    /// }
    /// ```
    public Report.Subscription sample(Duration every) {
        return sampling.every(every);
    }

    /// Looks after the node with the usual limits, until that is closed.
    public Alarms alarms() {
        return alarms(AlarmLimits.usual());
    }

    /// Looks after the node, until that is closed.
    public Alarms alarms(AlarmLimits limits) {
        return new Alarms(local, sampling, limits, watching);
    }

    /// The alarms that are set, by all who look after the node.
    public AlarmList activeAlarms() {
        List<Alarms> all = List.copyOf(watching);
        return new AlarmList(
                !all.isEmpty(),
                all.stream()
                        .flatMap(each -> each.active().stream())
                        .sorted(Comparator.comparing(Alarm::since))
                        .toList());
    }

    // ---- one process

    /// What is known of a process, without what is in its messages, its state and its dictionary.
    public ProcessDetails info(Pid pid) {
        return Inspecting.details(process(pid));
    }

    /// What is known of the process with that local name.
    public ProcessDetails info(String name) {
        return info(named(name));
    }

    /// Where the code of a process stands. It runs on meanwhile; if it cannot answer at once, the caller waits.
    public ProcessStack stack(Pid pid) {
        return Inspecting.stack(process(pid));
    }

    /// Where the code of the process with that local name stands.
    public ProcessStack stack(String name) {
        return stack(named(name));
    }

    /// What a behaviour shows of its state, by its `formatStatus`. It is asked, between two messages, and has a second to answer.
    ///
    /// @throws IllegalArgumentException if it is no behaviour, or has not started
    /// @throws NoAnswer if it does not answer in time
    public ProcessState state(Pid pid) {
        return state(pid, PATIENCE);
    }

    /// What the behaviour with that local name shows of its state.
    public ProcessState state(String name) {
        return state(named(name));
    }

    /// What a behaviour shows of its state, if it answers within `limit`.
    public ProcessState state(Pid pid, Duration limit) {
        return ContentQuery.state(node, process(pid), limit);
    }

    /// The oldest messages of a mailbox, `most` of them and a thousand at most: each the beginning of its text. Of a behaviour as its
    /// `formatMessage` shows them, which is called here, not in its process.
    public MailboxHead mailbox(Pid pid, int most) {
        return ContentQuery.mailbox(process(pid), most);
    }

    /// The oldest messages of the process with that local name.
    public MailboxHead mailbox(String name, int most) {
        return mailbox(named(name), most);
    }

    private LocalProcess process(Pid pid) {
        return Inspecting.process(node, pid);
    }

    private Pid named(String name) {
        return node.whereis(name).orElseThrow(() -> new NoSuchName(Name.local(name)));
    }

    // ---- the system

    /// All supervision trees.
    public SupervisionTree tree() {
        return new TreeQuery(node, local).all();
    }

    /// The supervision tree of an application, or of the supervisor with that local name.
    ///
    /// @throws IllegalArgumentException if there is neither
    public SupervisionTree tree(String name) {
        return new TreeQuery(node, local).of(name);
    }

    /// The supervision tree of a supervisor.
    ///
    /// @throws IllegalArgumentException if it is none, or has not started
    public SupervisionTree tree(Pid supervisor) {
        return new TreeQuery(node, local).of(process(supervisor));
    }

    /// The tables, the largest first.
    public TableList tables() {
        return StorageQuery.tables(node);
    }

    /// Local names, and registries with what is in them.
    public RegistryList registry() {
        return StorageQuery.registry(node);
    }

    /// How busy the schedulers are, within a second from now.
    public SchedulerLoad schedulers() {
        return schedulers(WINDOW);
    }

    /// How busy the schedulers are within `window` from now, from 10 milliseconds to 10 minutes.
    public SchedulerLoad schedulers(Duration window) {
        return SchedulerQuery.within(local, window);
    }

    /// The last ends that were not in order, since the observer of the node was first asked for.
    public Crashes crashes() {
        return Aside.get(crashes::crashes);
    }

    /// Keeps so many crashes from now on, instead of a thousand.
    public void keepCrashes(int most) {
        crashes.keep(most);
    }

    @Override
    public String toString() {
        return "Observer[" + node + "]";
    }
}
