package dev.bureau.observer;

import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessInfo;
import dev.bureau.kernel.isolation.BoundedText;
import dev.bureau.kernel.process.Inspection;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import dev.bureau.kernel.process.Serving;
import dev.bureau.observer.SupervisionTree.Branch;
import dev.bureau.observer.SupervisionTree.State;
import dev.bureau.observer.SupervisionTree.Supervision;
import dev.bureau.otp.Application;
import dev.bureau.otp.ChildInfo;
import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.GenServer;
import dev.bureau.otp.RequestId;
import dev.bureau.otp.Response;
import dev.bureau.otp.Supervisor;
import dev.bureau.otp.supervision.SupervisorDescription;
import dev.bureau.otp.supervision.SupervisorRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out what supervisors there are and what they supervise.
///
/*
 * Level by level: all supervisors of one are asked at once, and have a second together. So a tree costs a second a level at most,
 * however many of them do not answer. Only what is known to answer is asked: any other behaviour would fail of the question.
 */
final class TreeQuery {
    /// Of a supervisor that has no name, to tell it by.
    private static final int NAMED_CHILDREN = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_CHILDREN = 100;
    private static final int MOST_BRANCHES = 10_000;
    private static final int LONGEST_ID = 200;

    private final Node node;
    private final LocalNode local;
    private final Set<Pid> seen = new HashSet<>();
    private int left = MOST_BRANCHES;

    /// A branch that is not finished.
    private static final class Growing {
        final Optional<String> id;
        final Optional<ChildSpec.Restart> restart;
        final ChildSpec.Type type;
        final @Nullable LocalPid pid;
        State state;
        Optional<String> who = Optional.empty();
        boolean nameless;
        Optional<Supervision> supervision = Optional.empty();
        final List<Growing> children = new ArrayList<>();
        int more;

        Growing(
                Optional<String> id,
                ChildSpec.Type type,
                Optional<ChildSpec.Restart> restart,
                @Nullable LocalPid pid,
                State state) {
            this.id = id;
            this.type = type;
            this.restart = restart;
            this.pid = pid;
            this.state = state;
        }

        Branch done() {
            return new Branch(
                    id,
                    Optional.<Pid>ofNullable(pid),
                    type,
                    restart,
                    state,
                    who,
                    supervision,
                    children.stream().map(Growing::done).toList(),
                    more);
        }
    }

    private record Question(
            Growing branch,
            LocalProcess process,
            RequestId<SupervisorRequest.Answer<SupervisorDescription>> request) {}

    TreeQuery(Node node, LocalNode local) {
        this.node = node;
        this.local = local;
    }

    // ---- from where

    /// All supervisors that no other one has started.
    SupervisionTree all() {
        return Aside.asGuest(node, () -> below(roots()));
    }

    SupervisionTree of(LocalProcess supervisor) {
        if (!isSupervisor(supervisor)) {
            throw new IllegalArgumentException(
                    "expected a supervisor that has started, got: "
                            + supervisor.pid()
                            + ", which runs "
                            + Inspecting.details(supervisor).identity().initialCall());
        }
        return Aside.asGuest(node, () -> below(List.of(supervisor)));
    }

    /// Of a supervisor with a local name, or of all in an application.
    SupervisionTree of(String name) {
        return Aside.asGuest(
                node,
                () -> {
                    LocalPid named = local.whereis(name);
                    LocalProcess holder = named == null ? null : named.process();
                    if (holder != null && isSupervisor(holder)) return below(List.of(holder));
                    List<LocalProcess> roots = roots();
                    List<LocalProcess> ofApplication =
                            roots.stream()
                                    .filter(root ->
                                            Application.of(root.pid())
                                                    .filter(name::equals)
                                                    .isPresent())
                                    .toList();
                    if (ofApplication.isEmpty()) throw unknown(name, roots);
                    return below(ofApplication);
                });
    }

    private IllegalArgumentException unknown(String name, List<LocalProcess> roots) {
        Set<String> known = new TreeSet<>();
        for (LocalProcess root : roots) {
            Application.of(root.pid()).ifPresent(known::add);
            Inspecting.row(root)
                    .flatMap(details -> details.identity().name())
                    .ifPresent(known::add);
        }
        return new IllegalArgumentException(
                "expected the name of an application or of a supervisor, got: '"
                        + name
                        + "'; "
                        + (known.isEmpty()
                                ? "there is none"
                                : "there are: " + String.join(", ", known)));
    }

    private List<LocalProcess> roots() {
        List<LocalProcess> roots = new ArrayList<>();
        Iterator<LocalProcess> all = local.processesIterator();
        while (all.hasNext()) {
            LocalProcess process = all.next();
            if (!isSupervisor(process)) continue;
            LocalPid parent = process.parent();
            LocalProcess above = parent == null ? null : parent.process();
            if (above == null || !isSupervisor(above)) roots.add(process);
        }
        return roots;
    }

    private static boolean isSupervisor(LocalProcess process) {
        Serving serving = Inspection.serving(process);
        return serving != null && SupervisorRequest.isAnsweredBy(serving);
    }

    // ---- level by level

