package dev.bureau.otp.task;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.ProcessLocal;
import java.util.ArrayList;
import java.util.List;

/// On whose behalf a task works, nearest first: Erlang's `$callers` (OTP T-13). Whoever started its process is another
/// matter, see `$ancestors`.
public final class Callers {
    private static final ProcessLocal<List<Pid>> CALLERS = ProcessLocal.named("$callers");

    private Callers() {}

    /// The callers of the calling process.
    public static List<Pid> own() {
        return CALLERS.get().orElse(List.of());
    }

    /// The callers that a task of the calling process is to have.
    public static List<Pid> ofTask() {
        List<Pid> callers = new ArrayList<>();
        callers.add(Bureau.self());
        callers.addAll(own());
        return List.copyOf(callers);
    }

    /// Gives the calling process its callers.
    static void put(List<Pid> callers) {
        CALLERS.put(callers);
    }
}
