package dev.bureau.otp.application;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.NodeLocal;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Ref;
import dev.bureau.kernel.process.LocalPid;
import dev.bureau.kernel.process.LocalProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The application masters of a node and those who belong to each: all whose group leader it is, since that is inherited
/// (OTP AP-06).
public final class Masters {
    private static final NodeLocal<Map<Pid, String>> OF_NODE =
            NodeLocal.of(_ -> new ConcurrentHashMap<>());

    private Masters() {}

    /// The calling process is the master of an application.
    static void enter(String application) {
        OF_NODE.get(Bureau.node()).put(Bureau.self(), application);
    }

    static void leave(Pid master) {
        OF_NODE.get(Bureau.node()).remove(master);
    }

    /// The application that a process belongs to.
    public static Optional<String> applicationOf(Pid pid) {
        LocalProcess process = ((LocalPid) pid).process();
        return process == null || !process.isAlive()
                ? Optional.empty()
                : Optional.ofNullable(
                        OF_NODE.get(process.node().facade()).get(process.groupLeader()));
    }

    /// The application that the calling process belongs to.
    ///
    /// @throws IllegalArgumentException if it belongs to none
    public static String ownApplication() {
        return applicationOf(Bureau.self())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "expected a process of an application, got: "
                                        + Bureau.self()
                                        + "; from elsewhere, name the application first"));
    }

    static boolean belongs(Pid pid, @Nullable Pid master) {
        LocalProcess process = ((LocalPid) pid).process();
        return process != null && master != null && process.groupLeader().equals(master);
    }

    /// Kills all who belong to `master` but itself and the calling process, until there are none, whatever they start
    /// meanwhile.
    static void killAll(Pid master) {
        Pid self = Bureau.self();
        while (true) {
            List<Ref> ends = new ArrayList<>();
            for (Pid pid : Bureau.processes()) {
                if (!pid.equals(self) && !pid.equals(master) && belongs(pid, master)) {
                    ends.add(Bureau.monitor(pid));
                    Bureau.exit(pid, ExitReason.KILL);
                }
            }
            if (ends.isEmpty()) return;
            for (Ref end : ends) Bureau.receive(end, Down.class);
        }
    }
}
