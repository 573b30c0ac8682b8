package dev.bureau.shell.session;

import dev.bureau.kernel.Pid;
import dev.bureau.kernel.process.Current;
import dev.bureau.kernel.process.LocalProcess;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Where processes print to: as in OTP, to their group leader. What descends from a session's lines prints on its screen, the
/// rest of the node where it always has.
///
/*
 * With the first session, System.out and System.err are replaced by streams that look up the calling process at each
 * operation, and stay so. State shared by the whole virtual machine, as those streams are.
 */
public final class Output {
    private static final Map<Pid, Route> ROUTES = new ConcurrentHashMap<>();
    private static final AtomicBoolean REPLACED = new AtomicBoolean();

    private record Route(Session session, PrintStream out) {}

    private Output() {}

    static void route(Pid leader, Session session, PrintStream out) {
        ROUTES.put(leader, new Route(session, out));
        if (REPLACED.compareAndSet(false, true)) {
            System.setOut(new RoutedStream(System.out));
            System.setErr(new RoutedStream(System.err));
        }
    }

    static void end(Pid leader) {
        ROUTES.remove(leader);
    }

    /// The session that the calling process descends from; null if it does from none that is open.
    public static @Nullable Session session() {
        Route route = ofCaller();
        return route == null ? null : route.session();
    }

    /// Where the calling process prints to, for what prints on its behalf in another thread.
    public static PrintStream screen() {
        return of(System.out);
    }

    /// Where the calling thread prints to.
    static PrintStream of(PrintStream otherwise) {
        Route route = ofCaller();
        return route == null ? otherwise : route.out();
    }

    private static @Nullable Route ofCaller() {
        if (ROUTES.isEmpty()) return null;
        LocalProcess caller = Current.processOrNull();
        return caller == null ? null : ROUTES.get(caller.groupLeader());
    }
}
