package dev.bureau.testkit;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.LocalNode;
import dev.bureau.kernel.process.LocalProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where the processes of a node were spawned: the line of the user's code.
final class SpawnSites {
    private static final List<String> NOT_THE_USERS =
            List.of(
                    "java.",
                    "jdk.",
                    "dev.bureau.kernel.",
                    "dev.bureau.otp.",
                    "dev.bureau.scheduler.",
                    SpawnSites.class.getName(),
                    TestSupervisor.class.getName(),
                    TestNode.class.getName(),
                    ProcessAssertions.class.getName(),
                    ProcessTestExtension.class.getName(),
                    "org.junit.");

    private final Map<Pid, StackTraceElement> sites = new ConcurrentHashMap<>();

    private SpawnSites() {}

    /// From now on.
    static SpawnSites of(LocalNode node) {
        SpawnSites sites = new SpawnSites();
        node.onSpawn(sites::note);
        return sites;
    }

    private void note(LocalProcess spawned) {
        StackWalker.getInstance()
                .walk(frames ->
                        frames.filter(frame -> isTheUsers(frame.getClassName())).findFirst())
                .ifPresent(frame -> sites.put(spawned.pid(), frame.toStackTraceElement()));
    }

    private static boolean isTheUsers(String type) {
        return NOT_THE_USERS.stream().noneMatch(type::startsWith);
    }

    /// Null if only the runtime is known to have had to do with it, a supervisor say.
    @Nullable StackTraceElement of(LocalProcess process) {
        return sites.get(process.pid());
    }
}
