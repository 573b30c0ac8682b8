package dev.bureau.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to start a process: `spawn(SpawnOptions.options().link().label("worker 7"), () -> work())`.
///
/// Immutable; each method returns changed options. Nothing is inherited from the spawner but the group leader.
public final class SpawnOptions {
    private static final SpawnOptions DEFAULT =
            new SpawnOptions(false, false, Priority.NORMAL, null);

    private final boolean linked;
    private final boolean linkUrgent;
    private final Priority priority;
    private final @Nullable Object label;

    private SpawnOptions(
            boolean linked, boolean linkUrgent, Priority priority, @Nullable Object label) {
        this.linked = linked;
        this.linkUrgent = linkUrgent;
        this.priority = priority;
        this.label = label;
    }

    /// No link, normal priority, no label.
    public static SpawnOptions options() {
        return DEFAULT;
    }

    /// Linked to the spawner, for whom the options count.
    public SpawnOptions link(LinkingOption... options) {
        boolean urgent = List.of(options).contains(LinkingOption.PRIORITY);
        return new SpawnOptions(true, urgent, priority, label);
    }

    /// With a priority other than normal.
    public SpawnOptions priority(Priority wanted) {
        return new SpawnOptions(linked, linkUrgent, wanted, label);
    }

    /// With a label that shows in lists, reports and the shell.
    public SpawnOptions label(Object text) {
        return new SpawnOptions(linked, linkUrgent, priority, text);
    }

    /// Whether the process is linked to its spawner.
    public boolean isLinked() {
        return linked;
    }

    /// Whether the [Exit] that comes of that link goes before all ordinary messages of the spawner.
    public boolean isLinkUrgent() {
        return linkUrgent;
    }

    /// Its priority.
    public Priority priority() {
        return priority;
    }

    /// Its label, or null.
    public @Nullable Object label() {
        return label;
    }
}
