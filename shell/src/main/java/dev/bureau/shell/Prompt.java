package dev.bureau.shell;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.observer.AlarmList;
import dev.bureau.observer.Control;
import dev.bureau.observer.Crashes;
import dev.bureau.observer.MailboxHead;
import dev.bureau.observer.Observer;
import dev.bureau.observer.ProcessDetails;
import dev.bureau.observer.ProcessStack;
import dev.bureau.observer.ProcessState;
import dev.bureau.observer.RegistryList;
import dev.bureau.observer.SchedulerLoad;
import dev.bureau.observer.SupervisionTree;
import dev.bureau.observer.TableList;
import dev.bureau.observer.Top;
import dev.bureau.observer.trace.SequenceDiagram;
import dev.bureau.observer.trace.Trace;
import dev.bureau.observer.trace.TraceOptions;
import dev.bureau.observer.trace.TraceSummary;
import dev.bureau.shell.session.Output;
import dev.bureau.shell.session.PrintedTrace;
import dev.bureau.shell.session.ProcessNames;
import dev.bureau.shell.session.Session;
import dev.bureau.shell.session.Signatures;

/// The words one has at the prompt besides those of [Bureau]: Elixir's `IEx.Helpers`, and the [Observer] of the node.
///
/// They act for the process that calls, and print on the screen of its session. Programs have no use for them. Where both
/// have a word (`info`, `stack`, `suspend`, `resume`), the one here is meant at the prompt.
public final class Prompt {
    private static final String HELP =
            """
            Each line is Java. All of Bureau is imported: spawn, send, receive, self, link, monitor, call, GenServer ...

              v()                    the last value; each has a name, too: $1, $2 ...
              flush()                take all messages of self() and print them
              h(Table.class)         what a class has; h(Table.class, "insert") one of its methods; h("spawn") a word
              pid("0.12.0")          a process, by what is printed of it, or by its name

              top()  top(20)  top(20, Top.Order.MAILBOX)             who does most
              info(pid)  stack(pid)  state(pid)  mailbox(pid)        one process; "name" will do for a pid
              tree()  tree("app")  schedulers()  tables()  registry()  crashes()  alarms()
              kill(pid)  exit(pid, reason)  suspend(pid)  resume(pid)
              trace(pid)  trace("Shop.order")                        messages of a process; calls of methods
              sequence(() -> ...)                                    the messages sent meanwhile, as a Mermaid diagram

            ^C ends the line that runs, exit or ^D leaves. self() goes on when a line throws.
            """;

    private Prompt() {}

    /// Prints what there is.
    public static void help() {
        System.out.print(HELP);
    }

    /// What the last line with a value has come to: `int n = v();`.
    ///
    /// @throws IllegalStateException outside of a session, and before there is one
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> T v() {
        Session session = Output.session();
        Object value = session == null ? null : session.lastValue();
        if (value == null) throw new IllegalStateException("there is no last value");
        return (T) value;
    }

    /// Takes all messages out of the mailbox of this process and prints them.
    public static void flush() {
        for (var next = Bureau.poll(Object.class);
                next.isPresent();
                next = Bureau.poll(Object.class)) {
            System.out.println(next.get());
        }
    }

    /// Prints what a class is for and what can be called.
    public static void h(Class<?> type) {
        System.out.print(Signatures.of(type));
    }

    /// Prints the methods of a class that have this name.
    ///
    /// @throws IllegalArgumentException if it has none
    public static void h(Class<?> type, String method) {
        System.out.print(Signatures.of(type, method));
    }

    /// Prints what a word of [Bureau], or one of these, does.
    ///
    /// @throws IllegalArgumentException if there is no such word
    public static void h(String word) {
        Class<?> holder = Signatures.has(Prompt.class, word) ? Prompt.class : Bureau.class;
        System.out.print(Signatures.of(holder, word));
    }