    private SupervisionTree below(List<LocalProcess> roots) {
        List<Growing> first = new ArrayList<>();
        for (LocalProcess root : roots) {
            first.add(
                    branch(
                            Optional.empty(),
                            ChildSpec.Type.SUPERVISOR,
                            Optional.empty(),
                            root.pid()));
        }
        List<Growing> level = first;
        while (!level.isEmpty()) level = grow(level);
        return new SupervisionTree(first.stream().map(Growing::done).toList());
    }

    /// Asks the supervisors of a level; returns their children.
    private List<Growing> grow(List<Growing> level) {
        List<Question> questions = new ArrayList<>();
        for (Growing branch : level) {
            LocalProcess process = branch.pid == null ? null : branch.pid.process();
            if (process == null || branch.type != ChildSpec.Type.SUPERVISOR) continue;
            if (isSupervisor(process)) {
                questions.add(
                        new Question(
                                branch,
                                process,
                                GenServer.sendRequest(
                                        process.pid(),
                                        new SupervisorRequest.Describe(MOST_CHILDREN))));
            } else {
                addLinked(branch, process);
            }
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Growing> next = new ArrayList<>();
        for (Question question : questions) {
            Duration patience = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            answered(question, question.request.receiveResponse(patience));
        }
        for (Growing branch : level) next.addAll(branch.children);
        return next;
    }

    private void answered(
            Question question, Response<SupervisorRequest.Answer<SupervisorDescription>> response) {
        Growing branch = question.branch;
        switch (response) {
            case Response.Answer(var answer) -> {
                SupervisorDescription known = answer.value();
                if (known != null) add(branch, known);
            }
            case Response.Failed<?> _ -> branch.state = State.ENDED;
            case Response.None<?> _ -> {
                branch.state = State.SILENT;
                addLinked(branch, question.process);
            }
        }
    }

    private void add(Growing branch, SupervisorDescription known) {
        branch.supervision =
                Optional.of(new Supervision(known.strategy(), known.intensity(), known.restarts()));
        for (SupervisorDescription.OfChild child : known.children()) {
            if (left == 0) break;
            ChildInfo info = child.info();
            Optional<String> id =
                    Optional.ofNullable(info.id()).map(each -> BoundedText.of(each, LONGEST_ID));
            branch.children.add(
                    switch (info.status()) {
                        case ChildInfo.Status.Running(var pid) ->
                                branch(
                                        id,
                                        info.type(),
                                        Optional.of(child.restart()),
                                        (LocalPid) pid);
                        case ChildInfo.Status.Restarting _ ->
                                without(id, info.type(), child.restart(), State.RESTARTING);
                        case ChildInfo.Status.Stopped _ ->
                                without(id, info.type(), child.restart(), State.STOPPED);
                    });
        }
        branch.more = known.total() - branch.children.size();
        if (branch.nameless) {
            branch.who = branch.id.isPresent() ? Optional.empty() : Optional.of(ofWhom(branch));
        }
    }

    /// What says more of a supervisor without a name than that it is one.
    private static String ofWhom(Growing branch) {
        List<String> ids =
                branch.children.stream()
                        .limit(NAMED_CHILDREN)
                        .flatMap(it -> it.id.stream())
                        .toList();
        boolean all = ids.size() == branch.children.size() && branch.more == 0;
        if (ids.isEmpty()) return "a supervisor";
        return "supervisor of " + String.join(", ", ids) + (all ? "" : " ...");
    }

    /// Of one that cannot be asked: who is linked to it, save for the one that has started it and those who are shown already.
    private void addLinked(Growing branch, LocalProcess process) {
        ProcessInfo info = Inspection.info(process.pid());
        if (info == null) return;
        for (Pid linked : info.links()) {
            if (linked == process.parent() || seen.contains(linked)) continue;
            if (branch.children.size() == MOST_CHILDREN || left == 0) {
                branch.more++;
                continue;
            }
            LocalPid pid = (LocalPid) linked;
            LocalProcess other = pid.process();
            boolean supervises = other != null && isSupervisor(other);
            branch.children.add(
                    branch(
                            Optional.empty(),
                            supervises ? ChildSpec.Type.SUPERVISOR : ChildSpec.Type.WORKER,
                            Optional.empty(),
                            pid));
        }
    }

    private Growing without(
            Optional<String> id, ChildSpec.Type type, ChildSpec.Restart restart, State state) {
        left--;
        return new Growing(id, type, Optional.of(restart), null, state);
    }

    private Growing branch(
            Optional<String> id,
            ChildSpec.Type type,
            Optional<ChildSpec.Restart> restart,
            LocalPid pid) {
        left--;
        seen.add(pid);
        LocalProcess process = pid.process();
        Optional<ProcessDetails> details =
                process == null ? Optional.empty() : Inspecting.row(process);
        Growing branch =
                new Growing(
                        id, type, restart, pid, details.isEmpty() ? State.ENDED : State.RUNNING);
        branch.who = details.map(known -> known.identity().who());
        branch.nameless = details.filter(known -> isNameless(known.identity())).isPresent();
        return branch;
    }

    private static boolean isNameless(ProcessDetails.Identity who) {
        return who.name().isEmpty()
                && who.label().isEmpty()
                && who.initialCall().equals(Supervisor.class.getName() + ".init");
    }
}
