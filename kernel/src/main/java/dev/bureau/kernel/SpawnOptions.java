package dev.bureau.kernel;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How to start a process: `spawn(SpawnOptions.options().link().label("worker 7"), () -> work())`.
///
/// Immutable; each method returns changed options. Nothing is inherited from the spawner but the group leader.
public final class SpawnOptions {
    private static final SpawnOptions DEFAULT =
            new SpawnOptions(false, false, Priority.NORMAL, null, null);

    private final boolean linked;
    private final boolean linkUrgent;
    private final Priority priority;
    private final @Nullable Object label;
    private final @Nullable MailboxLimit mailbox;

    private SpawnOptions(
            boolean linked,
            boolean linkUrgent,
            Priority priority,
            @Nullable Object label,
            @Nullable MailboxLimit mailbox) {
        this.linked = linked;
        this.linkUrgent = linkUrgent;
        this.priority = priority;
        this.label = label;
        this.mailbox = mailbox;
    }

    /// No link, normal priority, no label, no limit.
    public static SpawnOptions options() {
        return DEFAULT;
    }

    /// Linked to the spawner, for whom the options count.
    public SpawnOptions link(LinkingOption... options) {
        boolean urgent = List.of(options).contains(LinkingOption.PRIORITY);
        return new SpawnOptions(true, urgent, priority, label, mailbox);
    }

    /// With a priority other than normal.
    public SpawnOptions priority(Priority wanted) {
        return new SpawnOptions(linked, linkUrgent, wanted, label, mailbox);
    }

    /// With a label that shows in lists, reports and the shell.
    public SpawnOptions label(Object text) {
        return new SpawnOptions(linked, linkUrgent, priority, text, mailbox);
    }

    /// With a limit for its mailbox, which else takes all that is sent.
    public SpawnOptions mailbox(MailboxLimit limit) {
        Objects.requireNonNull(limit, "limit");
        return new SpawnOptions(linked, linkUrgent, priority, label, limit);
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

    /// The limit of its mailbox, or null if it has none.
    public @Nullable MailboxLimit mailbox() {
        return mailbox;
    }
}
