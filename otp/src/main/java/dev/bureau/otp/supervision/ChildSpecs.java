package dev.bureau.otp.supervision;

import dev.bureau.otp.ChildSpec;
import dev.bureau.otp.ChildSpec.Restart;
import dev.bureau.otp.Supervisor.AutoShutdown;
import dev.bureau.otp.Supervisor.Flags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What must hold of child specs beside what their types say (OTP S-04).
public final class ChildSpecs {
    private ChildSpecs() {}

    /// Checks those of one supervisor.
    ///
    /// @throws IllegalArgumentException if two have the same id, or one does not go with `flags`
    public static void check(Flags flags, List<ChildSpec> children) {
        Set<Object> ids = new HashSet<>();
        for (ChildSpec child : children) {
            check(flags, child);
            if (!ids.add(child.id())) {
                throw new IllegalArgumentException(
                        "expected children with different ids\n  got two with the id: "
                                + child.id()
                                + "\n  to mend it, give one of them another: spec.id(\"another\")");
            }
        }
    }

    /// Checks one.
    ///
    /// @throws IllegalArgumentException if it does not go with `flags`
    static void check(Flags flags, ChildSpec child) {
        if (!child.significant()) return;
        if (child.restart() == Restart.PERMANENT) {
            throw new IllegalArgumentException(
                    "expected a significant child to be TRANSIENT or TEMPORARY, since a PERMANENT one never ends for good\n  got: "
                            + text(child)
                            + "\n  to mend it: spec.restart(TRANSIENT)");
        }
        if (flags.autoShutdown() == AutoShutdown.NEVER) {
            throw new IllegalArgumentException(
                    "expected no significant child, since the supervisor never shuts down for one\n  got: "
                            + text(child)
                            + "\n  to mend it: flags.autoShutdown(ANY_SIGNIFICANT) or ALL_SIGNIFICANT");
        }
    }

    /// A spec as reports and errors show it.
    static String text(ChildSpec child) {
        String shutdown =
                switch (child.shutdown()) {
                    case ChildSpec.Shutdown.BrutalKill _ -> "killed at once";
                    case ChildSpec.Shutdown.Within(var limit) -> limit.toMillis() + " ms to stop";
                    case ChildSpec.Shutdown.Unlimited _ -> "any time to stop";
                };
        return child.id()
                + " ("
                + child.restart()
                + ' '
                + child.type()
                + ", "
                + shutdown
                + (child.significant() ? ", significant)" : ")");
    }
}
