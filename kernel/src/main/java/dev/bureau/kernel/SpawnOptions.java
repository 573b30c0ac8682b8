package dev.bureau.kernel;

import org.jspecify.annotations.Nullable;

/// How to start a process: `spawn(SpawnOptions.options().link().label("worker 7"), () -> work())`.
///
/// Immutable; each method returns changed options. Nothing is inherited from the spawner but the group leader.
public final class SpawnOptions {
    private static final SpawnOptions DEFAULT = new SpawnOptions(false, Priority.NORMAL, null);

    private final boolean linked;
    private final Priority priority;
    private final @Nullable Object label;

    private SpawnOptions(boolean linked, Priority priority, @Nullable Object label) {
        this.linked = linked;
        this.priority = priority;
        this.label = label;
    }

    /// No link, normal priority, no label.
    public static SpawnOptions options() {
        return DEFAULT;
    }

    /// Linked to the spawner.
    public SpawnOptions link() {
        return new SpawnOptions(true, priority, label);
    }

    /// With a priority other than normal.
    public SpawnOptions priority(Priority wanted) {
        return new SpawnOptions(linked, wanted, label);
    }

    /// With a label that shows in lists, reports and the shell.
    public SpawnOptions label(Object text) {
        return new SpawnOptions(linked, priority, text);
    }

    /// Whether the process is linked to its spawner.
    public boolean isLinked() {
        return linked;
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
