package dev.bureau.kernel.process;

import dev.bureau.kernel.Destination;
import dev.bureau.kernel.ExitReason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Is told what traced processes do: those it was attached to by [Tracing], or, if it is a [Token], those that a message
/// has brought it to.
///
/// It is called by the process that does it, or on its behalf, and that goes on when it returns: so it is quick, sends nothing and does not
/// throw. What it is given is immutable or was copied, and may be kept.
public interface Tracer {
    /// Something that is traced while it runs.
    @FunctionalInterface
    interface Handling {
        /// Runs it.
        ///
        /// @throws Exception as it does
        void run() throws Exception;
    }

    /// Whether nothing is to be told any more; it is then let go of.
    default boolean isOver() {
        return false;
    }

    /// Whether processes are traced too that a traced one spawns.
    default boolean followsSpawn() {
        return false;
    }

    /// A message was sent, a reply too.
    ///
    /// @param to how it was addressed
    /// @param receiver whom that reached
    default void sent(LocalProcess by, Destination to, LocalPid receiver, Object message) {}

    /// A message has come into the mailbox. Called under the reception lock, so it neither waits nor takes one.
    default void received(LocalProcess by, Object message) {}

    /// A process was spawned; it has not run.
    default void spawned(@Nullable LocalProcess parent, LocalProcess child) {}

    /// A link was made or, if not `made`, taken back.
    default void linked(LocalProcess by, LocalPid peer, boolean made) {}

    /// A process ends.
    default void ended(LocalProcess process, ExitReason reason) {}

    /// A behaviour, whose callbacks are those of `module`, handles a message: `work`, which is to be run once.
    ///
    /// @throws Exception as `work` does
    default void handle(LocalProcess self, String module, Object message, Handling work)
            throws Exception {
        work.run();
    }

    /// A call: `work` sends the request and waits for the answer; it is to be run once.
    default @Nullable Object call(
            LocalProcess self,
            Destination server,
            Object request,
            Supplier<@Nullable Object> work) {
        return work.get();
    }
}
