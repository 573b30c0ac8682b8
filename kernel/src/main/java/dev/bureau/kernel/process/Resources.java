package dev.bureau.kernel.process;

import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Report;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a process owns and is closed when it ends, youngest first. Guarded by the reception lock of the owner.
public final class Resources {
    private final Set<Identity> open = new LinkedHashSet<>();

    /// Two connections that are equal are two connections still, and `equals` is somebody's code.
    private record Identity(AutoCloseable resource) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity(var same) && same == resource;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(resource);
        }
    }

    /// Gives `resource` to a process; false when that has ended or is ending, and so can own nothing more.
    public static boolean add(LocalProcess owner, AutoCloseable resource) {
        owner.lock();
        try {
            if (owner.has(Attention.EXITING)) {
                return false;
            }
            Extras extras = Suspensions.extrasOf(owner);
            Resources resources = extras.resources;
            if (resources == null) {
                resources = new Resources();
                extras.resources = resources;
            }
            resources.open.add(new Identity(resource));
            return true;
        } finally {
            owner.unlock();
            Reception.again(owner);
        }
    }

    /// Takes `resource` away from a process; false when that did not have it, or has begun to close what it has.
    public static boolean remove(LocalProcess owner, AutoCloseable resource) {
        owner.lock();
        try {
            Extras extras = owner.extras;
            return extras != null
                    && extras.resources != null
                    && extras.resources.open.remove(new Identity(resource));
        } finally {
            owner.unlock();
            Reception.again(owner);
        }
    }

    /// Closes all; a failure keeps none of the others open.
    static void closeAll(LocalProcess owner) {
        List<Identity> all = new ArrayList<>();
        owner.lock();
        Extras extras = owner.extras;
        if (extras != null && extras.resources != null) {
            all.addAll(extras.resources.open);
            extras.resources = null;
        }
        owner.unlock();
        Reception.again(owner);
        for (Identity each : all.reversed()) {
            close(owner, each.resource());
        }
    }

    /// Closes one that `owner` has, or had last.
    public static void close(LocalProcess owner, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Throwable failed) {
            // Throwable: a process that is ending and sends a message while it closes is stopped by
            // the runtime.
            warn(owner, resource, failed);
        }
    }

    private static void warn(LocalProcess owner, AutoCloseable resource, Throwable failed) {
        String type = resource.getClass().getName();
        owner.node()
                .reports()
                .report(
                        Report.Kind.RESOURCE,
                        type,
                        () ->
                                new Draft(
                                                owner.pid(),
                                                "closing " + Shown.text(resource) + " failed")
                                        .with("resource", type)
                                        .with("owner", owner.pid())
                                        .with("reason", new ExitReason.Crash(failed)));
    }
}