    /// A process by what is printed of it (`#PID<0.12.0>`, `0.12.0`), or by its local name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Pid pid(String text) {
        return ProcessNames.find(Bureau.node(), text);
    }

    private static Observer observer() {
        return Observer.of(Bureau.node());
    }

    /// See [Observer#top(int)].
    public static Top top() {
        return top(10);
    }

    /// See [Observer#top(int)].
    public static Top top(int most) {
        return observer().top(most);
    }

    /// See [Observer#top(int, Top.Order)].
    public static Top top(int most, Top.Order order) {
        return observer().top(most, order);
    }

    /// See [Observer#info(Pid)].
    public static ProcessDetails info(Pid pid) {
        return observer().info(pid);
    }

    /// See [Observer#info(Pid)].
    public static ProcessDetails info(String process) {
        return info(pid(process));
    }

    /// See [Observer#stack(Pid)].
    public static ProcessStack stack(Pid pid) {
        return observer().stack(pid);
    }

    /// See [Observer#stack(Pid)].
    public static ProcessStack stack(String process) {
        return stack(pid(process));
    }

    /// See [Observer#state(Pid)].
    public static ProcessState state(Pid pid) {
        return observer().state(pid);
    }

    /// See [Observer#state(Pid)].
    public static ProcessState state(String process) {
        return state(pid(process));
    }

    /// The ten oldest messages: see [Observer#mailbox(Pid, int)].
    public static MailboxHead mailbox(Pid pid) {
        return mailbox(pid, 10);
    }

    /// The ten oldest messages: see [Observer#mailbox(Pid, int)].
    public static MailboxHead mailbox(String process) {
        return mailbox(pid(process));
    }

    /// See [Observer#mailbox(Pid, int)].
    public static MailboxHead mailbox(Pid pid, int most) {
        return observer().mailbox(pid, most);
    }

    /// See [Observer#tree()].
    public static SupervisionTree tree() {
        return observer().tree();
    }

    /// See [Observer#tree(String)].
    public static SupervisionTree tree(String name) {
        return observer().tree(name);
    }

    /// See [Observer#tree(Pid)].
    public static SupervisionTree tree(Pid supervisor) {
        return observer().tree(supervisor);
    }

    /// See [Observer#schedulers()].
    public static SchedulerLoad schedulers() {
        return observer().schedulers();
    }

    /// See [Observer#tables()].
    public static TableList tables() {
        return observer().tables();
    }

    /// See [Observer#registry()].
    public static RegistryList registry() {
        return observer().registry();
    }

    /// See [Observer#activeAlarms()].
    public static AlarmList alarms() {
        return observer().activeAlarms();
    }

    /// See [Observer#crashes()].
    public static Crashes crashes() {
        return observer().crashes();
    }

    /// Prints what a trace tells until it ends, by its limits or by ^C.
    public static TraceSummary trace(TraceOptions what) {
        return PrintedTrace.run(Bureau.node(), what, Output.screen());
    }

    /// Prints the messages that these processes send and receive: 100 at most, within 10 seconds.
    public static TraceSummary trace(Pid... pids) {
        return trace(Trace.messages().of(pids));
    }

    /// Prints the calls of methods that fit a pattern, as [Trace#calls(String...)] has them: 100 at most, within 10 seconds.
    public static TraceSummary trace(String method) {
        return trace(Trace.calls(method).withArguments());
    }

    /// See [SequenceDiagram#of(Runnable)].
    public static SequenceDiagram sequence(Runnable code) {
        return SequenceDiagram.of(code);
    }

    /// See [Control#kill(Pid)].
    public static void kill(Pid pid) {
        Control.of(Bureau.node()).kill(pid);
    }

    /// See [Control#suspend(Pid)].
    public static boolean suspend(Pid pid) {
        return Control.of(Bureau.node()).suspend(pid);
    }

    /// See [Control#resume(Pid)].
    public static boolean resume(Pid pid) {
        return Control.of(Bureau.node()).resume(pid);
    }
}
