package dev.bureau.otp.gen;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalProcess;
import java.util.ArrayList;
import java.util.List;

/// From whom a process descends, nearest first: Erlang's `$ancestors` (OTP G-32, T-13).
public final class Ancestry {
    private Ancestry() {}

    /// The ancestors of the calling process; a plain process knows none.
    public static List<Pid> own() {
        return Loop.process().ancestors();
    }

    /// The ancestors that a child of the calling process, `parent`, is to have.
    public static List<Pid> ofChildOf(LocalProcess parent) {
        List<Pid> ancestors = new ArrayList<>();
        ancestors.add(parent.pid());
        ancestors.addAll(parent.ancestors());
        return List.copyOf(ancestors);
    }

    /// Gives the calling process its ancestors.
    public static void put(List<Pid> ancestors) {
        Loop.process().ancestors(ancestors);
    }
}
